package org.perdita.perceptual;

import org.perdita.Tensor;
import org.perdita.perceptual.Ssim.Edges;
import org.perdita.perceptual.Ssim.Variances;

/**
 * The similarity of two planes, and its gradient: with p = E x, q = E x² and r = E x y over
 * windows,
 *
 * <pre>
 * ds/dx = Eᵀ(∂s/∂p) + 2 x Eᵀ(∂s/∂q) + y Eᵀ(∂s/∂r)
 * </pre>
 */
final class SsimPlane {
  private final WindowMeans means;
  private final double c1;
  private final double c2;
  private final double share;
  private final int size;
  private double[] x = new double[0];
  private double[] y = new double[0];
  private double[] slopesOfMean = new double[0];
  private double[] slopesOfSquare = new double[0];
  private double[] slopesOfProduct = new double[0];

  SsimPlane(Ssim ssim, int h, int w) {
    means = new WindowMeans(ssim.window().weights(), ssim.edges() == Edges.REFLECTED, h, w);
    c1 = ssim.k1() * ssim.range() * ssim.k1() * ssim.range();
    c2 = ssim.k2() * ssim.range() * ssim.k2() * ssim.range();
    double pixels = (double) ssim.window().size() * ssim.window().size();
    share = ssim.variances() == Variances.SAMPLE ? pixels / (pixels - 1) : 1;
    size = h * w;
  }

  /** The mean similarity of the planes at {@code start}, kept for the gradient. */
  double similarity(Tensor a, Tensor b, int start) {
    x = plane(a, start);
    y = plane(b, start);
    double[] p = means.of(x);
    double[] o = means.of(y);
    double[] q = means.of(product(x, x));
    double[] t = means.of(product(y, y));
    double[] r = means.of(product(x, y));
    slopesOfMean = new double[p.length];
    slopesOfSquare = new double[p.length];
    slopesOfProduct = new double[p.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      // A variance below 0 is rounding; it counts as 0 and lets the gradient pass.
      double vx = Math.max(0, share * (q[i] - p[i] * p[i]));
      double vy = Math.max(0, share * (t[i] - o[i] * o[i]));
      double a1 = 2 * p[i] * o[i] + c1;
      double a2 = 2 * share * (r[i] - p[i] * o[i]) + c2;
      double b1 = p[i] * p[i] + o[i] * o[i] + c1;
      double b2 = vx + vy + c2;
      double s = a1 / b1 * (a2 / b2);
      sum += s;
      double ofA1 = a2 / b2 / b1;
      double ofA2 = a1 / b1 / b2;
      slopesOfMean[i] = 2 * o[i] * (ofA1 - share * ofA2) + 2 * p[i] * (share * s / b2 - s / b1);
      slopesOfSquare[i] = -share * s / b2;
      slopesOfProduct[i] = 2 * share * ofA2;
    }
    return sum / p.length;
  }

  /** Adds by · d similarity / d x at {@code at}. */
  void addGradient(double by, double[] into, int at) {
    double[] p = means.transposed(slopesOfMean);
    double[] q = means.transposed(slopesOfSquare);
    double[] r = means.transposed(slopesOfProduct);
    double each = by / slopesOfMean.length;
    for (int i = 0; i < size; i++) {
      into[at + i] += each * (p[i] + 2 * x[i] * q[i] + y[i] * r[i]);
    }
  }

  private double[] plane(Tensor tensor, int start) {
    double[] plane = new double[size];
    for (int i = 0; i < size; i++) {
      plane[i] = tensor.get(start + i);
    }
    return plane;
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }
}
