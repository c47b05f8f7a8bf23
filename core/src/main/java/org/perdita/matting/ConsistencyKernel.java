package org.perdita.matting;

import org.perdita.internal.PlaneFormula;

/**
 * Gradient consistency of one plane. With c = i · ∇M, x = i_x M_y − i_y M_x, ρ = 1 − |i|² = ε /
 * |∇I|² and L = Σ w A s / Σ w A, what a pixel lacks in consistency is
 *
 * <pre>
 * s = 1 − c² / |∇M|² = (x² + ε + ρ (M_x² + M_y²)) / |∇M|²
 * ds / d∇M = (2 c / |∇M|⁴) (−x M_y − ε i_x, x M_x − ε i_y)
 * </pre>
 *
 * <p>in which nothing cancels where the edges agree, and nothing grows where the mask is flat; and
 * dL / d∇M = (w / D) ((s − L) ∇M / |∇M| + A ds / d∇M), where s − L is taken as (1 − L) − (1 − s) if
 * 1 − s is the smaller of the two. Without normalisation s = 1 − c².
 */
record ConsistencyKernel(GradientConsistencyLoss loss) implements PlaneFormula {

  @Override
  public int leastSide() {
    return loss.border() == Border.VALID ? 3 : 2;
  }

  @Override
  public boolean hidesIgnored() {
    return true;
  }

  @Override
  public double evaluate(Plane plane, boolean slope) {
    Edges edges = new Edges(loss.operator(), loss.border(), plane.height, plane.width);
    int n = edges.rows * edges.columns;
    float[] mx = new float[n];
    float[] my = new float[n];
    float[] ix = new float[n];
    float[] iy = new float[n];
    edges.gradients(plane.p, 0, mx, my);
    edges.gradients(plane.target, 0, ix, iy);
    float[] w = edges.weights(plane.weight);
    boolean unit = loss.form() != GradientConsistencyLoss.Form.UNNORMALISED;
    float epsilon = (float) loss.epsilon();
    Rows rows = new Rows(edges.columns);
    double counted = 0;
    for (int r = 0; r < edges.rows; r++) {
      rows.load(mx, my, ix, iy, w, r);
      magnitudes(rows, epsilon, flat(), unit, edges.columns);
      sums(rows, edges.columns);
      counted += rows.drain();
    }
    if (counted == 0) {
      plane.counted = false;
      return 0;
    }
    if (loss.form() == GradientConsistencyLoss.Form.CENTRED) {
      rows.d += epsilon * counted;
      rows.t += epsilon * counted;
    }
    double value = rows.n / rows.d;
    if (slope) {
      float by = (float) (1 / rows.d);
      for (int r = 0; r < edges.rows; r++) {
        rows.load(mx, my, ix, iy, w, r);
        magnitudes(rows, epsilon, flat(), unit, edges.columns);
        slopes(rows, (float) value, by, epsilon, unit, edges.columns);
        System.arraycopy(rows.mx, 0, mx, r * edges.columns, edges.columns);
        System.arraycopy(rows.my, 0, my, r * edges.columns, edges.columns);
      }
      edges.back(mx, my, plane.slope);
    }
    return value;
  }

  private float flat() {
    boolean centred = loss.form() == GradientConsistencyLoss.Form.CENTRED;
    return centred ? (float) Math.sqrt((float) loss.epsilon()) : 0;
  }

  /** One row of everything, and the sums over the rows so far. */
  private static final class Rows {
    final float[] mx;
    final float[] my;
    final float[] ix;
    final float[] iy;
    final float[] w;
    final float[] a;
    final float[] length;
    final float[] dot;
    final float[] lack;
    final float[] cross;
    final float[] likeness;
    final float[] lanesT;
    double t;
    final float[] lanesN;
    final float[] lanesD;
    double n;
    double d;

    Rows(int columns) {
      mx = new float[columns];
      my = new float[columns];
      ix = new float[columns];
      iy = new float[columns];
      w = new float[columns];
      a = new float[columns];
      length = new float[columns];
      dot = new float[columns];
      lack = new float[columns];
      cross = new float[columns];
      likeness = new float[columns];
      lanesT = new float[columns];
      lanesN = new float[columns];
      lanesD = new float[columns];
    }

    void load(float[] mx, float[] my, float[] ix, float[] iy, float[] w, int row) {
      int columns = this.mx.length;
      System.arraycopy(mx, row * columns, this.mx, 0, columns);
      System.arraycopy(my, row * columns, this.my, 0, columns);
      System.arraycopy(ix, row * columns, this.ix, 0, columns);
      System.arraycopy(iy, row * columns, this.iy, 0, columns);
      System.arraycopy(w, row * columns, this.w, 0, columns);
    }

