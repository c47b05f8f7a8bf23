package org.perdita.matting;

/**
 * Gradients of a plane by a 3 × 3 operator, and the way back: from slopes with respect to the
 * gradients to slopes with respect to the pixels.
 */
final class Edges {
  private final GradientOperator operator;
  private final Border border;
  private final int height;
  private final int width;
  private final int margin;
  private final int rowLength;

  /** How many rows and columns of gradients there are. */
  final int rows;

  final int columns;

  Edges(GradientOperator operator, Border border, int height, int width) {
    this.operator = operator;
    this.border = border;
    this.height = height;
    this.width = width;
    this.margin = border == Border.VALID ? 0 : 1;
    this.rowLength = width + 2 * margin;
    this.rows = height + 2 * margin - 2;
    this.columns = rowLength - 2;
  }

  /** Writes d/dx and d/dy of {@code plane}, {@code rows × columns} each. */
  void gradients(float[] plane, int offset, float[] dx, float[] dy) {
    float[][] window = new float[3][rowLength];
    float[] smooth = new float[rowLength];
    float[] drop = new float[rowLength];
    float[] rowX = new float[rowLength];
    float[] rowY = new float[rowLength];
    padded(plane, offset, 0, window[0]);
    padded(plane, offset, 1, window[1]);
    for (int r = 0; r < rows; r++) {
      float[] above = window[r % 3];
      float[] here = window[(r + 1) % 3];
      float[] below = window[(r + 2) % 3];
      padded(plane, offset, r + 2, below);
      vertical(above, here, below, operator.side(), operator.middle(), smooth, drop, rowLength);
      horizontal(smooth, drop, operator.side(), operator.middle(), rowX, rowY, columns);
      System.arraycopy(rowX, 0, dx, r * columns, columns);
      System.arraycopy(rowY, 0, dy, r * columns, columns);
    }
  }

  private static void vertical(
      float[] above,
      float[] here,
      float[] below,
      float side,
      float middle,
      float[] smooth,
      float[] drop,
      int n) {
    for (int j = 0; j < n; j++) {
      smooth[j] = side * (above[j] + below[j]) + middle * here[j];
      drop[j] = below[j] - above[j];
    }
  }

  private static void horizontal(
      float[] smooth, float[] drop, float side, float middle, float[] dx, float[] dy, int n) {
    for (int j = 0; j < n; j++) {
      dx[j] = smooth[j + 2] - smooth[j];
    }
    for (int j = 0; j < n; j++) {
      dy[j] = side * (drop[j] + drop[j + 2]) + middle * drop[j + 1];
    }
  }

  /** Row {@code r} of the plane with its margin. */
  private void padded(float[] plane, int offset, int r, float[] out) {
    int row = source(r - margin, height);
    if (row < 0) {
      java.util.Arrays.fill(out, 0);
      return;
    }
    System.arraycopy(plane, offset + row * width, out, margin, width);
    if (margin == 1) {
      int left = source(-1, width);
      int right = source(width, width);
      out[0] = left < 0 ? 0 : plane[offset + row * width + left];
      out[width + 1] = right < 0 ? 0 : plane[offset + row * width + right];
    }
  }

  /** Which pixel stands at position {@code i}, or −1 for a zero. */
  private int source(int i, int length) {
    if (i >= 0 && i < length) {
      return i;
    }
    return switch (border) {
      case REPLICATE -> i < 0 ? 0 : length - 1;
      case REFLECT -> i < 0 ? 1 : length - 2;
      default -> -1;
    };
  }

  /**
   * What each gradient counts: its own pixel's weight, and 0 if the operator touches a pixel of
   * weight 0.
   */
  float[] weights(float[] pixels) {
    float[] weights = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        float own = pixels[(r + 1 - margin) * width + c + 1 - margin];
        for (int i = 0; i < 9; i++) {
          int row = source(r + i / 3 - margin, height);
          int column = source(c + i % 3 - margin, width);
          if (row >= 0 && column >= 0 && pixels[row * width + column] == 0) {
            own = 0;
          }
        }
        weights[r * columns + c] = own;
      }
    }
    return weights;
  }

  /** Writes to {@code slope} what the slopes {@code u} of d/dx and {@code v} of d/dy amount to. */
  void back(float[] u, float[] v, float[] slope) {
    float[] smooth = new float[columns + 4];
    float[] drop = new float[columns + 4];
    float[] row = new float[rowLength];
    float[][] windowU = new float[3][columns];
    float[][] windowV = new float[3][columns];
    java.util.Arrays.fill(slope, 0);
    for (int r = 0; r < rows + 2; r++) {
      float[] newestU = windowU[r % 3];
      float[] newestV = windowV[r % 3];
      if (r < rows) {
        System.arraycopy(u, r * columns, newestU, 0, columns);
        System.arraycopy(v, r * columns, newestV, 0, columns);
      } else {
        java.util.Arrays.fill(newestU, 0);
        java.util.Arrays.fill(newestV, 0);
      }
      gather(
          windowU[(r + 1) % 3],
          windowU[(r + 2) % 3],
          newestU,
          windowV[(r + 1) % 3],
          newestV,
          smooth,
          drop);
      scatter(smooth, drop, operator.side(), operator.middle(), row, rowLength);
      fold(row, r, slope);
    }
  }

  private void gather(
      float[] oldestU,
      float[] middleU,
      float[] newestU,
      float[] oldestV,
      float[] newestV,
      float[] smooth,
      float[] drop) {
    float side = operator.side();
    float middle = operator.middle();
    for (int j = 0; j < columns; j++) {
      smooth[j + 2] = side * (oldestU[j] + newestU[j]) + middle * middleU[j];
      drop[j + 2] = oldestV[j] - newestV[j];
    }
  }

  /** Both arrays carry two zeros on either side. */
  private static void scatter(
      float[] smooth, float[] drop, float side, float middle, float[] row, int n) {
    for (int j = 0; j < n; j++) {
      row[j] = smooth[j] - smooth[j + 2];
    }
    for (int j = 0; j < n; j++) {
      row[j] += side * (drop[j] + drop[j + 2]) + middle * drop[j + 1];
    }
  }

  /** Adds row {@code r} of the plane with its margin to the pixels that stand there. */
  private void fold(float[] row, int r, float[] slope) {
    int to = source(r - margin, height);
    if (to < 0) {
      return;
    }
    for (int c = 0; c < width; c++) {
      slope[to * width + c] += row[c + margin];
    }
    if (margin == 1) {
      int left = source(-1, width);
      int right = source(width, width);
      if (left >= 0) {
        slope[to * width + left] += row[0];
        slope[to * width + right] += row[width + 1];
      }
    }
  }
}
