package org.perdita.lab.data;

import java.util.Arrays;

/**
 * A round pen on a square sheet of pixels. Each pixel keeps how far its centre lies inside or
 * outside the nearest stroke, and turns that into ink when printed, so edges are smooth and
 * crossing strokes are no darker.
 */
final class Pen {
  /** Farther from the ink than this, a pixel is blank. */
  private static final float REACH = 1.5f;

  private final int side;
  private final float[] depth;

  Pen(int side) {
    this.side = side;
    this.depth = new float[side * side];
    Arrays.fill(depth, -REACH);
  }

  /**
   * Draws from one point to another; the pen's radius goes evenly from {@code r0} to {@code r1}.
   */
  void line(float x0, float y0, float r0, float x1, float y1, float r1) {
    float reach = Math.max(r0, r1) + REACH;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(side - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(side - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
    float dx = x1 - x0;
    float dy = y1 - y0;
    float perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12f);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float px = column + 0.5f - x0;
        float py = row + 0.5f - y0;
        float t = Math.min(1, Math.max(0, (px * dx + py * dy) * perLength));
        float ex = px - t * dx;
        float ey = py - t * dy;
        float inside = r0 + t * (r1 - r0) - (float) Math.sqrt(ex * ex + ey * ey);
        int pixel = row * side + column;
        depth[pixel] = Math.max(depth[pixel], inside);
      }
    }
  }

  /**
   * Writes the sheet, 0 for paper to 255 for full ink.
   *
   * @param softness over how many pixels an edge goes from paper to ink
   * @param ink how dark the ink is, in [0, 1]
   * @param grain standard deviation of the noise on each pixel, in [0, 1]
   */
  void print(byte[] pixels, int at, float softness, float ink, float grain, Draw draw) {
    for (int p = 0; p < depth.length; p++) {
      float u = Math.min(1, Math.max(0, depth[p] / softness + 0.5f));
      float shade = ink * u * u * (3 - 2 * u) + grain * (float) draw.bell();
      pixels[at + p] = (byte) Math.round(255 * Math.min(1, Math.max(0, shade)));
    }
  }
}
