package org.perdita.internal;

import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Exact squared Euclidean distances of every voxel to the nearest voxel of the other kind, for both
 * kinds at once: what is inside gets its square negated. Linear in the number of voxels.
 *
 * <p>One axis after the other. Along a line, voxels of one kind stand in runs between voxels of the
 * other, which are at distance 0 and shield what lies beyond them; so the run's own squares so far,
 * and a zero at each end, are all that can be nearest. Their parabolas' lower envelope is found by
 * Maurer's test, without a division (Maurer, Qi, Raghavan: A linear time algorithm for computing
 * exact Euclidean distance transforms of binary images in arbitrary dimensions, PAMI 2003; the runs
 * are what lets one transform serve both kinds).
 *
 * <p>Between axes, squares are floats: exact for unit spacing up to 2<sup>24</sup>, else to 6e-8 of
 * themselves at each axis.
 */
public final class SquaredDistances {
  /** Lines side by side that are turned into rows together. */
  private static final int LINES = 16;

  private final float[] field;
  private final int depth;
  private final int height;
  private final int width;

  private SquaredDistances(float[] field, int depth, int height, int width) {
    this.field = field;
    this.depth = depth;
    this.height = height;
    this.width = width;
  }

  /** Stands for every label but 0, where a label is asked for. */
  public static final int ANY = -1;

  /**
   * The signed squares; infinite everywhere if all voxels are of one kind.
   *
   * @param labels row-major voxels
   * @param wanted which label is inside; {@link #ANY} for every one but 0
   * @param shape 1 to 3 lengths
   * @param spacing as many, outermost first
   */
  public static float[] of(IntBuffer labels, int wanted, int[] shape, double[] spacing) {
    int[] lengths = {1, 1, 1};
    double[] steps = {1, 1, 1};
    int missing = 3 - shape.length;
    System.arraycopy(shape, 0, lengths, missing, shape.length);
    System.arraycopy(spacing, 0, steps, missing, shape.length);
    float[] field = new float[labels.remaining()];
    SquaredDistances run = new SquaredDistances(field, lengths[0], lengths[1], lengths[2]);
    if (field.length > 0) {
      run.rows(labels, wanted, steps[2]);
      run.columns(run.height, run.width, run.depth, run.height * run.width, run.width, steps[1]);
      run.columns(run.depth, run.height * run.width, 1, 0, run.height * run.width, steps[0]);
    }
    return field;
  }

  private void rows(IntBuffer labels, int wanted, double step) {
    float[] squares = new float[width + 1];
    for (int d = 0; d <= width; d++) {
      squares[d] = (float) (d * step * (d * step));
    }
    int rows = depth * height;
    int perChunk = Math.max(1, Chunks.ELEMENTS / width);
    Chunks.sum(
        Chunks.cover(rows, perChunk),
        chunk -> {
          int[] row = new int[width];
          boolean[] inside = new boolean[width];
          for (int r = chunk * perChunk; r < Math.min(rows, (chunk + 1) * perChunk); r++) {
            labels.get(labels.position() + r * width, row);
            for (int j = 0; j < width; j++) {
              inside[j] = wanted == ANY ? row[j] != 0 : row[j] == wanted;
            }
            row(inside, squares, field, r * width);
          }
          return 0;
        });
  }

  private static void row(boolean[] inside, float[] squares, float[] out, int at) {
    int n = inside.length;
    int from = 0;
    while (from < n) {
      boolean in = inside[from];
      int to = from + 1;
      while (to < n && inside[to] == in) {
        to++;
      }
      float sign = in ? -1 : 1;
      if (from == 0 && to == n) {
        Arrays.fill(out, at, at + n, sign * Float.POSITIVE_INFINITY);
      } else {
        int left = from == 0 ? to - n - 1 : from - 1;
        int right = to == n ? 2 * n : to;
        int middle = from == 0 ? 0 : to == n ? n : (from + to) / 2;
        for (int v = from; v < middle; v++) {
          out[at + v] = sign * squares[v - left];
        }
        for (int v = Math.max(from, middle); v < to; v++) {
          out[at + v] = sign * squares[right - v];
        }
      }
      from = to;
    }
  }

