package org.perdita.matting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Formula;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;

/** The losses on edges against their formulas, their limits and their refusals. */
class MattingLossesTest {
  private static final int H = 6;
  private static final int W = 7;

  private final Tensor logits = Formula.logits(1, 2, 1, H, W);
  private final Tensor image = Formula.uniform(2, 2, 1, H, W);

  private static double[][] sobel(double[] p, int offset) {
    double[][] g = new double[2][(H - 2) * (W - 2)];
    int[] smooth = {1, 2, 1};
    for (int i = 0; i < g[0].length; i++) {
      int at = offset + i / (W - 2) * W + i % (W - 2);
      for (int k = 0; k < 3; k++) {
        g[0][i] += smooth[k] * (p[at + k * W + 2] - p[at + k * W]);
        g[1][i] += smooth[k] * (p[at + 2 * W + k] - p[at + k]);
      }
    }
    return g;
  }

  @Test
  void consistencyIsItsFormula() {
    double epsilon = 1e-6;
    double[] grey = new double[image.size()];
    Arrays.setAll(grey, i -> image.get(i));
    Formula.holds(
        GradientConsistencyLoss.ofLogits(),
        Batch.of(logits, image),
        x -> {
          double[] p = Arrays.stream(x).map(Formula::sigmoid).toArray();
          double sum = 0;
          for (int s = 0; s < 2; s++) {
            double[][] m = sobel(p, s * H * W);
            double[][] i = sobel(grey, s * H * W);
            double over = 0;
            double under = 0;
            for (int j = 0; j < m[0].length; j++) {
              double length = Math.sqrt(m[0][j] * m[0][j] + m[1][j] * m[1][j] + epsilon);
              double own = Math.sqrt(i[0][j] * i[0][j] + i[1][j] * i[1][j] + epsilon);
              double cosine = (m[0][j] * i[0][j] + m[1][j] * i[1][j]) / length / own;
              double a = length - Math.sqrt(epsilon);
              over += a * (1 - cosine * cosine);
              under += a + epsilon;
            }
            sum += over / under;
          }
          return sum / 2;
        });
  }

  @Test
  void flatRegionsCostNothingAndHaveAFiniteGradient() {
    Evaluation flat =
        GradientConsistencyLoss.ofLogits()
            .evaluate(
                Batch.of(Tensor.zeros(1, 1, H, W), Formula.uniform(3, 1, 1, H, W)),
                Reduction.mean());
    assertThat(flat.value()).isZero();
    assertThat(flat.gradient().toArray()).containsOnly(0);
    Evaluation flatImage =
        GradientConsistencyLoss.ofLogits()
            .evaluate(
                Batch.of(Formula.logits(4, 1, 1, H, W), Tensor.zeros(1, 1, H, W)),
                Reduction.mean());
    assertThat(flatImage.value()).isCloseTo(1, within(1e-5));
    for (float g : flatImage.gradient().toArray()) {
      assertThat(g).isFinite();
    }
  }

