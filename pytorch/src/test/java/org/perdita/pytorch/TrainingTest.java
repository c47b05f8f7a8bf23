package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two hundred steps with a loss of the library, beside the engine's own composition of it. */
final class TrainingTest {
  private static final int ROWS = 256;
  private static final int BATCH = 32;
  private static final int STEPS = 200;

  static float[] inputs(int rows) {
    SplittableRandom random = new SplittableRandom(11);
    float[] x = new float[rows * 8];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** The greatest of the first three inputs, so that there is something to learn. */
  private static int[] labels(float[] x) {
    return IntStream.range(0, x.length / 8)
        .map(
            i ->
                x[8 * i] > x[8 * i + 1]
                    ? (x[8 * i] > x[8 * i + 2] ? 0 : 2)
                    : (x[8 * i + 1] > x[8 * i + 2] ? 1 : 2))
        .toArray();
  }

  /** Trains, which has to halve the loss, and gives the parameters. */
  private static float[] train(long seed, ToDoubleBiFunction<Tensor, int[]> backward) {
    float[] x = inputs(ROWS);
    int[] y = labels(x);
    return Engine.scoped(
        () -> {
          Tensor data = EngineTensors.of(x, ROWS, 8);
          Mlp net = new Mlp(seed);
          Optimizer optimizer = Optimizer.sgd(net, 0.05, 0.9, 1e-4);
          try (net;
              optimizer) {
            double first = 0;
            double last = 0;
            for (int step = 0; step < STEPS; step++) {
              int from = step * BATCH % ROWS;
              int[] batch = IntStream.range(from, from + BATCH).toArray();
              int[] labels = Arrays.copyOfRange(y, from, from + BATCH);
              last =
                  optimizer.step(
                      () ->
                          backward.applyAsDouble(
                              net.forward(EngineTensors.rows(data, batch)), labels));
              first = step == 0 ? last : first;
            }
            assertThat(last).isLessThan(first / 2);
            return net.toArray();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("org.perdita.pytorch.Composed#all")
  void endsWhereTheEnginesOwnLossEnds(Composed loss) {
    assertThat(train(5, loss::ours)).containsExactly(train(5, loss::theirs), within(1e-5f));
  }

  @Test
  void givesTheSameBitsInParallelThreads() {
    Composed loss = Composed.all().findFirst().orElseThrow();
    List<float[]> serial = Stream.of(1, 2).map(seed -> train(seed, loss::ours)).toList();
    for (int repetition = 0; repetition < 3; repetition++) {
      List<CompletableFuture<float[]>> parallel =
          Stream.of(1, 2)
              .map(
                  seed ->
                      CompletableFuture.supplyAsync(
                          () -> train(seed, loss::ours), task -> new Thread(task).start()))
              .toList();
      for (int i = 0; i < 2; i++) {
        assertThat(parallel.get(i).join()).isEqualTo(serial.get(i));
      }
    }
  }
}
