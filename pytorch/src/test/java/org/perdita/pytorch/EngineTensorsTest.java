package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Labels;

final class EngineTensorsTest {
  private static final float[] SIX = {1, 2, 3, 4, 5, 6};

  @Test
  void viewsTheEnginesOwnMemory() {
    Engine.scoped(
        () -> {
          Tensor tensor = EngineTensors.of(SIX, 2, 3);
          org.perdita.Tensor view = EngineTensors.view(tensor);
          assertThat(view.shape()).containsExactly(2, 3);
          tensor.add_(new Scalar(10f));
          assertThat(view.toArray()).containsExactly(11, 12, 13, 14, 15, 16);
          assertThat(view.buffer().isReadOnly()).isTrue();
        });
  }

  @Test
  void viewsStayReadableAfterTheirScope() throws InterruptedException {
    FloatBuffer late = slice();
    for (int i = 0; i < 20; i++) {
      System.gc();
      Engine.scoped(() -> torch.full(new long[] {1 << 20}, new Scalar(-1f)).sum().item_double());
      Thread.sleep(5);
    }
    for (int i = 0; i < late.limit(); i++) {
      assertThat(late.get(i)).isEqualTo(7);
    }
  }

  private static FloatBuffer slice() {
    return Engine.scoped(
        () ->
            EngineTensors.view(torch.full(new long[] {1 << 20}, new Scalar(7f))).buffer().slice());
  }

  @Test
  void viewsLetGoOfTheMemoryWhenTheyAreGone() throws InterruptedException {
    Engine.start();
    Tensor tensor = torch.ones(1000);
    assertThat(EngineTensors.view(tensor).get(999)).isEqualTo(1);
    for (int i = 0; i < 500 && tensor.storage().use_count() > 1; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(tensor.storage().use_count()).isEqualTo(1);
    tensor.close();
  }

  @Test
  void readsWhatCannotBeViewedFromACopy() {
    Engine.scoped(
        () -> {
          Tensor tensor = EngineTensors.of(SIX, 2, 3);
          assertThat(EngineTensors.view(tensor.t()).toArray()).containsExactly(1, 4, 2, 5, 3, 6);
          assertThat(EngineTensors.view(tensor.to(ScalarType.Double)).toArray())
              .containsExactly(SIX);
          assertThat(EngineTensors.view(tensor.narrow(1, 1, 2)).toArray())
              .containsExactly(2, 3, 5, 6);
          assertThat(EngineTensors.view(tensor._neg_view()).toArray())
              .containsExactly(-1, -2, -3, -4, -5, -6);
          assertThat(EngineTensors.view(tensor.narrow(0, 1, 1)).toArray()).containsExactly(4, 5, 6);
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalarType.class,
      names = {"Byte", "Char", "Short", "Int", "Long"})
  void readsLabelsOfEveryIntegerType(ScalarType type) {
    Engine.scoped(
        () -> {
          Labels labels =
              EngineTensors.labels(EngineTensors.of(new int[] {3, 0, 1, 2}, 2, 2).to(type).t());
          assertThat(labels.shape()).containsExactly(2, 2);
          assertThat(labels.get(1)).isEqualTo(1);
          assertThat(labels.get(2)).isEqualTo(0);
        });
  }

  @Test
  void keepsLabelsBeyondAnIntOutOfRange() {
    Engine.scoped(
        () -> {
          Tensor huge = EngineTensors.of(new int[] {1 << 30, -(1 << 30)}, 2).mul(new Scalar(1000));
          Labels labels = EngineTensors.labels(huge);
          assertThat(labels.get(0)).isEqualTo(Integer.MAX_VALUE);
          assertThat(labels.get(1)).isEqualTo(Integer.MIN_VALUE);
        });
  }

  @Test
  void theTypeSaysHowATargetIsRead() {
    Engine.scoped(
        () -> {
          assertThat(EngineTensors.target(EngineTensors.of(new int[] {1}, 1)))
              .isInstanceOf(Labels.class);
          assertThat(EngineTensors.target(EngineTensors.of(SIX, 6)))
              .isInstanceOf(org.perdita.Tensor.class);
        });
  }

  @Test
  void takesRowsInTheOrderAskedFor() {
    Engine.scoped(
        () -> {
          Tensor bytes = EngineTensors.of(new byte[] {1, 2, 3, 4, (byte) 200, 6}, 3, 2);
          Tensor rows = EngineTensors.rows(bytes, 2, 0, 2).to(ScalarType.Float);
          assertThat(EngineTensors.view(rows).toArray()).containsExactly(200, 6, 1, 2, 200, 6);
        });
  }

  static Stream<Arguments> refusals() {
    Engine.start();
    return Stream.of(
        Arguments.of(EngineTest.freed(), "EngineTensors: tensor was freed with its scope"),
        Arguments.of(new Tensor(), "EngineTensors: tensor is undefined"),
        Arguments.of(torch.empty(0, 3), "EngineTensors: tensor is empty, shape [0, 3]"),
        Arguments.of(
            EngineTensors.of(new int[] {1}, 1),
            "EngineTensors: tensor must be of a floating type, was Long"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatHoldsNoFloats(Tensor tensor, String sentence) {
    assertThatThrownBy(() -> EngineTensors.view(tensor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void refusesLabelsThatAreNotIntegersAndShapesThatDoNotFit() {
    assertThatThrownBy(() -> EngineTensors.labels(EngineTensors.of(SIX, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EngineTensors: labels must be of an integer type, was Float");
    assertThatThrownBy(() -> EngineTensors.of(SIX, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EngineTensors: shape must be of 6 entries in all, was [2, 2]");
    assertThatThrownBy(() -> EngineTensors.rows(EngineTensors.of(SIX, 2, 3), 2))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("Engine: index out of range in self");
  }
}
