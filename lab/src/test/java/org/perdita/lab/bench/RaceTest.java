package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RaceTest {

  @Test
  void theOneWithMoreToDoTakesLonger() {
    List<Timing> timings = new Race(Size.TINY).run(List.of(sums(100), sums(100_000)));
    assertThat(timings.get(1).cpuNanos()).isGreaterThan(timings.get(0).cpuNanos());
    assertThat(timings.get(0).cpuNanos()).isPositive();
  }

  private static DoubleSupplier sums(int terms) {
    return () -> {
      double sum = 0;
      for (int i = 1; i <= terms; i++) {
        sum += Math.sqrt(i);
      }
      return sum;
    };
  }
}