  @Test
  void edgesThatAgreeCostNothingWhicheverWayTheyPoint() {
    float[] ramp = new float[H * W];
    float[] down = new float[H * W];
    float[] across = new float[H * W];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % W / (float) W;
      int row = i / W;
      down[i] = 1 - ramp[i];
      across[i] = row / (float) H;
    }
    GradientConsistencyLoss loss = GradientConsistencyLoss.ofAlpha();
    Tensor mask = Tensor.of(ramp, 1, 1, H, W);
    assertThat(loss.value(Batch.of(mask, Tensor.of(down, 1, 1, H, W)), Reduction.mean()))
        .isLessThan(1e-5);
    assertThat(loss.value(Batch.of(mask, Tensor.of(across, 1, 1, H, W)), Reduction.mean()))
        .isGreaterThan(0.9999);
  }

  @Test
  void invalidPixelsAreNeverRead() {
    float[] weights = new float[2 * H * W];
    Arrays.fill(weights, 1);
    weights[2 * W + 3] = 0;
    float[] x = logits.toArray();
    float[] y = image.toArray();
    Tensor w = Tensor.of(weights, 2, H, W);
    GradientConsistencyLoss loss = GradientConsistencyLoss.ofLogits().withBorder(Border.REPLICATE);
    Evaluation clean = loss.evaluate(Batch.of(logits, image).weighted(w), Reduction.mean());
    x[2 * W + 3] = Float.NaN;
    y[2 * W + 3] = Float.NaN;
    Batch poisoned = Batch.of(Tensor.of(x, 2, 1, H, W), Tensor.of(y, 2, 1, H, W)).weighted(w);
    Evaluation found = loss.evaluate(poisoned, Reduction.mean());
    assertThat(found.value()).isEqualTo(clean.value());
    assertThat(found.gradient().toArray()).isEqualTo(clean.gradient().toArray());
    assertThat(clean.gradient().get(2 * W + 3)).isZero();
  }

  @Test
  void everyBorderAndOperatorHasItsOwnSlope() {
    for (Border border : Border.values()) {
      for (GradientOperator operator :
          new GradientOperator[] {
            GradientOperator.sobel(),
            GradientOperator.scharr().dividedBy(16),
            GradientOperator.central()
          }) {
        AlphaGradientLoss alpha = new AlphaGradientLoss(Activation.SIGMOID, operator, border);
        slopes(alpha, image);
        slopes(GradientConsistencyLoss.ofLogits().withOperator(operator).withBorder(border), image);
      }
    }
  }

  private void slopes(org.perdita.Loss loss, Tensor target) {
    Evaluation e = loss.evaluate(Batch.of(logits, target), Reduction.sum());
    float[] x = logits.toArray();
    for (int i = 0; i < x.length; i++) {
      float h = 2e-3f;
      double above = moved(loss, target, x, i, h);
      double below = moved(loss, target, x, i, -h);
      double slope = (above - below) / (2 * h);
      assertThat((double) e.gradient().get(i)).isCloseTo(slope, within(5e-3));
    }
  }

  private double moved(org.perdita.Loss loss, Tensor target, float[] x, int i, float by) {
    float[] copy = x.clone();
    copy[i] += by;
    return loss.value(Batch.of(Tensor.of(copy, logits.shape()), target), Reduction.sum());
  }

  @Test
  void alphaGradientIsItsFormula() {
    double[] truth = new double[image.size()];
    Arrays.setAll(truth, i -> image.get(i));
    Formula.holds(
        new AlphaGradientLoss(Activation.SIGMOID, GradientOperator.sobel(), Border.VALID),
        Batch.of(logits, image),
        x -> {
          double[] d = new double[x.length];
          Arrays.setAll(d, i -> Formula.sigmoid(x[i]) - truth[i]);
          double sum = 0;
          for (int s = 0; s < 2; s++) {
            double[][] g = sobel(d, s * H * W);
            for (int j = 0; j < g[0].length; j++) {
              sum += Math.abs(g[0][j]) + Math.abs(g[1][j]);
            }
          }
          return sum / (2 * (H - 2) * (W - 2));
        });
  }

  @Test
  void identicalMattesCostNothing() {
    Tensor alpha = Formula.uniform(5, 1, 1, 16, 16);
    for (org.perdita.Loss loss :
        new org.perdita.Loss[] {AlphaGradientLoss.ofAlpha(), LaplacianPyramidLoss.ofAlpha(3)}) {
      Evaluation e = loss.evaluate(Batch.of(alpha, alpha), Reduction.mean());
      assertThat(e.value()).isZero();
      assertThat(e.gradient().toArray()).containsOnly(0);
    }
  }

  @Test
  void theTransposesOfThePyramidAreTransposes() {
    java.util.Random random = new java.util.Random(6);
    for (int[] size : new int[][] {{8, 6}, {4, 10}}) {
      Pyramid.Image a = drawn(random, size[0], size[1]);
      Pyramid.Image b = drawn(random, size[0] / 2, size[1] / 2);
      assertThat(dot(Pyramid.down(a), b))
          .isCloseTo(dot(a, Pyramid.downBack(b, size[0], size[1])), within(1e-12));
      assertThat(dot(Pyramid.up(b), a)).isCloseTo(dot(b, Pyramid.upBack(a)), within(1e-12));
    }
  }

  private static Pyramid.Image drawn(java.util.Random random, int height, int width) {
    return new Pyramid.Image(height, width, random.doubles((long) height * width).toArray());
  }

  private static double dot(Pyramid.Image a, Pyramid.Image b) {
    double sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += a.data()[i] * b.data()[i];
    }
    return sum;
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> GradientConsistencyLoss.ofAlpha().withEpsilon(0))
        .hasMessage("GradientConsistencyLoss: epsilon must be in [1e-12, 1], was 0.0");
    Batch labels = Batch.of(logits, Labels.of(new int[2], 2));
    assertThatThrownBy(() -> AlphaGradientLoss.ofLogits().value(labels, Reduction.mean()))
        .hasMessageContaining("target must be a tensor of images");
    assertThatThrownBy(() -> LaplacianPyramidLoss.ofAlpha(13))
        .hasMessage("LaplacianPyramidLoss: levels must be in 1 … 12, was 13");
    assertThatThrownBy(
            () -> LaplacianPyramidLoss.ofLogits(3).value(Batch.of(logits, image), Reduction.mean()))
        .hasMessageContaining("with sides of at least 16");
  }
}
