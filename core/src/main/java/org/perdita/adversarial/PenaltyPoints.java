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
    Tensor points = Tensor.zeros(real.shape());
    FloatBuffer out = points.buffer();
    for (int i = 0; i < real.size(); i++) {
      double x = real.get(i);
      out.put(i, (float) (x + shares.get(i / each) * (fake.get(i) - x)));
    }
    return points;
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
    double deviation = deviation(real);
    Tensor points = Tensor.zeros(real.shape());
    FloatBuffer out = points.buffer();
    for (int i = 0; i < real.size(); i++) {
      double step = 0.5 * deviation * noise.get(i);
      out.put(i, (float) (real.get(i) + shares.get(i / each) * step));
    }
    return points;
  }

  /**
   * Around real samples, as the later compare_gan has it: x + σ (noise − ½), held in [0, 1], with
   * noise uniform in [0, 1]; for samples that lie in [0, 1].
   */
  public static Tensor draganOfCompareGan(Tensor real, Tensor noise) {
    Check.shape("PenaltyPoints", "noise", noise.shape(), "real", real.shape());
    double deviation = deviation(real);
    Tensor points = Tensor.zeros(real.shape());
    FloatBuffer out = points.buffer();
    for (int i = 0; i < real.size(); i++) {
      double moved = real.get(i) + deviation * (noise.get(i) - 0.5);
      out.put(i, (float) Math.max(0, Math.min(moved, 1)));
    }
    return points;
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
    Tensor points = Tensor.zeros(real.shape());
    FloatBuffer out = points.buffer();
    for (int i = 0; i < real.size(); i++) {
      out.put(i, (float) (real.get(i) + size * noise.get(i)));
    }
    return points;
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
  private static double deviation(Tensor x) {
    double mean = 0;
    for (int i = 0; i < x.size(); i++) {
      mean += x.get(i) / (double) x.size();
    }
    double variance = 0;
    for (int i = 0; i < x.size(); i++) {
      variance += (x.get(i) - mean) * (x.get(i) - mean) / x.size();
    }
    return Math.sqrt(variance);
  }
}
