package org.perdita.matting;

import java.util.ArrayList;
import java.util.List;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PlaneFormula;
import org.perdita.internal.Planes;

/**
 * The Laplacian pyramid loss: compares two mattes band by band, so that fine detail and broad shape
 * are both held to account.
 *
 * <pre>
 * L = (1 / n) Σ_{s = 0}^{n − 1} 2^s mean |L_s(α) − L_s(y)|
 * L_s(a) = a_s − up(down(a_s)),   a_{s + 1} = down(a_s)
 * </pre>
 *
 * <p>with a 5 × 5 binomial filter, the image mirrored at its edge, and odd sides cut to even at
 * each level. The residual below the last level is not compared.
 *
 * <p>Shapes: prediction and target {@code [n, c, h, w]}, the target in [0, 1]; a unit is a plane.
 * Weights {@code [n, c, 1, 1]}; weights of pixels are refused, as bands have no pixels. Sides must
 * be at least 4 at every level. Range 0 up; the gradient jumps where a band's difference is 0,
 * where 0 is given. Computed in double.
 *
 * <p>Refuses: targets outside [0, 1], levels outside 1 … 12, planes too small for the levels.
 *
 * <pre>{@code
 * var loss = LaplacianPyramidLoss.ofLogits(5);
 * Evaluation e = loss.evaluate(Batch.of(logits, alpha), Reduction.mean());
 * }</pre>
 *
 * @param activation SIGMOID of logits, or NONE of an alpha matte
 * @param levels n
 * @see <a href="https://arxiv.org/abs/2108.11515">Lin, Yang, Saleemi, Sengupta: Robust
 *     high-resolution video matting with temporal guidance, WACV 2022, section 4.2</a>
 */
public record LaplacianPyramidLoss(Activation activation, int levels) implements Loss {

  public LaplacianPyramidLoss {
    Check.that(levels >= 1 && levels <= 12, "LaplacianPyramidLoss", "levels", levels, "in 1 … 12");
  }

  /** Of a network's logits. */
  public static LaplacianPyramidLoss ofLogits(int levels) {
    return new LaplacianPyramidLoss(Activation.SIGMOID, levels);
  }

  /** Of an alpha matte. */
  public static LaplacianPyramidLoss ofAlpha(int levels) {
    return new LaplacianPyramidLoss(Activation.NONE, levels);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return planes(batch).evaluate(reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return planes(batch).evaluate(reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return planes(batch).values();
  }

  private Planes planes(Batch batch) {
    Tensor w = batch.weights();
    Check.that(
        w == null || w.rank() == 4,
        this,
        "weights",
        String.valueOf(w),
        "one a plane, [n, c, 1, 1]");
    return new Planes(this, new Kernel(levels), activation, 1, 0, 1, batch);
  }

  /** The bands are linear, so the pyramid of the difference is all that is needed. */
  private record Kernel(int levels) implements PlaneFormula {
    @Override
    public int leastSide() {
      return 4 << (levels - 1);
    }

    @Override
    public boolean hidesIgnored() {
      return false;
    }

    @Override
    public double evaluate(Plane plane, boolean slope) {
      double[] difference = new double[plane.p.length];
      for (int j = 0; j < difference.length; j++) {
        difference[j] = (double) plane.p[j] - plane.target[j];
      }
      List<Pyramid.Image> slopes = new ArrayList<>();
      Pyramid.Image current = new Pyramid.Image(plane.height, plane.width, difference);
      double value = 0;
      for (int level = 0; level < levels; level++) {
        Pyramid.Image even = Pyramid.cut(current);
        Pyramid.Image down = Pyramid.down(even);
        double[] band = Pyramid.up(down).data();
        double factor = Math.scalb(1.0, level) / levels / band.length;
        double sum = 0;
        for (int j = 0; j < band.length; j++) {
          double d = even.data()[j] - band[j];
          sum += Math.abs(d);
          band[j] = factor * Math.signum(d);
        }
        value += factor * sum;
        slopes.add(new Pyramid.Image(even.height(), even.width(), band));
        current = down;
      }
      if (slope) {
        back(plane, slopes, current);
      }
      return value;
    }

    private void back(Plane plane, List<Pyramid.Image> slopes, Pyramid.Image last) {
      Pyramid.Image below =
          new Pyramid.Image(last.height(), last.width(), new double[last.data().length]);
      for (int level = levels - 1; level >= 0; level--) {
        Pyramid.Image band = slopes.get(level);
        double[] lower = Pyramid.upBack(band).data();
        for (int j = 0; j < lower.length; j++) {
          lower[j] = below.data()[j] - lower[j];
        }
        double[] higher =
            Pyramid.downBack(
                    new Pyramid.Image(band.height() / 2, band.width() / 2, lower),
                    band.height(),
                    band.width())
                .data();
        for (int j = 0; j < higher.length; j++) {
          higher[j] += band.data()[j];
        }
        int h = level == 0 ? plane.height : slopes.get(level - 1).height() / 2;
        int w = level == 0 ? plane.width : slopes.get(level - 1).width() / 2;
        below = Pyramid.cutBack(new Pyramid.Image(band.height(), band.width(), higher), h, w);
      }
      for (int j = 0; j < plane.slope.length; j++) {
        plane.slope[j] = (float) below.data()[j];
      }
    }
  }
}
