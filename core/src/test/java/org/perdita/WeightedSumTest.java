package org.perdita;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;

class WeightedSumTest {
  private final Tensor logits = Tensor.of(new float[] {0.5f, -1, 2, 0, 1, -0.5f}, 3, 2);
  private final Tensor onehot = Tensor.of(new float[] {1, 0, 0, 1, 1, 0}, 3, 2);
  private final Labels labels = Labels.of(new int[] {0, 1, 0});
  private final Loss ce = new CrossEntropyLoss();
  private final Loss bce = new BinaryCrossEntropyLoss();

  @Test
  void addsValuesAndGradients() {
    Batch batch = Batch.of(logits, labels);
    Evaluation both = WeightedSum.of(0.5, bce).plus(2, ce).evaluate(batch, Reduction.sum());
    Evaluation first = bce.evaluate(batch, Reduction.sum());
    Evaluation second = ce.evaluate(batch, Reduction.sum());
    assertThat(both.value()).isCloseTo(0.5 * first.value() + 2 * second.value(), offset(1e-12));
    for (int i = 0; i < logits.size(); i++) {
      assertThat((double) both.gradient().get(i))
          .isCloseTo(0.5 * first.gradient().get(i) + 2 * second.gradient().get(i), offset(1e-6));
    }
  }

  @Test
  void givesEachTermItsOwnTargets() {
    WeightedSum sum = WeightedSum.of(1, ce).plus(1, bce);
    Tensor gradient = Tensor.zeros(3, 2);
    double value =
        sum.evaluate(
            List.of(Batch.of(logits, labels), Batch.of(logits, onehot)), Reduction.sum(), gradient);
    assertThat(value)
        .isCloseTo(
            ce.value(Batch.of(logits, labels), Reduction.sum())
                + bce.value(Batch.of(logits, onehot), Reduction.sum()),
            offset(1e-12));
  }

  @Test
  void auditSaysWhatEachTermContributes() {
    Batch batch = Batch.of(logits, onehot);
    List<WeightedSum.Share> shares =
        WeightedSum.of(1, ce).plus(3, ce).audit(batch, Reduction.mean());
    assertThat(shares.get(0).valueShare()).isCloseTo(0.25, offset(1e-9));
    assertThat(shares.get(1).gradientShare()).isCloseTo(0.75, offset(1e-9));
  }

  @Test
  void termsOfDifferentUnitsHaveNoValuesInCommon() {
    Batch batch = Batch.of(logits, labels);
    assertThatThrownBy(() -> WeightedSum.of(1, ce).plus(1, bce).values(batch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "units of " + bce + " must be those of the first term, [3], was [3, 2]");
  }

  @Test
  void refusesWeightsBelowZeroAndNaN() {
    assertThatThrownBy(() -> WeightedSum.of(Double.NaN, ce))
        .hasMessage("WeightedSum: weight of " + ce + " must be finite and 0 or more, was NaN");
    assertThatThrownBy(() -> WeightedSum.of(1, ce).plus(-1, ce)).hasMessageContaining("was -1.0");
  }
}
