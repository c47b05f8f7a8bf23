package org.perdita.lab.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * Seeded logits and targets for a workload: normal logits of standard deviation 2; one dense target
 * in a hundred is 1; labels are uniform.
 */
final class Inputs {
  private static final double SPREAD = 2;
  private static final double POSITIVE = 0.01;

  private final int[] shape;
  private final Tensor logits;
  private final Target target;

  Inputs(Workload workload) {
    this(workload.units(), workload.classes());
  }

  Inputs(int units, int classes) {
    boolean dense = classes == 1;
    SplittableRandom random = new SplittableRandom(7);
    shape = dense ? new int[] {units} : new int[] {units, classes};
    float[] x = new float[Math.multiplyExact(units, classes)];
    normal(random, x);
    logits = Tensor.of(x, shape);
    if (dense) {
      float[] y = new float[units];
      for (int i = 0; i < units; i++) {
        y[i] = random.nextDouble() < POSITIVE ? 1 : 0;
      }
      target = Tensor.of(y, shape);
    } else {
      target = Labels.of(random.ints(units, 0, classes).toArray());
    }
  }

  /** Pairs of normal numbers by Marsaglia's polar method. */
  private static void normal(SplittableRandom random, float[] x) {
    for (int i = 0; i < x.length; i += 2) {
      double u;
      double v;
      double s;
      do {
        u = 2 * random.nextDouble() - 1;
        v = 2 * random.nextDouble() - 1;
        s = u * u + v * v;
      } while (s >= 1 || s == 0);
      double scale = SPREAD * Math.sqrt(-2 * Math.log(s) / s);
      x[i] = (float) (u * scale);
      if (i + 1 < x.length) {
        x[i + 1] = (float) (v * scale);
      }
    }
  }

  /** On the heap. */
  Batch heap() {
    return Batch.of(logits, target);
  }

  /** The same numbers in direct buffers. */
  Batch direct() {
    return Batch.of(
        directCopy(logits), target instanceof Tensor dense ? directCopy(dense) : target);
  }

  /** Memory for a gradient, on the heap. */
  Tensor heapGradient() {
    return Tensor.zeros(shape);
  }

  /** Memory for a gradient, outside the heap. */
  Tensor directGradient() {
    return direct(shape);
  }

  private static Tensor directCopy(Tensor tensor) {
    Tensor copy = direct(tensor.shape());
    copy.buffer().put(tensor.buffer());
    return copy;
  }

  private static Tensor direct(int... shape) {
    int size = 1;
    for (int length : shape) {
      size *= length;
    }
    FloatBuffer memory =
        ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return Tensor.of(memory, shape);
  }
}
