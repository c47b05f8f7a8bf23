package org.perdita.adversarial;

import java.nio.FloatBuffer;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Where a {@link GradientPenalty} looks at the critic. Random numbers are the caller's: shares
 * {@code [n]} uniform in [0, 1], one a sample; noise shaped like the samples.
 */
public final class PenaltyPoints {
  private PenaltyPoints() {}

  /**
   * Between real and fake samples: x + share (fake − x), for WGAN-GP. One share serves a whole
   * sample: with one a pixel the points would fill a box and not lie on the lines.
   *
   * @throws IllegalArgumentException if shapes differ or a share is not in [0, 1]
   */
  public static Tensor between(Tensor real, Tensor fake, Tensor shares) {
    Check.shape("PenaltyPoints", "fake", fake.shape(), "real", real.shape());
    int each = checkShares(real, shares);
    FloatBuffer x = real.buffer();
    float[] points = fake.toArray();
    for (int i = 0; i < shares.size(); i++) {
      double share = shares.get(i);
      for (int j = i * each; j < (i + 1) * each; j++) {
        points[j] = (float) (x.get(j) + share * ((double) points[j] - x.get(j)));
      }
    }
    return Tensor.of(points, real.shape());
  }

  /**
   * Around real samples, for DRAGAN, as its authors' notebook and the code of "Are GANs Created
   * Equal?" have it: x + share · ½ σ noise, with σ the standard deviation over all of the batch,
   * and noise uniform in [0, 1], which only ever adds. The notebook takes the gradient of the
   * score, the study that of σ(score).
   *
   * @throws IllegalArgumentException if shapes differ or a share is not in [0, 1]
   * @see <a href="https://arxiv.org/abs/1705.07215">Kodali, Abernethy, Hays, Kira 2017</a>
   */
  public static Tensor draganOfTheNotebook(Tensor real, Tensor noise, Tensor shares) {
    Check.shape("PenaltyPoints", "noise", noise.shape(), "real", real.shape());
    int each = checkShares(real, shares);
    FloatBuffer x = real.buffer();
    float[] points = noise.toArray();
    double half = 0.5 * deviation(x);
    for (int i = 0; i < shares.size(); i++) {
      double times = shares.get(i) * half;
      for (int j = i * each; j < (i + 1) * each; j++) {
        points[j] = (float) (x.get(j) + times * points[j]);
      }
    }
    return Tensor.of(points, real.shape());
  }

  /**
   * Around real samples, as the later compare_gan has it: x + σ (noise − ½), held in [0, 1], with
   * noise uniform in [0, 1]; for samples that lie in [0, 1].
   */
  public static Tensor draganOfCompareGan(Tensor real, Tensor noise) {
    Check.shape("PenaltyPoints", "noise", noise.shape(), "real", real.shape());
    FloatBuffer x = real.buffer();
    float[] points = noise.toArray();
    double deviation = deviation(x);
    for (int i = 0; i < points.length; i++) {
      double moved = x.get(i) + deviation * (points[i] - 0.5);
      points[i] = (float) Math.max(0, Math.min(moved, 1));
    }
    return Tensor.of(points, real.shape());
  }

  /**
   * Around real samples, as the paper's later version has it: x + size · noise, with standard
   * normal noise.
   *
   * @param size the paper's c, 10
   */
  public static Tensor draganOfThePaper(Tensor real, Tensor noise, double size) {
    Check.shape("PenaltyPoints", "noise", noise.shape(), "real", real.shape());
    Check.that(
        size >= 0 && size < Double.POSITIVE_INFINITY,
        "PenaltyPoints",
        "size",
        size,
        "a finite number of 0 or more");
    FloatBuffer x = real.buffer();
    float[] points = noise.toArray();
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) (x.get(i) + size * points[i]);
    }
    return Tensor.of(points, real.shape());
  }

  /** How many entries a sample has. */
  private static int checkShares(Tensor real, Tensor shares) {
    Check.that(
        real.rank() >= 1 && real.size() > 0,
        "PenaltyPoints",
        "real",
        real,
        "of shape [n, …] with at least one sample");
    int n = real.length(0);
    Check.shape("PenaltyPoints", "shares", shares.shape(), "one share a sample", n);
    for (int i = 0; i < n; i++) {
      float share = shares.get(i);
      if (!(share >= 0 && share <= 1)) {
        throw Check.entry("PenaltyPoints", "shares", i, shares.shape(), share, "in [0, 1]");
      }
    }
    return real.size() / n;
  }

  /** Of the whole batch, as one population. */
  private static double deviation(FloatBuffer x) {
    int n = x.limit();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x.get(i);
    }
    double mean = sum / n;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double off = x.get(i) - mean;
      squares += off * off;
    }
    return Math.sqrt(squares / n);
  }
}
