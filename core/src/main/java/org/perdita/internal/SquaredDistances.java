package org.perdita.internal;

import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Exact squared Euclidean distances of every voxel to the nearest voxel of the other kind, for both
 * kinds at once: what is inside gets its square negated. Linear in the number of voxels.
 *
 * <p>One axis after the other. Along a line, voxels of one kind stand in runs between voxels of the
 * other, which are at distance 0 and shield what lies beyond them; so the run's own squares so far,
 * and a zero at each end, are all that can be nearest. That is what lets one transform serve both
 * kinds. {@link NearRows} looks for the nearest up and down the line. Where it may be far, and
 * where few lines stand side by side, it is on the lower envelope of the parabolas over the run
 * (Felzenszwalb, Huttenlocher: Distance transforms of sampled functions, Theory of Computing 2012).
 *
 * <p>Between axes, squares are floats: exact for unit spacing up to 2<sup>24</sup>, else to 1.2e-7
 * of themselves at each axis.
 */
public final class SquaredDistances {
  /** Lines side by side whose envelopes are worked on together: what a line of the cache holds. */
  private static final int LINES = 16;

  /** What a loop copies sooner than a call. */
  private static final int SHORT = 16;

  private final float[] field;
  private final int start;
  private final int depth;
  private final int height;
  private final int width;

  /** Whether squares are integers, and few enough bits for {@link IntRows}. */
  private final boolean unit;

  /** Stands for infinity. */
  private final float far;

  private SquaredDistances(
      float[] field, int start, int depth, int height, int width, boolean unit) {
    this.field = field;
    this.start = start;
    this.depth = depth;
    this.height = height;
    this.width = width;
    this.unit = unit;
    this.far = unit ? IntRows.FAR : Float.POSITIVE_INFINITY;
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
    boolean unit = true;
    for (int i = 0; i < 3; i++) {
      unit &= steps[i] == 1 && lengths[i] <= IntRows.LONGEST;
    }
    SquaredDistances run =
        new SquaredDistances(field, start, lengths[0], lengths[1], lengths[2], unit);
    if (labels.hasRemaining()) {
      run.rows(labels, wanted, steps[2]);
      run.columns(run.height, run.width, run.depth, run.height * run.width, run.width, steps[1]);
      run.columns(run.depth, run.height * run.width, 1, 0, run.height * run.width, steps[0]);
      if (unit && Math.abs(field[start]) == run.far) {
        Arrays.fill(
            field, start, start + labels.remaining(), field[start] * Float.POSITIVE_INFINITY);
      }
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
    float[][] rising = new float[2][width + 1];
    float[][] falling = new float[2][width + 1];
    for (int d = 0; d <= width; d++) {
      float square = (float) (d * step * (d * step));
      rising[0][d] = square;
      rising[1][d] = -square;
      falling[0][width - d] = square;
      falling[1][width - d] = -square;
    }
    int rows = depth * height;
    int perChunk = Math.max(1, Chunks.ELEMENTS / width);
    Chunks.sum(
        Chunks.cover(rows, perChunk),
        chunk -> {
          int[] row = new int[width];
          for (int r = chunk * perChunk; r < Math.min(rows, (chunk + 1) * perChunk); r++) {
            labels.get(labels.position() + r * width, row);
            row(row, wanted, rising, falling, far, field, start + r * width);
          }
          return 0;
        });
  }

  /**
   * One row of the field.
   *
   * @param rising the squares of 0 … n, outside and inside
   * @param falling the same from n down
   */
  private static void row(
      int[] labels,
      int wanted,
      float[][] rising,
      float[][] falling,
      float far,
      float[] out,
      int at) {
    int n = labels.length;
    int from = 0;
    while (from < n) {
      boolean in = isInside(labels[from], wanted);
      int to = from + 1;
      while (to < n && isInside(labels[to], wanted) == in) {
        to++;
      }
      int side = in ? 1 : 0;
      if (from == 0 && to == n) {
        Arrays.fill(out, at, at + n, in ? -far : far);
      } else {
        int middle = from == 0 ? 0 : to == n ? n : (from + to) / 2;
        copy(rising[side], 1, out, at + from, middle - from);
        copy(falling[side], n - to + middle, out, at + middle, to - middle);
      }
      from = to;
    }
  }

  private static void copy(float[] a, int from, float[] out, int at, int n) {
    if (n < SHORT) {
      for (int i = 0; i < n; i++) {
        out[at + i] = a[from + i];
      }
    } else {
      System.arraycopy(a, from, out, at, n);
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
    int pieces = Math.max(1, Math.min(blocks, NearRows.LINES / lines));
    int parts = Chunks.cover(lines, NearRows.LINES);
    int most = Chunks.cover(lines, parts);
    int groups = Chunks.cover(blocks, pieces) * parts;
    int perChunk = Math.max(1, Chunks.ELEMENTS / (pieces * most * length));
    Chunks.sum(
        Chunks.cover(groups, perChunk),
        chunk -> {
          NearRows rows = unit ? IntRows.own() : FloatRows.own();
          for (int g = chunk * perChunk; g < Math.min(groups, (chunk + 1) * perChunk); g++) {
            int block = g / parts * pieces;
            int first = g % parts * most;
            int base = start + block * blockStride + first;
            int here = Math.min(pieces, blocks - block);
            int count = Math.min(most, lines - first);
            boolean done =
                here * count >= NearRows.FEWEST
                    && length <= NearRows.MOST_ROWS
                    && rows.lower(field, base, here, blockStride, count, length, stride, step);
            for (int i = 0; i < here && !done; i++) {
              envelopes(base + i * blockStride, count, length, stride, step);
            }
          }
          return 0;
        });
  }

  /** The envelopes of {@code lines} lines side by side. */
  private void envelopes(int base, int lines, int length, int stride, double step) {
    Envelope envelope = Envelope.own(length);
    float[] near = envelope.lines;
    for (int first = 0; first < lines; first += LINES) {
      int at = base + first;
      int count = Math.min(LINES, lines - first);
      for (int r = 0; r < length; r++) {
        System.arraycopy(field, at + r * stride, near, r * LINES, count);
      }
      for (int c = 0; c < count; c++) {
        envelope.line(c, length, step, far);
      }
      for (int r = 0; r < length; r++) {
        System.arraycopy(near, r * LINES, field, at + r * stride, count);
      }
    }
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

    void line(int c, int length, double step, float far) {
      int end = length * LINES;
      for (int at = c; at < end; ) {
        at = run(at, end, step, far);
      }
    }

    /**
     * Lowers the squares of the run that begins at {@code from} to the lower envelope of their
     * parabolas.
     *
     * @return where the next run begins
     */
    private int run(int from, int end, double step, float far) {
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
        if (h < far) {
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
