package org.perdita.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {

  @Test
  void balancedGivesEachClassTheSameWeightInAll() {
    // scikit-learn: compute_class_weight("balanced") of 6, 3 and 1 units.
    assertThat(ClassWeights.balanced(6, 3, 1).weights())
        .containsExactly(10 / 18.0, 10 / 9.0, 10 / 3.0);
  }

  @Test
  void namesItselfAndReadsBackFromItsJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (ClassWeights weights :
        new ClassWeights[] {ClassWeights.none(), ClassWeights.of(1, 0, 2.5)}) {
      assertThat(json.readValue(json.writeValueAsString(weights), ClassWeights.class))
          .isEqualTo(weights);
    }
    assertThat(ClassWeights.none()).hasToString("none");
    assertThat(ClassWeights.of(1, 0, 2.5)).hasToString("[1.0, 0.0, 2.5]");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoWeight(double weight) {
    assertThatThrownBy(() -> ClassWeights.of(1, weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ClassWeights: weights[1] must be a finite number of 0 or more, was " + weight);
  }

  @Test
  void refusesToBalanceAnAbsentClass() {
    assertThatThrownBy(() -> ClassWeights.balanced(4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ClassWeights: counts[1] must be 1 or more, was 0");
  }
}
