package org.perdita.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

class IouBalancedLocalizationLossTest {
  private static final int N = 30;

  private final Random random = new Random(6);
  private final Tensor predicted = normal(0.3);
  private final Tensor target = normal(0.3);
  private final Batch batch = Batch.of(predicted, target);
  private final Boxes anchors = anchors();
  private final BoxCoder coder = BoxCoder.retinaNet();
  private final SmoothL1Loss smooth = new SmoothL1Loss(0.11);
  private final IouBalancedLocalizationLoss loss = IouBalancedLocalizationLoss.of(1.5, smooth);
  private final Tensor iou =
      coder.decode(anchors, predicted).alignedIou(coder.decode(anchors, target));

  @Test
  void isItsFormula() {
    double expected = 0;
    for (int i = 0; i < N; i++) {
      double row = 0;
      for (int k = 4 * i; k < 4 * i + 4; k++) {
        double d = Math.abs((double) predicted.get(k) - target.get(k));
        row += d < 0.11 ? d * d / 0.22 : d - 0.055;
      }
      expected += 3.049 * Math.pow(iou.get(i), 1.5) * row;
    }
    Loss weighted = loss.withWeight(3.049).at(iou);
    assertThat(weighted.value(batch, Reduction.dividedBy(N))).isCloseTo(expected / N, within(1e-9));
  }

  @Test
  void theDecodedOverlapsAreThoseOfTheBoxes() {
    double given = loss.at(iou).value(batch, Reduction.sum());
    assertThat(loss.decoding(coder, anchors).value(batch, Reduction.sum()))
        .isCloseTo(given, within(1e-5 * given));
  }

  @Test
  void theWeightIsAConstantToTheGradientUnlessAskedFor() {
    Evaluation constant = loss.decoding(coder, anchors).evaluate(batch, Reduction.sum());
    Evaluation through = loss.throughWeight(coder, anchors).evaluate(batch, Reduction.sum());
    assertThat(through.value()).isEqualTo(constant.value());
    for (int k = 0; k < 4 * N; k++) {
      float h = 1e-3f;
      float[] up = predicted.toArray();
      float[] down = predicted.toArray();
      up[k] += h;
      down[k] -= h;
      double step = (double) up[k] - down[k];
      double fixed = (value(loss.at(iou), up) - value(loss.at(iou), down)) / step;
      double moving =
          (value(loss.decoding(coder, anchors), up) - value(loss.decoding(coder, anchors), down))
              / step;
      assertThat((double) constant.gradient().get(k)).isCloseTo(fixed, within(4e-3));
      assertThat((double) through.gradient().get(k)).isCloseTo(moving, within(2e-2));
    }
  }

  private double value(Loss of, float[] x) {
    return of.value(Batch.of(Tensor.of(x, N, 4), target), Reduction.sum());
  }

  @Test
  void calibratedAndNormalizedKeepTheLossOfABatch() {
    double plain = smooth.value(batch, Reduction.sum());
    IouBalancedLocalizationLoss calibrated = loss.calibrated(batch, iou);
    assertThat(calibrated.weight()).isGreaterThan(1);
    assertThat(calibrated.at(iou).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-6 * plain));
    assertThat(loss.normalized().at(iou).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-6 * plain));
    float[] twice = new float[N];
    for (int i = 0; i < N; i++) {
      twice[i] = iou.get(i) / 2;
    }
    Tensor half = Tensor.of(twice, N);
    assertThat(calibrated.at(half).value(batch, Reduction.sum())).isLessThan(plain / 2);
    assertThat(loss.normalized().at(half).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-6 * plain));
  }

  @Test
  void itsLimits() {
    double plain = smooth.value(batch, Reduction.sum());
    var unweighted = IouBalancedLocalizationLoss.of(0, smooth);
    assertThat(unweighted.at(Tensor.zeros(N)).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-6 * plain));
    Evaluation nothing = loss.at(Tensor.zeros(N)).evaluate(batch, Reduction.sum());
    assertThat(nothing.value()).isZero();
    for (float g : nothing.gradient().toArray()) {
      assertThat(g).isZero();
    }
    assertThat(loss.normalized().at(Tensor.zeros(N)).value(batch, Reduction.sum()))
        .isCloseTo(plain, within(1e-6 * plain));
    assertThat(loss.calibrated(batch, Tensor.zeros(N))).isEqualTo(loss);
  }

  @Test
  void farOffsetsStayFinite() {
    for (float far : new float[] {20, 1e4f, 1e30f, Float.MAX_VALUE}) {
      float[] x = predicted.toArray();
      for (int i = 0; i < x.length; i++) {
        x[i] = i % 3 == 0 ? 0 : Math.copySign(far, x[i]);
      }
      for (Loss form :
          new Loss[] {loss.decoding(coder, anchors), loss.throughWeight(coder, anchors)}) {
        Evaluation e = form.evaluate(Batch.of(Tensor.of(x, N, 4), target), Reduction.mean());
        assertThat(e.value()).isFinite();
        for (float g : e.gradient().toArray()) {
          assertThat(g).isFinite();
        }
      }
    }
  }

  @Test
  void rowsOfWeightZeroAreNeverRead() {
    float[] w = new float[N];
    java.util.Arrays.fill(w, 1);
    w[2] = 0;
    Tensor weights = Tensor.of(w, N);
    double expected = loss.at(iou).value(batch.weighted(weights), Reduction.mean());
    float[] overlaps = iou.toArray();
    overlaps[2] = Float.NaN;
    float[] x = predicted.toArray();
    x[9] = Float.NaN;
    Batch poisoned = Batch.of(Tensor.of(x, N, 4), target).weighted(weights);
    assertThat(loss.at(Tensor.of(overlaps, N)).value(poisoned, Reduction.mean()))
        .isEqualTo(expected);
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> loss.at(Tensor.zeros(2)).value(batch, Reduction.sum()))
        .hasMessageEndingWith(
            "count of overlaps or anchors must be that of the prediction's rows, 30, was 2");
    float[] over = iou.toArray();
    over[7] = 1.5f;
    assertThatThrownBy(() -> loss.at(Tensor.of(over, N)).value(batch, Reduction.sum()))
        .hasMessageEndingWith("iou[7] = 1.5 is not in [0, 1]");
    assertThatThrownBy(() -> loss.normalized().throughWeight(coder, anchors))
        .hasMessageEndingWith("balance for a gradient through it must be FIXED, was NORMALIZED");
    assertThatThrownBy(() -> loss.withWeight(0))
        .hasMessage("IouBalancedLocalizationLoss: weight must be in (0, 1e30), was 0.0");
    assertThatThrownBy(() -> IouBalancedLocalizationLoss.of(-1, smooth))
        .hasMessage("IouBalancedLocalizationLoss: lambda must be in [0, 100], was -1.0");
  }

  private Tensor normal(double scale) {
    float[] a = new float[4 * N];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) (scale * random.nextGaussian());
    }
    return Tensor.of(a, N, 4);
  }

  private Boxes anchors() {
    float[] a = new float[4 * N];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextFloat() * 20 + (i % 4 < 2 ? 0 : 25);
    }
    return Boxes.ofCorners(Tensor.of(a, N, 4));
  }
}