    /** Adds the row's lanes to the sums; how much the row's pixels weigh. */
    double drain() {
      double weight = 0;
      for (int j = 0; j < lanesN.length; j++) {
        n += lanesN[j];
        d += lanesD[j];
        t += lanesT[j];
        weight += w[j];
      }
      return weight;
    }
  }

  private static void magnitudes(Rows rows, float epsilon, float flat, boolean unit, int n) {
    float[] mx = rows.mx;
    float[] my = rows.my;
    float[] ix = rows.ix;
    float[] iy = rows.iy;
    float[] a = rows.a;
    float[] length = rows.length;
    float[] dot = rows.dot;
    float[] cross = rows.cross;
    float[] lack = rows.lack;
    float[] likeness = rows.likeness;
    float off = flat == 0 ? 0 : 1;
    if (unit) {
      for (int j = 0; j < n; j++) {
        float square = Math.fma(ix[j], ix[j], Math.fma(iy[j], iy[j], epsilon));
        float inverse = 1 / (float) Math.sqrt(square);
        lack[j] = epsilon / square;
        ix[j] *= inverse;
        iy[j] *= inverse;
      }
    }
    for (int j = 0; j < n; j++) {
      float square = Math.fma(mx[j], mx[j], my[j] * my[j]);
      float whole = (float) Math.sqrt(square + epsilon);
      length[j] = whole;
      // √(g² + ε) − √ε without its cancellation, where that is wanted
      a[j] = off * (square / (whole + flat)) + (1 - off) * whole;
      dot[j] = Math.fma(ix[j], mx[j], iy[j] * my[j]);
      cross[j] = ix[j] * my[j] - iy[j] * mx[j];
    }
    if (unit) {
      for (int j = 0; j < n; j++) {
        float square = Math.fma(mx[j], mx[j], my[j] * my[j]);
        float rest = Math.fma(lack[j], square, epsilon);
        float inverse = 1 / (square + epsilon);
        lack[j] = Math.fma(cross[j], cross[j], rest) * inverse;
        likeness[j] = dot[j] * dot[j] * inverse;
      }
    } else {
      for (int j = 0; j < n; j++) {
        lack[j] = 1 - dot[j] * dot[j];
      }
    }
  }

  private static void sums(Rows rows, int n) {
    float[] w = rows.w;
    float[] a = rows.a;
    float[] lack = rows.lack;
    float[] likeness = rows.likeness;
    float[] lanesN = rows.lanesN;
    float[] lanesD = rows.lanesD;
    float[] lanesT = rows.lanesT;
    for (int j = 0; j < n; j++) {
      float weight = w[j] * a[j];
      lanesN[j] = weight * lack[j];
      lanesD[j] = weight;
      lanesT[j] = weight * likeness[j];
    }
  }

  /** Leaves dL / d∇M in the rows' mx and my. */
  private static void slopes(Rows rows, float value, float by, float epsilon, boolean unit, int n) {
    float[] mx = rows.mx;
    float[] my = rows.my;
    float[] ix = rows.ix;
    float[] iy = rows.iy;
    float[] w = rows.w;
    float[] a = rows.a;
    float[] lack = rows.lack;
    float[] dot = rows.dot;
    float[] cross = rows.cross;
    float[] length = rows.length;
    float[] likeness = rows.likeness;
    float rest = (float) (rows.t * by);
    if (unit) {
      for (int j = 0; j < n; j++) {
        float inverse = 1 / length[j];
        float square = inverse * inverse;
        float unlike = Math.min(Math.max((0.5f - likeness[j]) * 1e30f, 0), 1);
        float above = unlike * (rest - likeness[j]) + (1 - unlike) * (lack[j] - value);
        float own = above * inverse;
        float turn = 2 * a[j] * dot[j] * square * square;
        float x = Math.fma(own, mx[j], -turn * Math.fma(cross[j], my[j], epsilon * ix[j]));
        float y = Math.fma(own, my[j], turn * Math.fma(cross[j], mx[j], -epsilon * iy[j]));
        mx[j] = w[j] * by * x;
        my[j] = w[j] * by * y;
      }
    } else {
      for (int j = 0; j < n; j++) {
        float own = (lack[j] - value) / length[j];
        float turn = 2 * a[j] * dot[j];
        mx[j] = w[j] * by * Math.fma(own, mx[j], -turn * ix[j]);
        my[j] = w[j] * by * Math.fma(own, my[j], -turn * iy[j]);
      }
    }
  }
}
