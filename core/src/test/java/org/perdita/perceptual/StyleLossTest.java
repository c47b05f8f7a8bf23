package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.perceptual.FeatureLossTest.drawn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.StyleLoss.Form;

class StyleLossTest {

  /** F Fᵀ of sample 0, written out. */
  private static double[][] product(Tensor f) {
    int c = f.length(1);
    int m = f.length(2) * f.length(3);
    double[][] g = new double[c][c];
    for (int i = 0; i < c; i++) {
      for (int j = 0; j < c; j++) {
        for (int k = 0; k < m; k++) {
          g[i][j] += (double) f.get(i * m + k) * f.get(j * m + k);
        }
      }
    }
    return g;
  }

  /** The sums of the papers and programs, written out. */
  private static double formula(Form form, Tensor x, Tensor style) {
    double c = x.length(1);
    double m = x.length(2) * x.length(3);
    double ms = style.length(2) * style.length(3);
    double[][] g = product(x);
    double[][] a = product(style);
    double sum = 0;
    for (int i = 0; i < c; i++) {
      for (int j = 0; j < c; j++) {
        sum +=
            switch (form) {
              case JOHNSON -> Math.pow(g[i][j] / (c * m) - a[i][j] / (c * ms), 2);
              case JOHNSON_CODE -> Math.pow(g[i][j] / (c * m) - a[i][j] / (c * ms), 2) / (c * c);
              case GATYS -> Math.pow(g[i][j] - a[i][j], 2) / (4 * c * c * m * m);
              case PIQ -> Math.pow(g[i][j] - a[i][j], 2) / (c * c);
            };
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void isThePublishedFormula(Form form) {
    Tensor x = drawn(1, 1, 5, 20, 19);
    Tensor style = drawn(2, 1, 5, 31, 9);
    double expected = formula(form, x, style);
    assertThat(new StyleLoss(form).value(Batch.of(x, style), Reduction.mean()))
        .isCloseTo(expected, within(2e-5 * expected));
  }

  @ParameterizedTest
  @EnumSource
  void weightsConvertBetweenForms(Form form) {
    Tensor x = drawn(3, 1, 4, 6, 5);
    Batch batch = Batch.of(x, drawn(4, 1, 4, 6, 5));
    double johnson = 7 * StyleLoss.johnson().value(batch, Reduction.mean());
    double weight = form.convert(7, Form.JOHNSON, 4, 30);
    double converted = weight * new StyleLoss(form).value(batch, Reduction.mean());
    assertThat(converted).isCloseTo(johnson, within(1e-5 * johnson));
    assertThat(Form.JOHNSON.convert(weight, form, 4, 30)).isCloseTo(7, within(1e-12));
  }

  @Test
  void gatysIsAQuarterOfJohnson() {
    assertThat(Form.GATYS.convert(1, Form.JOHNSON, 64, 4096)).isCloseTo(4, within(1e-12));
  }

  @Test
  void thePlacesOfFeaturesDoNotMatter() {
    Tensor x = drawn(5, 1, 3, 4, 4);
    Tensor moved = Tensor.zeros(1, 3, 4, 4);
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 16; p++) {
        moved.buffer().put(c * 16 + p, x.get(c * 16 + (p + 5) % 16));
      }
    }
    assertThat(StyleLoss.johnson().value(Batch.of(x, moved), Reduction.mean()))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void keptGramMatricesAndGradientsAtThemAreTheSame() {
    Tensor x = drawn(6, 2, 4, 5, 5);
    Tensor style = drawn(7, 1, 4, 8, 3);
    for (Form form : Form.values()) {
      StyleLoss loss = new StyleLoss(form);
      Tensor target = loss.target(style);
      Evaluation whole = loss.evaluate(Batch.of(x, style), Reduction.mean());
      Evaluation kept = loss.evaluate(Batch.of(x, target), Reduction.mean());
      assertThat(kept.value()).isEqualTo(whole.value());
      double divisor = form.divisor(4, 25);
      Evaluation atGram = loss.atGram(Gram.of(x, divisor), target, 25);
      assertThat(atGram.value()).isCloseTo(whole.value(), within(1e-5 * whole.value()));
      Tensor slopes = Gram.backward(x, divisor, atGram.gradient());
      float largest = 0;
      for (float g : whole.gradient().toArray()) {
        largest = Math.max(largest, Math.abs(g));
      }
      assertThat(slopes.toArray())
          .containsExactly(whole.gradient().toArray(), within(2e-5f * largest));
    }
  }

  @Test
  void refusesWhatHasNoGramMatrix() {
    StyleLoss loss = StyleLoss.johnson();
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(2, 3, 4, 4), Tensor.zeros(3, 3, 4, 4)), Reduction.mean()))
        .hasMessage(
            "StyleLoss[form=JOHNSON]: target must be of 3 channels and 2 samples or 1, was"
                + " Tensor[3, 3, 3]");
    assertThatThrownBy(
            () ->
                loss.value(
                    Batch.of(Tensor.zeros(2, 3, 4, 4), Tensor.zeros(2, 3)), Reduction.mean()))
        .hasMessage(
            "StyleLoss[form=JOHNSON]: target must be features [n, c, h, w] or Gram matrices"
                + " [n, c, c], was Tensor[2, 3]");
    assertThatThrownBy(() -> Gram.of(Tensor.zeros(1, 2, 2, 2), 0))
        .hasMessage("Gram: divisor must be finite and above 0, was 0.0");
  }
}
