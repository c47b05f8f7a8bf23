package org.perdita.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;

/**
 * Losses from probabilities and dense targets, whose classes are read one after the other, against
 * the same with weights of 1, whose classes are read together.
 */
class ClassesApartTest {
  private static final int[] SHAPE = {2, 3, 37, 41};
  private static final int SIZE = 2 * 3 * 37 * 41;

  private static float[] drawn(long seed) {
    Random random = new Random(seed);
    float[] drawn = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      drawn[i] = random.nextFloat();
    }
    drawn[0] = 0;
    drawn[1] = 1;
    return drawn;
  }

  private static Tensor direct(float[] numbers) {
    FloatBuffer memory =
        ByteBuffer.allocateDirect(4 * SIZE).order(ByteOrder.nativeOrder()).asFloatBuffer();
    memory.put(0, numbers);
    return Tensor.of(memory, SHAPE);
  }

  private static Loss dice(DiceLoss.Form form, Pooling pooling, ClassSelection classes) {
    return new DiceLoss(
        Activation.NONE, classes, pooling, form, Smooth.of(1e-5), EmptyClass.AS_FORMULA);
  }

  private static Loss boundary(ClassSelection classes) {
    return new BoundaryLoss(Activation.NONE, classes, BoundaryLoss.Zero.AS_PUBLISHED);
  }

  static Stream<Loss> losses() {
    ClassSelection some = ClassSelection.of(1, 2);
    return Stream.of(
        DiceLoss.ofProbabilities(),
        dice(DiceLoss.Form.SQUARED_DICE, Pooling.SAMPLE, some),
        dice(DiceLoss.Form.JACCARD, Pooling.BATCH, some),
        dice(DiceLoss.Form.SQUARED_JACCARD, Pooling.BATCH, ClassSelection.all()),
        boundary(ClassSelection.all()),
        boundary(some));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theyAreWhatTheyAreTogether(Loss loss) {
    float[] p = drawn(1);
    float[] y = drawn(2);
    float[] ones = new float[2 * 37 * 41];
    Arrays.fill(ones, 1);
    Batch together =
        Batch.of(Tensor.of(p, SHAPE), Tensor.of(y, SHAPE)).weighted(Tensor.of(ones, 2, 37, 41));
    Tensor expected = Tensor.zeros(SHAPE);
    double value = loss.evaluate(together, Reduction.mean(), expected);
    double largest = 0;
    for (float slope : expected.toArray()) {
      largest = Math.max(largest, Math.abs(slope)); // a y + b p may cancel
    }
    for (boolean heap : new boolean[] {true, false}) {
      Batch apart =
          Batch.of(heap ? Tensor.of(p, SHAPE) : direct(p), heap ? Tensor.of(y, SHAPE) : direct(y));
      float[] stale = drawn(3);
      Tensor gradient = heap ? Tensor.of(stale, SHAPE) : direct(stale);
      assertThat(loss.evaluate(apart, Reduction.mean(), gradient))
          .isCloseTo(value, within(1e-7 * Math.abs(value)));
      assertThat(loss.value(apart, Reduction.mean())).isCloseTo(value, within(1e-7));
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) gradient.get(i)).isCloseTo(expected.get(i), within(2e-7 * largest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.002f, 1.002f, 1e30f, Float.NaN, Float.NEGATIVE_INFINITY})
  void whatIsNoProbabilityIsRefused(float wrong) {
    float[] p = drawn(1);
    p[SIZE - 5] = wrong;
    Batch batch = Batch.of(Tensor.of(p, SHAPE), Tensor.of(drawn(2), SHAPE));
    for (Loss loss : losses().toList()) {
      assertThatThrownBy(() -> loss.value(batch, Reduction.mean()))
          .hasMessageEndingWith("prediction[1, 2, 36, 36] = " + wrong + " is not a probability");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-1e-40f, 1.0000001f, 3e38f, Float.NaN, Float.POSITIVE_INFINITY})
  void targetsOutsideAreRefused(float wrong) {
    float[] y = drawn(2);
    y[SIZE - 5] = wrong;
    Batch batch = Batch.of(Tensor.of(drawn(1), SHAPE), Tensor.of(y, SHAPE));
    String entry = "target[1, 2, 36, 36] = " + wrong + " is not ";
    assertThatThrownBy(() -> DiceLoss.ofProbabilities().value(batch, Reduction.mean()))
        .hasMessageEndingWith(entry + "in [0, 1]");
    Loss boundary = boundary(ClassSelection.all());
    if (Float.isFinite(wrong)) {
      assertThat(boundary.value(batch, Reduction.mean())).isFinite();
    } else {
      assertThatThrownBy(() -> boundary.value(batch, Reduction.mean()))
          .hasMessageEndingWith(entry + "finite");
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.001f, -1e-7f, 1.0000001f, 1.001f})
  void almostProbabilitiesPass(float almost) {
    float[] p = drawn(1);
    p[7] = almost;
    Batch batch = Batch.of(Tensor.of(p, SHAPE), Tensor.of(drawn(2), SHAPE));
    for (Loss loss : losses().toList()) {
      assertThat(loss.value(batch, Reduction.mean())).isFinite();
    }
  }
}
