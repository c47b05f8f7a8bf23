package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atLeast;
import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;

/**
 * How the kernels grow: with the size of the input, with a second thread, in memory, and by the
 * adapter. Perdita alone, so no ratio to the engine stands here.
 */
final class Scaling {
  private static final int CLASSES = 1000;
  private static final int PATIENCE = 8;

  /** Why a figure for two threads is missing. */
  static final String NOT_FREE = "the second core was not free";

  private final Race race;
  private final Size size;

  Scaling(Size size) {
    this.race = new Race(size);
    this.size = size;
  }

  private record Kernel(String name, Loss loss, int classes) {
    Inputs inputs(int elements) {
      return new Inputs(elements / classes, classes);
    }
  }

  private static List<Kernel> kernels() {
    return List.of(
        new Kernel("focal, gamma 2", FocalLoss.retinaNet(), 1),
        new Kernel("cross-entropy, 1000 classes", new CrossEntropyLoss(), CLASSES),
        new Kernel("bi-tempered (0.8, 1.2), 1000 classes", BiTemperedLoss.of(0.8, 1.2), CLASSES));
  }

  /** Nanoseconds a logit at each power of ten, and how far they are from their middle. */
  List<Figure> growth() {
    List<Figure> figures = new ArrayList<>();
    for (Kernel kernel : kernels()) {
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      for (int n = 100_000; n <= size.longest(); n *= 10) {
        Inputs inputs = kernel.inputs(n);
        DoubleSupplier call = call(kernel, inputs.heap(), inputs.heapGradient());
        double nanos = race.alone(call).cpuNanos() / n;
        figures.add(told(kernel.name(), String.format("ns/element at 1e%d", exponent(n)), nanos));
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
      }
      figures.add(
          atMost(
              30,
              kernel.name(),
              "growth: ± % around the middle of these",
              100 * (most - least) / (most + least)));
    }
    return figures;
  }

  private static int exponent(int powerOfTen) {
    return (int) Math.round(Math.log10(powerOfTen));
  }

  /** Wall time of one thread over that of two, taken only while both cores are free. */
  List<Figure> secondThread() throws InterruptedException, ExecutionException {
    List<Figure> figures = new ArrayList<>();
    ForkJoinPool two = new ForkJoinPool(2);
    try {
      for (Kernel kernel : kernels()) {
        Inputs inputs = kernel.inputs(size.large());
        DoubleSupplier call = call(kernel, inputs.heap(), inputs.heapGradient());
        Figure none =
            atLeast(1.8, kernel.name(), "two threads, times faster", Double.NaN).noting(NOT_FREE);
        figures.add(gated(two, call, none));
      }
    } finally {
      two.shutdown();
    }
    return figures;
  }

  /** The same for one call, {@code none} with the figure that was found. */
  Figure gated(ForkJoinPool two, DoubleSupplier call, Figure none)
      throws InterruptedException, ExecutionException {
    for (int attempt = 0; attempt < PATIENCE; attempt++) {
      if (Canary.processors() < Canary.FREE) {
        continue;
      }
      double one = race.alone(call).wallNanos();
      double both = two.submit(() -> race.alone(call).wallNanos()).get();
      double after = Canary.processors();
      if (after >= Canary.FREE) {
        return atLeast(none.limit(), none.subject(), none.quantity(), one / both);
      }
    }
    return none;
  }

  /** Heap bytes that a call allocates once it is warm, at a short and a long input. */
  List<Figure> allocation() {
    List<Figure> figures = new ArrayList<>();
    for (Kernel kernel : kernels()) {
      for (int n : new int[] {100_000, size.large()}) {
        Inputs inputs = kernel.inputs(n);
        DoubleSupplier call = call(kernel, inputs.heap(), inputs.heapGradient());
        long bytes = allocated(call);
        for (int i = 0; i < 3; i++) {
          bytes = Math.min(bytes, allocated(call));
        }
        figures.add(
            atMost(
                SMALL_OBJECTS,
                kernel.name(),
                String.format("bytes allocated a call, %.1e elements", (double) n),
                (double) bytes));
      }
    }
    return figures;
  }

  /** Heap bytes that this call allocates. */
  static long allocated(DoubleSupplier call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    double unused = call.getAsDouble();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** The few objects of a call: views, the walk. A gradient of a thousand logits is longer. */
  private static final int SMALL_OBJECTS = 4096;

  /** What it costs to evaluate on the engine's memory, and to hand the gradient to autograd. */
  List<Figure> adapter() {
    return Engine.scoped(() -> adapter(kernels().get(0)));
  }

  private List<Figure> adapter(Kernel kernel) {
    Inputs inputs = kernel.inputs(size.large());
    Batch batch = inputs.direct();
    EngineLoss loss = new EngineLoss(kernel.loss(), Reduction.sum());
    Tensor logits = EngineTensors.of(batch.prediction()).requires_grad_(true);
    List<Timing> times =
        race.run(
            List.of(
                call(kernel, batch, inputs.directGradient()),
                () -> evaluated(loss, logits, batch),
                () -> injected(loss, logits, batch)));
    double bare = times.get(0).cpuNanos();
    double adapted = times.get(1).cpuNanos();
    double injected = times.get(2).cpuNanos();
    String subject = "perdita-pytorch, " + kernel.name();
    return List.of(
        atMost(15, subject, "% over the kernel", 100 * (adapted / bare - 1)),
        told(subject, "ns/element to inject the gradient", (injected - adapted) / size.large()));
  }

  private static double evaluated(EngineLoss loss, Tensor output, Batch batch) {
    return Engine.scoped(() -> new BackwardPass().add(loss, output, batch.target(), null));
  }

  /** As a training step does it: gradients are forgotten before they are made anew. */
  private static double injected(EngineLoss loss, Tensor logits, Batch batch) {
    double value = loss.backward(logits, batch.target());
    logits.mutable_grad().reset();
    return value;
  }

  private static DoubleSupplier call(Kernel kernel, Batch batch, org.perdita.Tensor gradient) {
    return () -> kernel.loss().evaluate(batch, Reduction.sum(), gradient);
  }
}
