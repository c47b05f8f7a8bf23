package org.perdita.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors that {@link TileMath} states, against the JDK's double functions. */
class TileMathTest {
  private static final int N = 800 * Tile.SIZE;

  private interface Pass {
    void run(float[] x, float[] out, float[] scratch, int n);
  }

  @Test
  void expKeepsItsDigits() {
    assertThat(worst(linear(-87.3, 88.3), TileMath::exp, Math::exp)).isLessThan(1e-7);
  }

  @Test
  void logKeepsItsDigits() {
    assertThat(worst(logarithmic(-87, 88), TileMath::log, Math::log)).isLessThan(2e-7);
    assertThat(worst(linear(0.5, 2), TileMath::log, Math::log)).isLessThan(2e-7);
  }

  @Test
  void log1pKeepsItsDigits() {
    Pass log1p = (x, out, scratch, n) -> TileMath.log1p(x, out, n);
    assertThat(worst(linear(0, 1), log1p, Math::log1p)).isLessThan(2e-7);
    assertThat(worst(logarithmic(-80, 0), log1p, Math::log1p)).isLessThan(2e-7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-4.7, -1, -0.2, 0.1, 0.5, 1.7, 2, 5})
  void powKeepsItsDigits(double p) {
    double widest = 85 / Math.max(1, Math.abs(p));
    assertThat(
            worst(
                logarithmic(-widest, widest),
                (x, out, scratch, n) -> TileMath.pow(x, p, out, scratch, new float[n], n),
                x -> Math.pow(x, p)))
        .isLessThan(4e-7);
  }

  @Test
  void edges() {
    float inf = Float.POSITIVE_INFINITY;
    assertThat(of(TileMath::exp, -inf, -1e30f, -88, 0, 89, inf))
        .containsExactly(0, 0, 0, 1, inf, inf);
    assertThat(of(TileMath::exp, Float.NaN)).containsExactly(Float.NaN);
    assertThat(of(TileMath::log, Float.NaN)).containsExactly(Float.NaN);
    assertThat(of(TileMath::log, 1)).containsExactly(0);
    float least = (float) Math.log(Float.MIN_NORMAL);
    assertThat(of(TileMath::log, 0, Float.MIN_VALUE, Float.MIN_NORMAL))
        .containsExactly(least, least, least);
    Pass cube = (x, out, scratch, n) -> TileMath.pow(x, 3, out, scratch, new float[n], n);
    assertThat(of(cube, 0, 1e-20f, 1, 1e20f)).containsExactly(0, 0, 1, inf);
  }

  private static float[] of(Pass pass, float... x) {
    float[] out = x.clone();
    pass.run(out, out, new float[x.length], x.length);
    return out;
  }

  private static float[] linear(double from, double to) {
    Random random = new Random(1);
    float[] x = new float[N];
    for (int i = 0; i < N; i++) {
      x[i] = (float) (from + (to - from) * random.nextDouble());
    }
    return x;
  }

  private static float[] logarithmic(double from, double to) {
    float[] x = linear(from, to);
    for (int i = 0; i < N; i++) {
      x[i] = (float) Math.exp(x[i]);
    }
    return x;
  }

  private static double worst(float[] x, Pass pass, DoubleUnaryOperator exact) {
    float[] out = new float[Tile.SIZE];
    double worst = 0;
    for (int from = 0; from < x.length; from += Tile.SIZE) {
      float[] tile = Arrays.copyOfRange(x, from, from + Tile.SIZE);
      pass.run(tile, out, new float[Tile.SIZE], Tile.SIZE);
      for (int j = 0; j < Tile.SIZE; j++) {
        double expected = exact.applyAsDouble(tile[j]);
        double error = Math.abs(out[j] - expected);
        worst = Math.max(worst, expected == 0 ? error : error / Math.abs(expected));
      }
    }
    return worst;
  }
}
