package org.perdita.perceptual;

import java.nio.FloatBuffer;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * The feature reconstruction loss: pulls what a network sees in one picture towards what it sees in
 * another, so that the pictures look alike without agreeing pixel by pixel.
 *
 * <pre>
 * φ = features of the prediction, ψ = of the target; C, H, W their channels, height and width
 * squared error    ‖φ − ψ‖² / (C H W)
 * absolute error   Σ |φ − ψ| / (C H W)
 * Frobenius        ‖φ − ψ‖
 * </pre>
 *
 * <p>Shapes: {@code [n, c, h, w]} or any {@code [n, …]}; the target has the prediction's. The unit
 * is a sample: weights have shape {@code [n]}.
 *
 * <p>Range: from 0 up, unbounded. Where φ = ψ the gradient is 0; in between absolute error's is ±1
 * / (C H W) and Frobenius's has norm 1.
 *
 * <p>Accuracy: computed in double, the gradient rounded once to float.
 *
 * <p>Refuses: targets of another shape, or that are not a tensor.
 *
 * <p>The paper and its code agree on the squared error; the code averages over the batch too, which
 * is {@link Reduction#mean()}. BasicSR's {@code fro} takes one norm over the whole batch, so that a
 * sample's gradient depends on the others; here each sample has its own. The normalisation does not
 * depend on it, but the features do depend on what the network was fed: see {@link NetworkInput}.
 *
 * {@snippet :
 * var loss = FeatureLoss.squaredError();
 * Evaluation e = loss.evaluate(Batch.of(features, targetFeatures), Reduction.mean());
 * }
 *
 * @param distance how two feature maps are compared
 * @see <a href="https://arxiv.org/abs/1603.08155">Johnson, Alahi, Fei-Fei: Perceptual Losses for
 *     Real-Time Style Transfer and Super-Resolution, ECCV 2016, equation 2</a>
 */
public record FeatureLoss(Distance distance) implements Loss {

  /** How two feature maps are compared. */
  public enum Distance {
    /** The mean of squares: the paper's. */
    SQUARED_ERROR,
    /** The mean of absolute values: BasicSR's default. */
    ABSOLUTE_ERROR,
    /** The Euclidean norm, not divided by anything. */
    FROBENIUS
  }

  private static final int TILE = 4096;

  /** ‖φ − ψ‖² / (C H W). */
  public static FeatureLoss squaredError() {
    return new FeatureLoss(Distance.SQUARED_ERROR);
  }

  /** Σ |φ − ψ| / (C H W). */
  public static FeatureLoss absoluteError() {
    return new FeatureLoss(Distance.ABSOLUTE_ERROR);
  }

  /** ‖φ − ψ‖. */
  public static FeatureLoss frobenius() {
    return new FeatureLoss(Distance.FROBENIUS);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return PerSample.evaluate(this, batch, reduction, gradient, kernel(batch));
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return PerSample.evaluate(this, batch, reduction, null, kernel(batch));
  }

  @Override
  public Tensor values(Batch batch) {
    return PerSample.values(this, batch, kernel(batch));
  }

  private PerSample.Kernel kernel(Batch batch) {
    Tensor x = batch.prediction();
    Check.that(x.rank() > 1, this, "prediction", x, "of shape [n, c, h, w] or [n, …]");
    Tensor y = dense(batch.target());
    Check.shape(this, "target", y.shape(), "prediction", x.shape());
    int each = x.length(0) == 0 ? 0 : x.size() / x.length(0);
    FloatBuffer from = x.buffer();
    FloatBuffer to = y.buffer();
    return (sample, by, gradient) -> {
      double value = distance(from, to, sample * each, each);
      if (gradient != null) {
        double scale = by * scale(value, each);
        slopes(from, to, sample * each, each, scale, largest(value, scale, each), gradient);
      }
      return value;
    };
  }

  private Tensor dense(Target target) {
    if (target instanceof Tensor tensor) {
      return tensor;
    }
    throw Check.refusal(this + ": target must be a Tensor of features, was " + target);
  }

  private double distance(FloatBuffer x, FloatBuffer y, int start, int each) {
    float[] a = new float[Math.min(TILE, each)];
    float[] b = new float[Math.min(TILE, each)];
    double sum = 0;
    for (int at = 0; at < each; at += TILE) {
      int n = Math.min(TILE, each - at);
      x.get(start + at, a, 0, n);
      y.get(start + at, b, 0, n);
      sum += distance == Distance.ABSOLUTE_ERROR ? sizes(a, b, n) : squares(a, b, n);
    }
    return distance == Distance.FROBENIUS ? Math.sqrt(sum) : sum / Math.max(1, each);
  }

  /** In four chains, for one would wait for itself. */
  private static double squares(float[] a, float[] b, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j < n - 3; j += 4) {
      double d0 = (double) a[j] - b[j];
      double d1 = (double) a[j + 1] - b[j + 1];
      double d2 = (double) a[j + 2] - b[j + 2];
      double d3 = (double) a[j + 3] - b[j + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; j < n; j++) {
      double d = (double) a[j] - b[j];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static double sizes(float[] a, float[] b, int n) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += Math.abs((double) a[j] - b[j]);
    }
    return sum;
  }

  /** What d, or its sign, is multiplied by to give the slope. */
  private double scale(double value, int each) {
    return switch (distance) {
      case SQUARED_ERROR -> 2.0 / each;
      case ABSOLUTE_ERROR -> 1.0 / each;
      case FROBENIUS -> value == 0 ? 0 : 1 / value;
    };
  }

  /** What no slope is larger than. */
  private double largest(double value, double by, int each) {
    double d =
        switch (distance) {
          case SQUARED_ERROR -> Math.sqrt(value * each);
          case ABSOLUTE_ERROR -> 1;
          case FROBENIUS -> value;
        };
    return Math.abs(by) * d;
  }

  private void slopes(
      FloatBuffer x,
      FloatBuffer y,
      int start,
      int each,
      double by,
      double largest,
      FloatBuffer out) {
    float[] a = new float[Math.min(TILE, each)];
    float[] b = new float[Math.min(TILE, each)];
    for (int at = 0; at < each; at += TILE) {
      int n = Math.min(TILE, each - at);
      x.get(start + at, a, 0, n);
      y.get(start + at, b, 0, n);
      if (distance == Distance.ABSOLUTE_ERROR) {
        signs(a, b, by, n);
      } else if (largest < 1e38) {
        differences(a, b, by, n);
      } else {
        saturatedDifferences(a, b, by, n);
      }
      out.put(start + at, a, 0, n);
    }
  }

  private static void signs(float[] a, float[] b, double by, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = PerSample.saturated(by * Math.signum((double) a[j] - b[j]));
    }
  }

  private static void differences(float[] a, float[] b, double by, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = (float) (by * ((double) a[j] - b[j]));
    }
  }

  private static void saturatedDifferences(float[] a, float[] b, double by, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = PerSample.saturated(by * ((double) a[j] - b[j]));
    }
  }
}
