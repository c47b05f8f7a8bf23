package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void goalAndVerdict() {
    Figure fast = Figure.atMost(2.2, "focal", "ns/element", 2.1);
    assertThat(fast.goal()).isEqualTo("≤ 2.2");
    assertThat(fast.verdict()).isEqualTo("met");
    assertThat(Figure.atMost(2.2, "focal", "ns/element", 2.3).verdict()).isEqualTo("missed");
    assertThat(Figure.atLeast(5, "focal", "times faster", 4.9).verdict()).isEqualTo("missed");
    assertThat(Figure.told("focal", "ns/element", 9).verdict()).isEmpty();
  }

  @Test
  void whatWasNotMeasuredIsNeitherMetNorMissed() {
    Figure none = Figure.atLeast(1.8, "focal", "two threads", Double.NaN);
    assertThat(none.verdict()).isEqualTo("not measured");
    assertThat(none.shown()).isEqualTo("–");
  }

  @Test
  void threeDigits() {
    assertThat(Figure.number(123.4)).isEqualTo("123");
    assertThat(Figure.number(12.34)).isEqualTo("12.3");
    assertThat(Figure.number(1.234)).isEqualTo("1.23");
    assertThat(Figure.number(1.234e-7)).isEqualTo("1.2e-07");
    assertThat(Figure.number(3.4e9)).isEqualTo("3.4e+09");
  }
}
