package org.perdita.perceptual;

import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * The peak signal-to-noise ratio in decibels, 10 log₁₀(range² / mean squared error): higher is
 * nearer, infinite for equal pictures. A measure, not a loss; to train on it, minimise the squared
 * error.
 *
 * @param range the length of the pixels' range: 1 for [0, 1], 255 for [0, 255]
 */
public record Psnr(double range) {

  public Psnr {
    boolean holds = range > 0 && range < Double.POSITIVE_INFINITY;
    Check.that(holds, "Psnr", "range", range, "finite and above 0");
  }

  /**
   * The ratio between two pictures of one format.
   *
   * @throws IllegalArgumentException if their formats differ
   */
  public static double of(Image a, Image b) {
    Check.that(a.format().equals(b.format()), "Psnr", "format", b.format(), "" + a.format());
    return new Psnr(a.format().range().length()).of(a.pixels(), b.pixels());
  }

  /** The ratio over all entries of two tensors of one shape. */
  public double of(Tensor a, Tensor b) {
    Check.shape(this, "the second", b.shape(), "the first", a.shape());
    Check.that(a.size() > 0, this, "the first", a, "not empty");
    double squares = 0;
    for (int i = 0; i < a.size(); i++) {
      double d = (double) a.get(i) - b.get(i);
      squares += d * d;
    }
    return 10 * Math.log10(range * range / (squares / a.size()));
  }
}
