package org.perdita.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void isStudentsOfTheMean() {
    Interval interval = Interval.of(1, 2, 3);
    assertThat(interval.mean()).isEqualTo(2);
    assertThat(interval.high() - interval.mean()).isCloseTo(4.30265 / Math.sqrt(3), within(1e-4));
    assertThat(interval.mean() - interval.low()).isCloseTo(4.30265 / Math.sqrt(3), within(1e-4));
  }

  @Test
  void equalNumbersHaveNoWidth() {
    assertThat(Interval.of(15.16, 15.16, 15.16)).isEqualTo(new Interval(15.16, 15.16, 15.16, 3));
  }

  @Test
  void oneNumberSaysNothingOfTheOthers() {
    assertThat(Interval.of(7).low()).isNegative().isInfinite();
    assertThat(Interval.of(7).high()).isPositive().isInfinite();
  }
}
