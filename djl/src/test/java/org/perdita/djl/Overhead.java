package org.perdita.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.FocalLoss;

/**
 * What the adapter costs beside the kernel: processor time of one thread, medians of alternating
 * runs. A program and no test, as a busy machine decides its numbers.
 *
 * <p>The kernel runs on one thread over direct buffers that it has used before. The adapter's step
 * is a whole one: prediction, loss, backward. The step without a loss is the engine's own for the
 * sum of the predictions, and its cost is not the adapter's.
 */
final class Overhead {
  private static final FocalLoss LOSS = FocalLoss.retinaNet();

  private Overhead() {}

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 1 << 24;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 15;
    ForkJoinPool one = new ForkJoinPool(1);
    one.submit(() -> run(size, rounds)).get();
    one.shutdown();
  }

  private static void run(int size, int rounds) {
    float[] x = new float[size];
    float[] y = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = (float) Math.sin(i) * 4;
      y[i] = i % 100 == 0 ? 1 : 0;
    }
    double[] kernel = new double[rounds];
    double[] adapter = new double[rounds];
    double[] bare = new double[rounds];
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray leaf = manager.create(x, new Shape(size));
      NDArray labels = manager.create(y, new Shape(size));
      leaf.setRequiresGradient(true);
      Tensor prediction = direct(x);
      Tensor target = direct(y);
      Tensor gradient = direct(new float[size]);
      DjlLoss loss = DjlLoss.of(LOSS, Reduction.mean());
      for (int round = 0; round < rounds; round++) {
        kernel[round] =
            timed(() -> LOSS.evaluate(Batch.of(prediction, target), Reduction.mean(), gradient));
        adapter[round] =
            timed(() -> step(leaf, p -> loss.evaluate(new NDList(labels), new NDList(p))));
        bare[round] = timed(() -> step(leaf, NDArray::sum));
      }
    }
    double k = median(kernel);
    double a = median(adapter);
    double b = median(bare);
    System.out.printf(
        Locale.ROOT,
        "%d floats, ns each: kernel %.2f, adapter's step %.2f, step without a loss %.2f;"
            + " overhead %.0f %% of the kernel%n",
        size,
        k / size,
        a / size,
        b / size,
        100 * (a - b - k) / k);
  }

  private static void step(NDArray leaf, java.util.function.UnaryOperator<NDArray> loss) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDManager scope = leaf.getManager().newSubManager()) {
      collector.zeroGradients();
      NDArray prediction = leaf.mul(1.5f);
      prediction.attach(scope);
      collector.backward(loss.apply(prediction));
    }
  }

  private static double timed(Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  private static double median(double... times) {
    double[] sorted = Arrays.copyOfRange(times, times.length / 3, times.length);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Tensor direct(float[] data) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(data.length * DataType.FLOAT32.getNumOfBytes())
            .order(ByteOrder.nativeOrder());
    memory.asFloatBuffer().put(data);
    return Tensor.of(memory.asFloatBuffer(), data.length);
  }
}
