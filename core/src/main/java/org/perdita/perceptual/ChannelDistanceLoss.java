package org.perdita.perceptual;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * One layer of the learned perceptual distance LPIPS: features are brought to length 1 at each
 * position, and a learned weight says how much each channel's disagreement counts.
 *
 * <pre>
 * a = φ / (‖φ‖ + ε),  b = ψ / (‖ψ‖ + ε)     at each position, over channels; ε = 1e-10
 * value = mean over positions of Σ<sub>c</sub> w<sub>c</sub> (a<sub>c</sub> − b<sub>c</sub>)²
 * </pre>
 *
 * <p>LPIPS is the sum of this over the layers of a network, for pictures that went through {@link
 * NetworkInput#lpips}.
 *
 * <p>Shapes: features {@code [n, c, h, w]}, the target alike; as many weights as channels. The unit
 * is a sample: weights of the batch have shape {@code [n]}.
 *
 * <p>Range: from 0 up to 4 times the largest channel weight.
 *
 * <p>Accuracy: computed in double, the gradient rounded once to float. Where all features of a
 * position are 0 the distance has no direction to point in; the gradient there is 0. The official
 * code's is NaN, as ε stands outside its square root.
 *
 * <p>Refuses: channel weights that are negative or not finite; targets of another shape. Negative
 * weights, which untrained linear layers have, would reward differences.
 *
 * @param channelWeights w, one a channel
 * @see <a href="https://arxiv.org/abs/1801.03924">Zhang et al.: The Unreasonable Effectiveness of
 *     Deep Features as a Perceptual Metric, CVPR 2018, equation 1</a>
 */
public record ChannelDistanceLoss(List<Double> channelWeights) implements Loss {
  private static final double EPSILON = 1e-10;

  public ChannelDistanceLoss {
    channelWeights = List.copyOf(channelWeights);
    for (double w : channelWeights) {
      boolean holds = w >= 0 && w < Double.POSITIVE_INFINITY;
      Check.that(holds, "ChannelDistanceLoss", "a channel's weight", w, "finite and 0 or more");
    }
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

  /** How many channel weights there are; all of them are too many to print. */
  @Override
  public String toString() {
    return "ChannelDistanceLoss[channels=" + channelWeights.size() + "]";
  }

  private PerSample.Kernel kernel(Batch batch) {
    Tensor x = batch.prediction();
    int c = channelWeights.size();
    String shape = "of shape [n, " + c + ", h, w]";
    Check.that(x.rank() == 4 && x.length(1) == c, this, "prediction", x, shape);
    if (!(batch.target() instanceof Tensor y)) {
      throw Check.refusal(this + ": target must be a Tensor of features, was " + batch.target());
    }
    Check.shape(this, "target", y.shape(), "prediction", x.shape());
    int m = x.length(2) * x.length(3);
    return (sample, by, gradient) -> sample(x, y, sample * c * m, m, by, gradient);
  }

  private double sample(
      Tensor x, Tensor y, int start, int m, double by, @Nullable FloatBuffer out) {
    int c = channelWeights.size();
    double[] w = channelWeights.stream().mapToDouble(Double::doubleValue).toArray();
    double[] a = new double[c];
    double[] b = new double[c];
    double value = 0;
    for (int p = 0; p < m; p++) {
      double length = unit(x, start + p, m, a);
      unit(y, start + p, m, b);
      double along = 0;
      for (int k = 0; k < c; k++) {
        double d = a[k] - b[k];
        value += w[k] * d * d / m;
        b[k] = 2 * w[k] * d / m;
        along += b[k] * a[k];
      }
      if (out != null) {
        // da/dφ = (I − a φᵀ/‖φ‖) / (‖φ‖ + ε), and φ/‖φ‖ = a (‖φ‖ + ε) / ‖φ‖
        double norm = length - EPSILON;
        for (int k = 0; k < c; k++) {
          double slope = norm == 0 ? 0 : (b[k] - along * a[k] * length / norm) / length;
          out.put(start + p + k * m, PerSample.saturated(by * slope));
        }
      }
    }
    return value;
  }

  /** Writes a position's features over their length + ε, and gives the latter. */
  private static double unit(Tensor x, int at, int m, double[] into) {
    double squares = 0;
    for (int k = 0; k < into.length; k++) {
      into[k] = x.get(at + k * m);
      squares += into[k] * into[k];
    }
    double length = Math.sqrt(squares) + EPSILON;
    for (int k = 0; k < into.length; k++) {
      into[k] /= length;
    }
    return length;
  }
}
