package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothingTest {

  /** What a class of probability {@code y} becomes among {@code classes}. */
  private static double smoothed(Smoothing smoothing, int classes, double y) {
    return smoothing.keep(classes) * y + smoothing.share(classes);
  }

  @Test
  void uniformSpreadsOverEveryClass() {
    Smoothing tenth = Smoothing.uniform(0.1);
    assertThat(smoothed(tenth, 10, 1)).isCloseTo(0.91, within(1e-15));
    assertThat(smoothed(tenth, 10, 0)).isCloseTo(0.01, within(1e-15));
  }

  @Test
  void offClassLeavesTheLabelOneMinusEpsilon() {
    Smoothing tenth = Smoothing.offClass(0.1);
    assertThat(smoothed(tenth, 10, 1)).isCloseTo(0.9, within(1e-15));
    assertThat(smoothed(tenth, 10, 0)).isCloseTo(0.1 / 9, within(1e-15));
  }

  @Test
  void whereThereIsOneClassNothingIsSpread() {
    assertThat(smoothed(Smoothing.uniform(0.3), 1, 1)).isEqualTo(1);
    assertThat(smoothed(Smoothing.offClass(0.3), 1, 1)).isEqualTo(1);
  }

  @Test
  void namesItselfAndReadsBackFromItsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (Smoothing smoothing :
        new Smoothing[] {Smoothing.none(), Smoothing.uniform(0.1), Smoothing.offClass(0.2)}) {
      assertThat(json.readValue(json.writeValueAsString(smoothing), Smoothing.class))
          .isEqualTo(smoothing);
    }
    assertThat(Smoothing.none()).hasToString("none").isEqualTo(Smoothing.offClass(0));
    assertThat(Smoothing.uniform(0.1)).hasToString("uniform(0.1)");
    assertThat(Smoothing.offClass(0.2)).hasToString("offClass(0.2)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesEpsilonOutsideItsRange(double epsilon) {
    assertThatThrownBy(() -> Smoothing.uniform(epsilon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Smoothing: epsilon must be in [0, 1), was " + epsilon);
  }
}
