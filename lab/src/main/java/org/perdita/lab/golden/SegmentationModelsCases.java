package org.perdita.lab.golden;

import java.util.Arrays;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.EmptyClass;
import org.perdita.segmentation.Pooling;
import org.perdita.segmentation.Smooth;
import org.perdita.segmentation.TverskyLoss;

/**
 * Cases about segmentation_models' regional losses: inputs {@code logits} [n, c, h, w] and {@code
 * target}, labels [n, h, w] in mode multiclass, else dense. The batch is pooled, absent classes
 * cost nothing; a logarithm is of each class's overlap, a power of the mean over classes.
 */
final class SegmentationModelsCases {
  private static final double EPSILON = 1e-7;

  private SegmentationModelsCases() {}

  static Computed dice(GoldenCase golden) {
    DiceLoss loss =
        DiceLoss.segmentationModels(activation(golden))
            .withClasses(classes(golden))
            .withSmooth(Smooth.of(2 * golden.param("smooth", 0))); // there it joins I, not 2 I
    return golden.flag("log_loss") ? logarithm(loss, golden) : power(loss, golden, 1);
  }

  static Computed tversky(GoldenCase golden) {
    TverskyLoss loss =
        new TverskyLoss(
            activation(golden),
            classes(golden),
            Pooling.BATCH,
            golden.param("alpha", 0.5),
            golden.param("beta", 0.5),
            1,
            Smooth.of(golden.param("smooth", 0)),
            EmptyClass.COSTS_NOTHING);
    if (golden.flag("log_loss")) {
      throw new UnsupportedOperationException("the power of a logarithm");
    }
    return power(loss, golden, golden.param("gamma", 1));
  }

  /** mean_k v_k ^ gamma. */
  private static Computed power(Loss loss, GoldenCase golden, double gamma) {
    Batch batch = batch(golden);
    var e = loss.evaluate(batch, Reduction.mean());
    double slope = gamma * Math.pow(e.value(), gamma - 1);
    return computed(golden, Math.pow(e.value(), gamma), e.gradient(), slope);
  }

  /** mean_k −log(1 − v_k). */
  private static Computed logarithm(Loss loss, GoldenCase golden) {
    Batch batch = batch(golden);
    Tensor values = loss.values(batch);
    float[] slopes = new float[values.size()];
    double value = 0;
    for (int k = 0; k < slopes.length; k++) {
      double overlap = Math.max(1 - values.get(k), golden.param("eps", EPSILON));
      value -= Math.log(overlap) / slopes.length;
      slopes[k] = (float) (1 / overlap / slopes.length);
    }
    if (batch.weights() != null) {
      throw new UnsupportedOperationException("ignore_index together with log_loss");
    }
    Batch weighted = batch.weighted(Tensor.of(slopes, values.shape()));
    return computed(golden, value, loss.evaluate(weighted, Reduction.sum()).gradient(), 1);
  }

  private static Computed computed(GoldenCase golden, double value, Tensor gradient, double by) {
    GoldenArray slopes = GoldenArray.of(gradient, golden.input("logits").shape());
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(value))
        .with("gradient.logits", slopes.map(g -> by * g));
  }

  private static Activation activation(GoldenCase golden) {
    return !golden.flag("from_logits", true)
        ? Activation.NONE
        : golden.words("mode").equals("multiclass") ? Activation.SOFTMAX : Activation.SIGMOID;
  }

  private static ClassSelection classes(GoldenCase golden) {
    int[] classes = golden.indices("classes");
    return classes.length == 0 ? ClassSelection.all() : ClassSelection.of(classes);
  }

  private static Batch batch(GoldenCase golden) {
    GoldenArray x = golden.input("logits");
    int[] shape = x.shape();
    GoldenArray y = golden.input("target");
    int[] positions = new int[shape.length - 1];
    positions[0] = shape[0];
    System.arraycopy(shape, 2, positions, 1, shape.length - 2);
    Target target =
        golden.words("mode").equals("multiclass") ? y.labels(positions) : y.tensor(shape);
    double ignored = golden.param("ignore_index", Double.NaN);
    Batch batch = Batch.of(x.tensor(), target);
    if (Double.isNaN(ignored)) {
      return batch;
    }
    if (y.data().length != Arrays.stream(positions).reduce(1, (a, b) -> a * b)) {
      throw new UnsupportedOperationException("ignore_index of overlapping classes");
    }
    float[] weights = new float[y.data().length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = y.data()[i] == ignored ? 0 : 1;
    }
    return batch.weighted(Tensor.of(weights, positions));
  }
}
