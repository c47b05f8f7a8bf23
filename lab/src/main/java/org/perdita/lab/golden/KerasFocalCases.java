package org.perdita.lab.golden;

import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.FocalLoss;

/**
 * Cases about the focal loss of keras-retinanet: inputs {@code probabilities} and {@code labels}
 * [n, anchors, classes], labels 0 or 1, and {@code anchor_state} [n, anchors]: −1 ignored, 0
 * background, 1 object. One value: the sum over the number of objects.
 *
 * <p>Keras takes its logarithms of p clipped to [ε, 1 − ε] with ε added once more: −log(p + ε) for
 * a positive, −log(1 − p + ε) for a negative. That is the loss at a probability that is ε nearer to
 * the label; the kernel gets the logit of that one.
 */
final class KerasFocalCases {
  private static final double EPSILON = 1e-7;

  /** A logit whose loss is 0 in float, for a probability that is its label. */
  private static final double FAR = 200;

  private KerasFocalCases() {}

  static Computed compute(GoldenCase golden) {
    GoldenArray p = golden.input("probabilities");
    GoldenArray labels = golden.input("labels", p.shape());
    double[] state = golden.input("anchor_state", p.leading()).data();
    float[] logits = new float[p.data().length];
    float[] weights = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double label = labels.data()[i];
      if (label != 0 && label != 1) {
        throw new UnsupportedOperationException("labels between 0 and 1");
      }
      double q = nearer(p.data()[i], label);
      logits[i] = (float) Math.max(-FAR, Math.min(FAR, Math.log(q) - Math.log1p(-q)));
      weights[i] = state[i / p.last()] == -1 ? 0 : 1;
    }
    long objects = 0;
    for (double anchor : state) {
      objects += anchor == 1 ? 1 : 0;
    }
    FocalLoss loss = new FocalLoss(FocalCases.alpha(golden), golden.param("gamma"));
    Batch batch =
        Batch.of(Tensor.of(logits, p.shape()), labels.tensor())
            .weighted(Tensor.of(weights, p.shape()));
    Evaluation evaluation = loss.evaluate(batch, Reduction.perPositive(objects));
    Tensor values = loss.values(batch);
    double[] gradient = new double[logits.length];
    for (int i = 0; i < gradient.length; i++) {
      double value = values.get(i) / Math.max(1, objects);
      double slope = evaluation.gradient().get(i);
      gradient[i] = chained(p.data()[i], labels.data()[i], loss.gamma(), value, slope);
    }
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(evaluation.value()))
        .with("gradient.probabilities", new GoldenArray(p.shape(), gradient));
  }

  /**
   * d value / d p from the slope d value / d logit. Beyond the clip the logarithm is constant, and
   * only (1 − p_t)^γ still moves.
   */
  private static double chained(double p, double label, double gamma, double value, double slope) {
    double q = nearer(p, label);
    if (p >= EPSILON && p <= 1 - EPSILON && q > 0 && q < 1) {
      return slope / (q * (1 - q));
    }
    double weightSlope = label == 1 ? -gamma / (1 - p) : gamma / p;
    return value == 0 ? 0 : weightSlope * value;
  }

  private static double nearer(double p, double label) {
    double inside = Math.max(EPSILON, Math.min(1 - EPSILON, p));
    return label == 1 ? inside + EPSILON : inside - EPSILON;
  }
}
