package org.perdita.perceptual;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * One minus structural similarity: rewards a picture for the right local structure rather than for
 * the right pixels.
 *
 * <p>Shapes: {@code [n, c, h, w]}, the target alike. The unit is a sample: weights have shape
 * {@code [n]}.
 *
 * <p>Range: [0, 2]; 0 for equal pictures, above 1 where structures are opposite.
 *
 * <p>Accuracy: computed in double, the gradient rounded once to float. A local variance that comes
 * out below 0 is rounding and counts as 0.
 *
 * <p>Refuses: pictures smaller than the window, targets of another shape or that are no tensor.
 *
 * <p>Which convention is meant, {@link Ssim} says; it changes value and gradient.
 *
 * {@snippet :
 * var loss = new SsimLoss(Ssim.wang(1));
 * Evaluation e = loss.evaluate(Batch.of(restored, original), Reduction.mean());
 * }
 *
 * @param ssim the similarity
 * @see <a href="https://doi.org/10.1109/TIP.2003.819861">Wang, Bovik, Sheikh, Simoncelli 2004</a>
 */
public record SsimLoss(Ssim ssim) implements Loss {

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
    if (!(batch.target() instanceof Tensor y)) {
      throw Check.refusal(this + ": target must be a Tensor of pixels, was " + batch.target());
    }
    ssim.check(x, y);
    int each = x.length(1) * x.length(2) * x.length(3);
    return (sample, by, out) -> {
      double[] gradient = out == null ? null : new double[each];
      double value = 1 - ssim.sample(x, y, sample, -by, gradient);
      if (out != null && gradient != null) {
        for (int j = 0; j < each; j++) {
          out.put(sample * each + j, PerSample.saturated(gradient[j]));
        }
      }
      return value;
    };
  }
}
