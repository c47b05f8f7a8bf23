package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One writing of one skeleton: bent by a smooth field, slanted, turned, stretched, then fitted to
 * the sheet. Strokes that meet in the skeleton still meet, unless a loop is left open.
 */
final class Handwriting {
  /** Curve pieces between two points of a skeleton. */
  private static final int PIECES = 5;

  /** Waves of the bending field. */
  private static final int WAVES = 3;

  private final Draw draw;
  private final float[] wave = new float[WAVES * 5];
  private final float xx;
  private final float xy;
  private final float yx;
  private final float yy;

  Handwriting(Draw draw) {
    this.draw = draw;
    for (int w = 0; w < wave.length; w += 5) {
      wave[w] = (float) draw.uniform(2, 8); // radians across the digit, in x
      wave[w + 1] = (float) draw.uniform(2, 8); // and in y
      wave[w + 2] = (float) draw.uniform(0, 2 * Math.PI);
      wave[w + 3] = (float) (0.035 * draw.bell()); // shift in x, of the digit's box
      wave[w + 4] = (float) (0.035 * draw.bell()); // and in y
    }
    double turn = 0.16 * draw.bell();
    double slant = 0.12 + 0.22 * draw.bell();
    double narrow = draw.uniform(0.5, 0.95);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    // Narrow, then slant to the right, then turn.
    xx = (float) (cos * narrow);
    xy = (float) (-cos * slant - sin);
    yx = (float) (sin * narrow);
    yy = (float) (-sin * slant + cos);
  }

  /** Writes {@code strokes} on a sheet of {@code side} × {@code side} pixels. */
  Pen write(List<float[]> strokes, int side) {
    List<float[]> paths = new ArrayList<>();
    for (float[] stroke : strokes) {
      float[] path = loosened(curve(stroke));
      for (int p = 0; p < path.length; p += 2) {
        bend(path, p);
      }
      paths.add(path);
    }
    fit(paths, side);
    Pen pen = new Pen(side);
    float width = (float) draw.uniform(0.75, 1.7);
    for (float[] path : paths) {
      trace(path, width, pen);
    }
    return pen;
  }

  /** The Catmull–Rom spline through the points. */
  private static float[] curve(float[] points) {
    int n = points.length / 2;
    float[] path = new float[2 * ((n - 1) * PIECES + 1)];
    int at = 0;
    for (int i = 0; i + 1 < n; i++) {
      int last = i + 2 == n ? PIECES : PIECES - 1;
      for (int piece = 0; piece <= last; piece++) {
        float t = (float) piece / PIECES;
        for (int axis = 0; axis < 2; axis++) {
          float a = points[2 * Math.max(0, i - 1) + axis];
          float b = points[2 * i + axis];
          float c = points[2 * i + 2 + axis];
          float d = points[2 * Math.min(n - 1, i + 2) + axis];
          float cubic = 3 * (b - c) + d - a;
          float square = 2 * a - 5 * b + 4 * c - d;
          path[at++] = b + 0.5f * t * (c - a + t * (square + t * cubic));
        }
      }
    }
    return path;
  }

  /** Sometimes starts late or stops early. */
  private float[] loosened(float[] path) {
    int n = path.length / 2;
    int most = n / 12;
    int from = draw.chance(0.3) ? draw.below(most + 1) : 0;
    int to = n - (draw.chance(0.3) ? draw.below(most + 1) : 0);
    return Arrays.copyOfRange(path, 2 * from, 2 * to);
  }

  private void bend(float[] path, int p) {
    float x = path[p] - 0.5f;
    float y = path[p + 1] - 0.5f;
    float bentX = x;
    float bentY = y;
    for (int w = 0; w < wave.length; w += 5) {
      float s = (float) StrictMath.sin(wave[w] * x + wave[w + 1] * y + wave[w + 2]);
      bentX += wave[w + 3] * s;
      bentY += wave[w + 4] * s;
    }
    path[p] = xx * bentX + xy * bentY;
    path[p + 1] = yx * bentX + yy * bentY;
  }

  /** Scales the longer side of the digit to about 19 of 28 pixels, and puts it near the middle. */
  private void fit(List<float[]> paths, int side) {
    float[] low = {Float.MAX_VALUE, Float.MAX_VALUE};
    float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE};
    for (float[] path : paths) {
      for (int p = 0; p < path.length; p++) {
        low[p & 1] = Math.min(low[p & 1], path[p]);
        high[p & 1] = Math.max(high[p & 1], path[p]);
      }
    }
    float longer = Math.max(high[0] - low[0], high[1] - low[1]);
    float scale = side * (float) draw.uniform(0.52, 0.7) / longer;
    float[] middle = new float[2];
    for (int axis = 0; axis < 2; axis++) {
      middle[axis] =
          side / 2f + (float) draw.uniform(-1.7, 1.7) - scale * (low[axis] + high[axis]) / 2;
    }
    for (float[] path : paths) {
      for (int p = 0; p < path.length; p++) {
        path[p] = middle[p & 1] + scale * path[p];
      }
    }
  }

  /** Inks a path; the pressure wanders along the way. */
  private void trace(float[] path, float width, Pen pen) {
    float r = width * (float) draw.uniform(0.75, 1.2);
    for (int p = 0; p + 2 < path.length; p += 2) {
      float next = width + 0.9f * (r - width) + 0.06f * width * (float) draw.bell();
      pen.line(path[p], path[p + 1], r, path[p + 2], path[p + 3], next);
      r = next;
    }
  }
}
