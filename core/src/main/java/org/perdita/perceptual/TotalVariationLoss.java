package org.perdita.perceptual;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * Total variation: what a picture pays for every step between neighbouring pixels, so that it stays
 * smooth. It needs no target.
 *
 * <pre>
 * squared    ½ Σ (x<sub>i,j+1</sub> − x<sub>i,j</sub>)² + (x<sub>i+1,j</sub> − x<sub>i,j</sub>)²    over i &lt; H − 1, j &lt; W − 1
 * absolute   Σ |x<sub>i,j+1</sub> − x<sub>i,j</sub>|  +  Σ |x<sub>i+1,j</sub> − x<sub>i,j</sub>|          over all neighbours
 * </pre>
 *
 * <p>Shapes: {@code [n, c, h, w]}, any number of channels. A value is one sample's, not divided by
 * anything; {@link #evaluate} adds the samples up.
 *
 * <p>Range: from 0 up; 0 for a plain picture. The absolute form's gradient is a whole number, 0 for
 * equal neighbours.
 *
 * <p>Accuracy: computed in double, the gradient rounded once to float.
 *
 * <p>The squared form is that of the code of Johnson et al., which computes a gradient only, leaves
 * out the steps of the last row and column, and whose strength multiplies ½; its buffers are made
 * for three channels. The absolute form is TensorFlow's and torchmetrics'. piq's and kornia's
 * differ by a mean; the weight is the caller's.
 *
 * {@snippet :
 * Evaluation e = TotalVariationLoss.squared().evaluate(picture); // 1e-6 * e.value() joins the objective
 * }
 *
 * @param form which differences count, and how
 * @see <a href="https://arxiv.org/abs/1603.08155">Johnson, Alahi, Fei-Fei 2016, section 3.2</a>
 */
public record TotalVariationLoss(Form form) {

  /** Which differences count, and how. */
  public enum Form {
    SQUARED,
    ABSOLUTE
  }

  /** The form of the code of Johnson et al. */
  public static TotalVariationLoss squared() {
    return new TotalVariationLoss(Form.SQUARED);
  }

  /** The form of TensorFlow and torchmetrics. */
  public static TotalVariationLoss absolute() {
    return new TotalVariationLoss(Form.ABSOLUTE);
  }

  /**
   * The sum over samples, and its gradient.
   *
   * @param image {@code [n, c, h, w]}
   */
  public Evaluation evaluate(Tensor image) {
    Tensor gradient = Tensor.zeros(check(image).shape());
    double value = 0;
    for (int i = 0; i < image.length(0); i++) {
      value += sample(image, i, gradient.buffer());
    }
    return new Evaluation(value, gradient);
  }

  /** The value of each sample, {@code [n]}. */
  public Tensor values(Tensor image) {
    float[] values = new float[check(image).length(0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = PerSample.saturated(sample(image, i, null));
    }
    return Tensor.of(values, values.length);
  }

  private Tensor check(Tensor image) {
    Check.that(image.rank() == 4, this, "image", image, "of shape [n, c, h, w]");
    return image;
  }

  private double sample(Tensor image, int i, @Nullable FloatBuffer out) {
    int h = image.length(2);
    int w = image.length(3);
    int planes = image.length(1);
    double value = 0;
    float[] plane = new float[h * w];
    double[] slopes = new double[h * w];
    for (int p = 0; p < planes; p++) {
      int start = (i * planes + p) * h * w;
      image.buffer().get(start, plane);
      Arrays.fill(slopes, 0);
      value += plane(plane, slopes, h, w);
      if (out != null) {
        for (int j = 0; j < plane.length; j++) {
          out.put(start + j, PerSample.saturated(slopes[j]));
        }
      }
    }
    return value;
  }

  private double plane(float[] x, double[] slopes, int h, int w) {
    boolean squared = form == Form.SQUARED;
    double value = 0;
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        if (j + 1 < w && (!squared || i + 1 < h)) {
          value += step(x, slopes, at, at + 1);
        }
        if (i + 1 < h && (!squared || j + 1 < w)) {
          value += step(x, slopes, at, at + w);
        }
      }
    }
    return value;
  }

  private double step(float[] x, double[] slopes, int from, int to) {
    double d = (double) x[to] - x[from];
    double slope = form == Form.SQUARED ? d : Math.signum(d);
    slopes[to] += slope;
    slopes[from] -= slope;
    return form == Form.SQUARED ? d * d / 2 : Math.abs(d);
  }
}
