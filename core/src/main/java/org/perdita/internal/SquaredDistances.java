package org.perdita.internal;

import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Exact squared Euclidean distances of every voxel to the nearest voxel of the other kind, for both
 * kinds at once: what is inside gets its square negated. Linear in the number of voxels.
 *
 * <p>One axis after the other. Along a line, voxels of one kind stand in runs between voxels of the
 * other, which are at distance 0 and shield what lies beyond them; so the run's own squares so far,
 * and a zero at each end, are all that can be nearest: the lower envelope of their parabolas
 * (Felzenszwalb, Huttenlocher: Distance transforms of sampled functions, Theory of Computing 2012;
 * the runs are what lets one transform serve both kinds).
 *
 * <p>Between axes, squares are floats: exact for unit spacing up to 2<sup>24</sup>, else to 6e-8 of
 * themselves at each axis.
 */
public final class SquaredDistances {
  /** Lines side by side that are worked on together: what a line of the cache holds. */
  private static final int LINES = 16;

  private final float[] field;
  private final int start;
  private final int depth;
  private final int height;
  private final int width;

  private SquaredDistances(float[] field, int start, int depth, int height, int width) {
    this.field = field;
    this.start = start;
    this.depth = depth;
    this.height = height;
    this.width = width;
  }

  /** Stands for every label but 0, where a label is asked for. */
  public static final int ANY = -1;

  /**
   * Writes the signed squares; infinite everywhere if all voxels are of one kind.
   *
   * @param labels row-major voxels
   * @param wanted which label is inside; {@link #ANY} for every one but 0
   * @param shape 1 to 3 lengths
   * @param spacing as many, outermost first
   * @param field overwritten from {@code start} on
   */
  public static void write(
      IntBuffer labels, int wanted, int[] shape, double[] spacing, float[] field, int start) {
    int[] lengths = {1, 1, 1};
    double[] steps = {1, 1, 1};
    int missing = 3 - shape.length;
    System.arraycopy(shape, 0, lengths, missing, shape.length);
    System.arraycopy(spacing, 0, steps, missing, shape.length);
    SquaredDistances run = new SquaredDistances(field, start, lengths[0], lengths[1], lengths[2]);
    if (labels.hasRemaining()) {
      run.rows(labels, wanted, steps[2]);
      run.columns(run.height, run.width, run.depth, run.height * run.width, run.width, steps[1]);
      run.columns(run.depth, run.height * run.width, 1, 0, run.height * run.width, steps[0]);
    }
  }

  /**
   * Takes the roots of {@code n} signed squares from {@code start} on: d − outside where the square
   * is above 0, within − d where it is below.
   */
  public static void roots(float[] field, int start, int n, float outside, float within) {
    float half = (outside + within) / 2;
    float middle = (outside - within) / 2;
    Chunks.sum(
        Chunks.cover(n, Chunks.ELEMENTS),
        chunk -> {
          int from = start + chunk * Chunks.ELEMENTS;
          rootsOf(field, from, from + Math.min(start + n - from, Chunks.ELEMENTS), half, middle);
          return 0;
        });
  }

  private static void rootsOf(float[] field, int from, int to, float half, float middle) {
    for (int i = from; i < to; i++) {
      float square = field[i];
      float side = Math.max(-1, Math.min(square * 0x1p126f, 1));
      field[i] = side * ((float) Math.sqrt(Math.abs(square)) - half) - middle;
    }
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
          for (int r = chunk * perChunk; r < Math.min(rows, (chunk + 1) * perChunk); r++) {
            labels.get(labels.position() + r * width, row);
            row(row, wanted, squares, field, start + r * width);
          }
          return 0;
        });
  }

  private static void row(int[] labels, int wanted, float[] squares, float[] out, int at) {
    int n = labels.length;
    int from = 0;
    while (from < n) {
      boolean in = isInside(labels[from], wanted);
      int to = from + 1;
      while (to < n && isInside(labels[to], wanted) == in) {
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

  private static boolean isInside(int label, int wanted) {
    return wanted == ANY ? label != 0 : label == wanted;
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
          float[] near = envelope.lines;
          for (int g = chunk * perChunk; g < Math.min(all, (chunk + 1) * perChunk); g++) {
            int first = g % groups * LINES;
            int base = start + g / groups * blockStride + first;
            int count = Math.min(LINES, lines - first);
            for (int r = 0; r < length; r++) {
              System.arraycopy(field, base + r * stride, near, r * LINES, count);
            }
            for (int c = 0; c < count; c++) {
              envelope.line(c, length, step);
            }
            for (int r = 0; r < length; r++) {
              System.arraycopy(near, r * LINES, field, base + r * stride, count);
            }
          }
          return 0;
        });
  }

  /** One thread's room for some lines side by side, and for the lower envelope of one of them. */
  private static final class Envelope {
    /** Voxel v of line c at v LINES + c. */
    private float[] lines = new float[0];

    /** The parabolas (x − place)² + height of which the envelope consists. */
    private double[] place = new double[0];

    private double[] height = place;

    /** Twice where each begins to be the lowest. */
    private double[] begin = place;

    private int top;

    private static final ThreadLocal<Envelope> OWN = ThreadLocal.withInitial(Envelope::new);

    static Envelope own(int length) {
      Envelope own = OWN.get();
      if (own.place.length < length + 2) {
        own.lines = new float[length * LINES];
        own.place = new double[length + 2];
        own.height = new double[length + 2];
        own.begin = new double[length + 2];
      }
      return own;
    }

    void line(int c, int length, double step) {
      int end = length * LINES;
      for (int at = c; at < end; ) {
        at = run(at, end, step);
      }
    }

    /**
     * Lowers the squares of the run that begins at {@code from} to the lower envelope of their
     * parabolas.
     *
     * @return where the next run begins
     */
    private int run(int from, int end, double step) {
      float[] f = lines;
      boolean in = f[from] < 0;
      float sign = in ? -1 : 1;
      top = -1;
      if (from >= LINES) {
        push(0, -step);
      }
      int to = from;
      double x = 0;
      do {
        float h = sign * f[to];
        if (h < Float.POSITIVE_INFINITY) {
          push(h, x);
        }
        to += LINES;
        x += step;
      } while (to < end && f[to] < 0 == in);
      if (to < end) {
        push(0, x);
      }
      if (top >= 0) {
        lower(from, to, sign, step);
      }
      return to;
    }

    private void lower(int from, int to, float sign, double step) {
      float[] f = lines;
      begin[top + 1] = Double.POSITIVE_INFINITY;
      int i = 0;
      double x = 0;
      for (int at = from; at < to; at += LINES) {
        while (begin[i + 1] < 2 * x) {
          i++;
        }
        double d = x - place[i];
        f[at] = sign * (float) Math.fma(d, d, height[i]);
        x += step;
      }
    }

    /** Adds a parabola to the right of all, in place of those that it hides. */
    private void push(double h, double x) {
      int i = top;
      double from = Double.NEGATIVE_INFINITY;
      double square = Math.fma(x, x, h);
      while (i >= 0) {
        double p = place[i];
        from = (square - Math.fma(p, p, height[i])) / (x - p);
        if (from > begin[i]) {
          break;
        }
        i--;
      }
      i++;
      place[i] = x;
      height[i] = h;
      begin[i] = i == 0 ? Double.NEGATIVE_INFINITY : from;
      top = i;
    }
  }
}
