package org.perdita.lab.metrics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Fréchet distance of two normal distributions with the moments of the samples, squared as it
 * is reported everywhere:
 *
 * <pre>    ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½)
 * </pre>
 *
 * <p>The roots are taken by the eigenvalues of symmetric matrices, so singular covariances – fewer
 * samples than dimensions, features that never change – are no special case. In units of the
 * features squared, from 0 up.
 *
 * <p>An estimate from n samples is biased upwards, the more the fewer samples there are: numbers
 * compare only at one n and on one feature network. It is called FID on Inception's features, and
 * on no others.
 *
 * @see <a href="https://arxiv.org/abs/1706.08500">Heusel et al.: GANs trained by a two time-scale
 *     update rule converge to a local Nash equilibrium, 2017, equation 6</a>
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /** The distance between the distributions of two sets of samples, each of at least two. */
  public static double of(Features a, Features b) {
    Features.requirePair("FrechetDistance", a, b, 2);
    return of(Moments.of(a), Moments.of(b));
  }

  /**
   * The distance between normal distributions with these moments.
   *
   * @throws IllegalArgumentException if their dimensions differ or their eigenvalues are not found
   */
  public static double of(Moments a, Moments b) {
    double[] from = a.mean();
    double[] to = b.mean();
    int d = from.length;
    if (d != to.length) {
      throw new IllegalArgumentException(
          "FrechetDistance: both must have as many dimensions, had " + d + " and " + to.length);
    }
    DMatrixRMaj first = new DMatrixRMaj(d, d, true, a.covariance());
    DMatrixRMaj second = new DMatrixRMaj(d, d, true, b.covariance());
    double distance = CommonOps_DDRM.trace(first) + CommonOps_DDRM.trace(second);
    for (int i = 0; i < d; i++) {
      distance += (from[i] - to[i]) * (from[i] - to[i]);
    }
    DMatrixRMaj root = root(first);
    DMatrixRMaj half = new DMatrixRMaj(d, d);
    DMatrixRMaj product = new DMatrixRMaj(d, d);
    CommonOps_DDRM.mult(root, second, half);
    CommonOps_DDRM.mult(half, root, product);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(product, false);
    for (int i = 0; i < d; i++) {
      distance -= 2 * Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
    }
    return Math.max(0, distance);
  }

  /** V √Λ Vᵀ of a symmetric V Λ Vᵀ; what rounding made negative counts as 0. */
  private static DMatrixRMaj root(DMatrixRMaj symmetric) {
    int d = symmetric.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(symmetric, true);
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      double scale = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
      DMatrixRMaj vector = eigen.getEigenVector(i);
      CommonOps_DDRM.multAddTransB(scale, vector, vector, root);
    }
    return root;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(DMatrixRMaj m, boolean vectors) {
    DMatrixRMaj symmetric = m.copy();
    for (int i = 0; i < m.numRows; i++) {
      for (int j = 0; j < m.numRows; j++) {
        symmetric.set(i, j, (m.get(i, j) + m.get(j, i)) / 2);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(m.numRows, vectors, true);
    if (!eigen.decompose(symmetric)) {
      throw new IllegalArgumentException("FrechetDistance: the eigenvalues do not converge");
    }
    return eigen;
  }
}
