package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.perdita.perceptual.FeatureLossTest.drawn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.perceptual.TotalVariationLoss.Form;

class TotalVariationLossTest {

  @Test
  void countsTheStepsOfASmallPicture() {
    Tensor image = Tensor.of(new float[] {0, 1, 3, 7}, 1, 1, 2, 2);
    // The one pixel with both neighbours: ½ (1² + 3²). All steps: 1 + 4 across, 3 + 6 down.
    assertThat(TotalVariationLoss.squared().evaluate(image).value()).isEqualTo(5);
    assertThat(TotalVariationLoss.squared().evaluate(image).gradient().toArray())
        .containsExactly(-4, 1, 3, 0);
    assertThat(TotalVariationLoss.absolute().evaluate(image).value()).isEqualTo(14);
    assertThat(TotalVariationLoss.absolute().evaluate(image).gradient().toArray())
        .containsExactly(-2, 0, 0, 2);
  }

  @ParameterizedTest
  @EnumSource
  void gradientIsTheSlope(Form form) {
    TotalVariationLoss loss = new TotalVariationLoss(form);
    Tensor image = drawn(1, 2, 3, 4, 5);
    Evaluation e = loss.evaluate(image);
    for (int i = 0; i < image.size(); i++) {
      float h = 1e-3f;
      double slope = (at(loss, image, i, h) - at(loss, image, i, -h)) / (2 * h);
      assertThat((double) e.gradient().get(i)).isCloseTo(slope, within(1e-3));
    }
    assertThat(loss.values(image).shape()).containsExactly(2);
    assertThat((double) loss.values(image).get(0) + loss.values(image).get(1))
        .isCloseTo(e.value(), within(1e-5));
  }

  private static double at(TotalVariationLoss loss, Tensor image, int i, float h) {
    float[] moved = image.toArray();
    moved[i] += h;
    return loss.evaluate(Tensor.of(moved, image.shape())).value();
  }

  @ParameterizedTest
  @EnumSource
  void plainPicturesAndSinglePixelsCostNothing(Form form) {
    TotalVariationLoss loss = new TotalVariationLoss(form);
    for (int side : new int[] {1, 6}) {
      Tensor plain = Tensor.zeros(1, 3, side, side);
      for (int i = 0; i < plain.size(); i++) {
        plain.buffer().put(i, 0.3f);
      }
      assertThat(loss.evaluate(plain).value()).isZero();
      assertThat(loss.evaluate(plain).gradient().toArray()).containsOnly(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void farPixelsStayFinite(Form form) {
    Tensor image = Tensor.of(new float[] {3e38f, -3e38f, -3e38f, 3e38f}, 1, 1, 2, 2);
    Evaluation e = new TotalVariationLoss(form).evaluate(image);
    assertThat(e.value()).isFinite();
    for (float g : e.gradient().toArray()) {
      assertThat(g).isFinite();
    }
  }

  @Test
  void refusesOtherShapes() {
    assertThatThrownBy(() -> TotalVariationLoss.squared().evaluate(Tensor.zeros(3, 3)))
        .hasMessage(
            "TotalVariationLoss[form=SQUARED]: image must be of shape [n, c, h, w], was"
                + " Tensor[3, 3]");
  }
}
