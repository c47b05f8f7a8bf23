package org.perdita.internal;

import java.util.Arrays;
import org.perdita.Activation;

/**
 * Makes probabilities of the predictions in a tile, and takes slopes with respect to probabilities
 * back to predictions.
 */
final class PositionActivation {
  private final Activation kind;
  private final int classes;
  private final boolean[] selected;

  /**
   * @param kind how predictions become probabilities
   * @param classes how many there are
   * @param selected which classes the loss is about
   */
  PositionActivation(Activation kind, int classes, boolean[] selected) {
    this.kind = kind;
    this.classes = classes;
    this.selected = selected;
  }

  Activation kind() {
    return kind;
  }

  /** Leaves the probabilities of the classes that matter in {@code tile.p}. */
  void probabilities(PositionTile tile, int n) {
    switch (kind) {
      case SOFTMAX -> softmax(tile, n);
      case SIGMOID -> {
        for (int k = tile.from; k < tile.to; k++) {
          if (selected[k]) {
            TileMath.expOfMinusAbs(tile.x[k], tile.t[0], tile.t[1], n);
            sigmoid(tile.x[k], tile.p[k], tile.t[0], tile.t[1], n);
          }
        }
      }
      case NONE -> {} // they were loaded there
    }
  }

  private void softmax(PositionTile tile, int n) {
    float[] top = tile.t[0];
    float[] sum = tile.t[1];
    System.arraycopy(tile.x[0], 0, top, 0, n);
    for (int k = 1; k < classes; k++) {
      max(top, tile.x[k], n);
    }
    Arrays.fill(sum, 0, n, 0);
    for (int k = 0; k < classes; k++) {
      TileMath.expBelow(tile.x[k], top, tile.p[k], tile.t[2], n);
      add(sum, tile.p[k], n);
    }
    for (int j = 0; j < n; j++) {
      sum[j] = 1 / sum[j];
    }
    for (int k = 0; k < classes; k++) {
      multiply(tile.p[k], sum, n);
    }
  }

  /** p = σ(x) from e · power = e<sup>−|x|</sup>, with all its digits on both sides. */
  static void sigmoid(float[] x, float[] p, float[] e, float[] power, int n) {
    for (int j = 0; j < n; j++) {
      float negative = Math.min(Math.max(x[j] * -0x1p126f, 0), 1);
      float far = e[j] * power[j];
      p[j] = (1 - negative + negative * far) / (1 + far);
    }
  }

  /**
   * Turns d value / d probability, in {@code tile.d}, into d value / d prediction. Needs the
   * probabilities, and for the sigmoid the predictions.
   */
  void back(PositionTile tile, int n) {
    switch (kind) {
      case SOFTMAX -> backThroughSoftmax(tile, n);
      case SIGMOID -> {
        for (int k = tile.from; k < tile.to; k++) {
          if (selected[k]) {
            TileMath.expOfMinusAbs(tile.x[k], tile.t[0], tile.t[1], n);
            timesSlope(tile.d[k], tile.t[0], tile.t[1], n);
          }
        }
      }
      case NONE -> {}
    }
  }

  /**
   * p<sub>k</sub> (d<sub>k</sub> − Σ p d), with every d taken relative to the most probable
   * class's: then the sum holds no term that cancels where one p tends to 1.
   */
  private void backThroughSoftmax(PositionTile tile, int n) {
    float[] top = tile.t[0];
    float[] ties = tile.t[1];
    float[] reference = tile.t[2];
    float[] dot = tile.t[3];
    System.arraycopy(tile.p[0], 0, top, 0, n);
    for (int k = 1; k < classes; k++) {
      max(top, tile.p[k], n);
    }
    Arrays.fill(ties, 0, n, 0);
    Arrays.fill(reference, 0, n, 0);
    Arrays.fill(dot, 0, n, 0);
    for (int k = 0; k < classes; k++) {
      atTop(tile.p[k], top, tile.d[k], ties, reference, n);
    }
    for (int j = 0; j < n; j++) {
      reference[j] /= ties[j];
    }
    for (int k = 0; k < classes; k++) {
      relative(tile.p[k], tile.d[k], reference, dot, n);
    }
    for (int k = 0; k < classes; k++) {
      spread(tile.p[k], tile.d[k], dot, n);
    }
  }

  private static void atTop(
      float[] p, float[] top, float[] d, float[] ties, float[] reference, int n) {
    for (int j = 0; j < n; j++) {
      float at = Math.max(Math.fma(p[j] - top[j], 1e38f, 1), 0);
      ties[j] += at;
      reference[j] += at * d[j];
    }
  }

  private static void relative(float[] p, float[] d, float[] reference, float[] dot, int n) {
    for (int j = 0; j < n; j++) {
      float relative = d[j] - reference[j];
      d[j] = relative;
      dot[j] = Math.fma(p[j], relative, dot[j]);
    }
  }

  private static void spread(float[] p, float[] d, float[] dot, int n) {
    for (int j = 0; j < n; j++) {
      d[j] = p[j] * (d[j] - dot[j]);
    }
  }

  /** d ·= σ′ from e · power = e<sup>−|x|</sup>. */
  static void timesSlope(float[] d, float[] e, float[] power, int n) {
    for (int j = 0; j < n; j++) {
      float far = e[j] * power[j];
      float r = 1 / (1 + far);
      d[j] *= far * r * r;
    }
  }

  private static void max(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] = Math.max(a[j], b[j]);
    }
  }

  private static void add(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] += b[j];
    }
  }

  private static void multiply(float[] a, float[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j] *= b[j];
    }
  }
}
