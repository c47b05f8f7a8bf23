package org.perdita.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.detection.IouLoss.Kind;

class IouLossTest {

  static Stream<IouLoss> kinds() {
    return Stream.of(IouLoss.iou(), IouLoss.generalized(), IouLoss.distance(), IouLoss.complete());
  }

  /** The papers' formulas; boxes with areas. */
  private static double transcribed(Kind kind, double[] a, double[] b) {
    double w = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
    double h = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
    double i = w * h;
    double u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i;
    double hullW = Math.max(a[2], b[2]) - Math.min(a[0], b[0]);
    double hullH = Math.max(a[3], b[3]) - Math.min(a[1], b[1]);
    double dx = (a[0] + a[2]) / 2 - (b[0] + b[2]) / 2;
    double dy = (a[1] + a[3]) / 2 - (b[1] + b[3]) / 2;
    double far = (dx * dx + dy * dy) / (hullW * hullW + hullH * hullH);
    double turn =
        Math.atan((b[2] - b[0]) / (b[3] - b[1])) - Math.atan((a[2] - a[0]) / (a[3] - a[1]));
    double v = 4 / (Math.PI * Math.PI) * turn * turn;
    return switch (kind) {
      case IOU -> 1 - i / u;
      case GENERALIZED -> 1 - i / u + (hullW * hullH - u) / (hullW * hullH);
      case DISTANCE -> 1 - i / u + far;
      case COMPLETE -> 1 - i / u + far + v * v / (1 - i / u + v);
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isItsFormula(Kind kind) {
    Random random = new Random(3);
    for (int trial = 0; trial < 500; trial++) {
      float[] a = box(random);
      float[] b = box(random);
      double v = new IouLoss(kind, 0).value(batch(a, b), Reduction.sum());
      assertThat(v).isCloseTo(transcribed(kind, wide(a), wide(b)), within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBoxHasAFiniteValueAndGradient(IouLoss loss) {
    float[] corners = {0, 1, 1, 2, 3, 0.5f, 1e-30f, -1e30f, Float.MAX_VALUE, Float.MIN_VALUE};
    Random random = new Random(4);
    for (int trial = 0; trial < 20_000; trial++) {
      float[] a = new float[4];
      float[] b = new float[4];
      for (int k = 0; k < 4; k++) {
        a[k] = corners[random.nextInt(corners.length)];
        b[k] = corners[random.nextInt(corners.length)];
      }
      float[] upright = {
        Math.min(b[0], b[2]), Math.min(b[1], b[3]), Math.max(b[0], b[2]), Math.max(b[1], b[3])
      };
      Evaluation e = loss.evaluate(batch(a, upright), Reduction.sum());
      assertThat(e.value()).isBetween(0.0, 3.0);
      for (float g : e.gradient().toArray()) {
        assertThat(g).isFinite();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void onlyThePerfectBoxCostsNothing(IouLoss loss) {
    float[] target = {1, 2, 4, 6};
    assertThat(loss.value(batch(target, target), Reduction.sum())).isZero();
    float[] inverted = {4, 6, 1, 2};
    assertThat(loss.value(batch(inverted, target), Reduction.sum())).isGreaterThanOrEqualTo(1);
    float[] point = {1, 2, 1, 2};
    assertThat(loss.value(batch(point, point), Reduction.sum())).isEqualTo(1);
  }

  @Test
  void epsilonIsTorchvisions() {
    float[] small = {0, 0, 0.001f, 0.001f};
    double perfect = IouLoss.iou().withEpsilon(1e-7).value(batch(small, small), Reduction.sum());
    assertThat(perfect).isCloseTo(0.0909, within(1e-4));
  }

  @Test
  void scaleDoesNotMatter() {
    float[] a = {1, 2, 4, 6};
    float[] b = {2, 1, 5, 5};
    kinds()
        .forEach(
            loss -> {
              double one = loss.value(batch(a, b), Reduction.sum());
              for (float by : new float[] {0x1p-60f, 0x1p60f}) {
                float[] scaledA = {a[0] * by, a[1] * by, a[2] * by, a[3] * by};
                float[] scaledB = {b[0] * by, b[1] * by, b[2] * by, b[3] * by};
                assertThat(loss.value(batch(scaledA, scaledB), Reduction.sum()))
                    .isCloseTo(one, within(1e-14));
              }
            });
  }

  @Test
  void predictionsThatAreNoNumbersFlowThrough() {
    float[] target = {1, 2, 4, 6};
    for (float odd : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] a = {odd, 0, 1, 1};
      assertThat(IouLoss.iou().value(batch(a, target), Reduction.sum())).isNaN();
    }
  }

  @Test
  void whatIsNoTargetIsRefused() {
    float[] a = {0, 0, 1, 1};
    float[] inverted = {3, 0, 1, 1};
    assertThatThrownBy(() -> IouLoss.iou().value(batch(a, inverted), Reduction.sum()))
        .hasMessage(
            "IouLoss[kind=IOU, epsilon=0.0]: target[0] must be a box with x1 <= x2 and y1 <= y2,"
                + " was [3.0, 0.0, 1.0, 1.0]");
    float[] infinite = {0, 0, Float.POSITIVE_INFINITY, 1};
    assertThatThrownBy(() -> IouLoss.iou().value(batch(a, infinite), Reduction.sum()))
        .hasMessage("IouLoss[kind=IOU, epsilon=0.0]: target[0, 2] = Infinity is not finite");
    assertThatThrownBy(
            () -> IouLoss.iou().value(Batch.of(Tensor.zeros(4), Tensor.zeros(4)), Reduction.sum()))
        .hasMessage(
            "IouLoss[kind=IOU, epsilon=0.0]: prediction must be of shape [n, 4], was Tensor[4]");
    assertThatThrownBy(() -> IouLoss.iou().withEpsilon(-1))
        .hasMessage("IouLoss: epsilon must be in [0, 1e30), was -1.0");
  }

  private static float[] box(Random random) {
    float x = random.nextFloat() * 5;
    float y = random.nextFloat() * 5;
    return new float[] {x, y, x + 0.1f + random.nextFloat() * 5, y + 0.1f + random.nextFloat() * 5};
  }

  private static double[] wide(float... a) {
    return new double[] {a[0], a[1], a[2], a[3]};
  }

  private static Batch batch(float[] a, float[] b) {
    return Batch.of(Tensor.of(a, 1, 4), Tensor.of(b, 1, 4));
  }
}