  /**
   * Along one axis: {@code blocks} blocks at a distance of {@code blockStride}, in each of them
   * {@code lines} lines side by side, each {@code length} long at steps of {@code stride}.
   */
  private void columns(
      int length, int lines, int blocks, int blockStride, int stride, double step) {
    if (length == 1) {
      return;
    }
    int groups = Chunks.cover(lines, LINES);
    int perChunk = Math.max(1, Chunks.ELEMENTS / (LINES * length));
    int all = groups * blocks;
    Chunks.sum(
        Chunks.cover(all, perChunk),
        chunk -> {
          Envelope envelope = Envelope.own(length);
          float[][] scratch = envelope.lines;
          for (int g = chunk * perChunk; g < Math.min(all, (chunk + 1) * perChunk); g++) {
            int first = g % groups * LINES;
            int base = g / groups * blockStride + first;
            int count = Math.min(LINES, lines - first);
            for (int r = 0; r < length; r++) {
              int at = base + r * stride;
              for (int c = 0; c < count; c++) {
                scratch[c][r] = field[at + c];
              }
            }
            for (int c = 0; c < count; c++) {
              envelope.line(scratch[c], length, step);
            }
            for (int r = 0; r < length; r++) {
              int at = base + r * stride;
              for (int c = 0; c < count; c++) {
                field[at + c] = scratch[c][r];
              }
            }
          }
          return 0;
        });
  }

  /** One thread's room for the lower envelope of a line's parabolas. */
  private static final class Envelope {
    private float[][] lines = new float[LINES][0];
    private double[] height = new double[0];
    private double[] place = height;

    private static final ThreadLocal<Envelope> OWN = ThreadLocal.withInitial(Envelope::new);

    static Envelope own(int length) {
      Envelope own = OWN.get();
      if (own.height.length < length + 2) {
        own.lines = new float[LINES][length];
        own.height = new double[length + 2];
        own.place = new double[length + 2];
      }
      return own;
    }

    void line(float[] f, int n, double step) {
      int from = 0;
      while (from < n) {
        boolean in = f[from] < 0;
        int to = from + 1;
        while (to < n && f[to] < 0 == in) {
          to++;
        }
        run(f, from, to, n, in ? -1 : 1, step);
        from = to;
      }
    }

    /** Lowers the squares of one run to the lower envelope of their parabolas. */
    private void run(float[] f, int from, int to, int n, int sign, double step) {
      int top = 0;
      if (from > 0) {
        height[0] = 0;
        place[0] = (from - 1) * step;
        top = 1;
      }
      for (int v = from; v < to; v++) {
        double h = f[v] * sign;
        if (h < Double.POSITIVE_INFINITY) {
          top = push(top, h, v * step);
        }
      }
      if (to < n) {
        top = push(top, 0, to * step);
      }
      if (top == 0) {
        return;
      }
      int at = 0;
      double h = height[0];
      double p = place[0];
      for (int v = from; v < to; v++) {
        double x = v * step;
        double best = Math.fma(x - p, x - p, h);
        while (at + 1 < top) {
          double nextH = height[at + 1];
          double nextP = place[at + 1];
          double next = Math.fma(x - nextP, x - nextP, nextH);
          if (next > best) {
            break;
          }
          at++;
          h = nextH;
          p = nextP;
          best = next;
        }
        f[v] = (float) (sign * best);
      }
    }

    /** Adds a parabola to the right of all, after those that it hides. */
    private int push(int top, double h, double x) {
      int kept = top;
      if (kept >= 2) {
        double h1 = height[kept - 1];
        double x1 = place[kept - 1];
        double h0 = height[kept - 2];
        double x0 = place[kept - 2];
        while (hidden(h0, x0, h1, x1, h, x)) {
          kept--;
          if (kept < 2) {
            break;
          }
          h1 = h0;
          x1 = x0;
          h0 = height[kept - 2];
          x0 = place[kept - 2];
        }
      }
      height[kept] = h;
      place[kept] = x;
      return kept + 1;
    }

    /** Whether the middle one of three parabolas is nowhere the lowest. */
    private static boolean hidden(
        double h0, double x0, double h1, double x1, double h2, double x2) {
      double left = x1 - x0;
      double right = x2 - x1;
      return right * (h1 - h0) - left * (h2 - h1) > left * right * (left + right);
    }
  }
}
