package org.perdita.lab.golden;

import java.util.Arrays;
import java.util.List;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.WeightedSum;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.SoftmaxFocalLoss;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.HausdorffLoss;
import org.perdita.segmentation.SignedDistanceMap;
import org.perdita.segmentation.Smooth;

/**
 * Cases of the boundary-loss repository: inputs {@code logits} [n, c, d…] and {@code labels} [n,
 * d…], probabilities by softmax, {@code idc} the classes that are looked at; one value.
 */
final class BoundaryCases {
  private static final double EPSILON = 1e-10;

  private BoundaryCases() {}

  /** With an input {@code dist_maps} [n, c, d…]. */
  static Computed boundary(GoldenCase golden) {
    Batch batch = Batch.of(logits(golden), golden.input("dist_maps").tensor());
    return computed(BoundaryLoss.softmax(classes(golden, "idc")), batch);
  }

  static Computed generalizedDice(GoldenCase golden) {
    Loss loss = GeneralizedDiceLoss.published().withClasses(classes(golden, "idc"));
    return computed(loss, batch(golden));
  }

  static Computed dice(GoldenCase golden) {
    Loss loss =
        DiceLoss.softmax().withClasses(classes(golden, "idc")).withSmooth(Smooth.of(EPSILON));
    return computed(loss, batch(golden));
  }

  static Computed crossEntropy(GoldenCase golden) {
    return computed(new CrossEntropyLoss(), ofLookedAt(golden));
  }

  static Computed focal(GoldenCase golden) {
    Loss loss = new SoftmaxFocalLoss(golden.param("gamma"), ClassWeights.none());
    return computed(loss, ofLookedAt(golden));
  }

  /** Positions of other classes than those looked at count nothing. */
  private static Batch ofLookedAt(GoldenCase golden) {
    GoldenArray labels = golden.input("labels");
    int[] looked = golden.indices("idc");
    float[] weights = new float[labels.data().length];
    for (int i = 0; i < weights.length; i++) {
      int label = (int) labels.data()[i];
      weights[i] = Arrays.stream(looked).anyMatch(k -> k == label) ? 1 : 0;
    }
    return batch(golden).weighted(Tensor.of(weights, labels.shape()));
  }

  /** Both terms and their sum, the maps made here. */
  static Computed combination(GoldenCase golden) {
    double alpha = golden.param("alpha");
    boolean rebalanced = golden.words("mode").contains("(1-alpha)");
    Labels labels = labels(golden);
    Tensor logits = logits(golden);
    Tensor maps = SignedDistanceMap.published().of(labels, logits.length(1));
    WeightedSum sum =
        WeightedSum.of(
                rebalanced ? alpha : 1,
                GeneralizedDiceLoss.published().withClasses(classes(golden, "idc_gdl")))
            .plus(
                rebalanced ? 1 - alpha : alpha,
                BoundaryLoss.softmax(classes(golden, "idc_boundary")));
    List<Batch> batches = List.of(Batch.of(logits, labels), Batch.of(logits, maps));
    Tensor gradient = Tensor.zeros(logits.shape());
    double total = sum.evaluate(batches, Reduction.mean(), gradient);
    Computed computed =
        Computed.inFloat()
            .with("value.total", GoldenArray.scalar(total))
            .with("gradient.logits", GoldenArray.of(gradient, logits.shape()))
            .with("gradient.total/logits", GoldenArray.of(gradient, logits.shape()));
    String[] names = {"gdl", "boundary"};
    for (int i = 0; i < names.length; i++) {
      Loss loss = sum.terms().get(i).loss();
      Evaluation e = loss.evaluate(batches.get(i), Reduction.mean());
      computed
          .with("value." + names[i], GoldenArray.scalar(e.value()))
          .with("gradient." + names[i] + "/logits", GoldenArray.of(e.gradient(), logits.shape()));
    }
    return computed;
  }

  static Computed hausdorff(GoldenCase golden) {
    HausdorffLoss loss = HausdorffLoss.published(classes(golden, "idc"));
    return computed(loss, batch(golden));
  }

  private static Computed computed(Loss loss, Batch batch) {
    Evaluation e = loss.evaluate(batch, Reduction.mean());
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(e.value()))
        .with("gradient.logits", GoldenArray.of(e.gradient(), batch.prediction().shape()));
  }

  private static Batch batch(GoldenCase golden) {
    return Batch.of(logits(golden), labels(golden));
  }

  private static Tensor logits(GoldenCase golden) {
    return golden.input("logits").tensor();
  }

  private static Labels labels(GoldenCase golden) {
    GoldenArray labels = golden.input("labels");
    return labels.labels(labels.shape());
  }

  private static ClassSelection classes(GoldenCase golden, String key) {
    int[] classes = golden.indices(key);
    return classes.length == 0 ? ClassSelection.all() : ClassSelection.of(classes);
  }
}
