package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

final class EngineTest {

  @Test
  void runsOnOneThreadInEveryJavaThread() {
    assertThat(CompletableFuture.supplyAsync(() -> Engine.scoped(torch::get_num_threads)).join())
        .isEqualTo(1);
    Engine.start();
    assertThat(torch.get_num_threads()).isEqualTo(1);
    assertThat(openblas_nolapack.blas_get_num_threads()).isEqualTo(1);
  }

  @Test
  void runsOnAsManyThreadsAsOneSaysInThatJavaThreadAlone() throws InterruptedException {
    int[] seen = new int[1];
    Thread other =
        new Thread(
            () -> {
              Engine.threads(2);
              seen[0] = Engine.scoped(torch::get_num_threads);
            });
    other.start();
    other.join();
    assertThat(seen[0]).isEqualTo(2);
    Engine.start();
    assertThat(torch.get_num_threads()).isEqualTo(1);
    assertThatThrownBy(() -> Engine.threads(0))
        .hasMessage("Engine: threads must be 1 or more, was 0");
  }

  @Test
  void leavesConvolutionsToOneLibrary() {
    Engine.start();
    assertThat(torch.globalContext().userEnabledNNPACK()).isFalse();
  }

  @Test
  void hasNoMemoryLimitOfItsOwn() {
    Engine.start();
    assertThat(Pointer.maxBytes()).isZero();
    assertThat(Pointer.maxPhysicalBytes()).isZero();
  }

  @Test
  void freesWhatAScopeMadeAndKeepsWhatItIsTold() {
    Engine.Scope run = Engine.scope();
    Tensor freed;
    Tensor kept;
    try (run) {
      Engine.Scope step = Engine.scope();
      try (step) {
        freed = torch.ones(3);
        kept = step.keep(torch.ones(3));
      }
      assertThat(freed.isNull()).isTrue();
      assertThat(kept.isNull()).isFalse();
      assertThat(Engine.scoped(() -> torch.ones(2).add(torch.ones(2))).sum().item_double())
          .isEqualTo(4);
    }
    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void freesNothingThatItDoesNotHold() {
    Engine.Scope run = Engine.scope();
    try (run) {
      Tensor outer = torch.ones(3);
      Engine.scoped(() -> Engine.scoped(() -> outer));
      assertThat(run.keep(outer).sum().item_double()).isEqualTo(3);
    }
    Mlp net = new Mlp(1);
    try (net) {
      Engine.scoped(() -> Engine.scoped(() -> net.parameters().get(0)));
      assertThat(net.toArray()).hasSize((int) net.size());
    }
  }

  @Test
  void takesATensorOutOfTheVectorThatItCameIn() {
    Engine.scoped(
        () -> {
          Tensor second = Engine.scoped(() -> torch.arange(new Scalar(6f)).chunk(2, 0).get(1));
          for (int i = 0; i < 100; i++) {
            Engine.scoped(() -> torch.zeros(3).chunk(2, 0).get(1));
          }
          assertThat(EngineTensors.view(second).toArray()).containsExactly(3, 4, 5);
        });
  }

  @Test
  void keepsWithoutAScopeAround() {
    Tensor kept = Engine.scoped(() -> torch.ones(3));
    assertThat(kept.sum().item_double()).isEqualTo(3);
    kept.close();
  }

  @Test
  void saysInOneLineWhatTheEngineSays() {
    assertThatThrownBy(() -> Engine.scoped(() -> torch.ones(2, 3).matmul(torch.ones(2, 3))))
        .isInstanceOf(EngineException.class)
        .hasMessage("Engine: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
    assertThatThrownBy(
            () -> {
              Tensor freed = freed();
              Engine.scoped(() -> freed.add(freed));
            })
        .isInstanceOf(EngineException.class)
        .hasMessage("Engine: This pointer address is NULL.");
  }

  @Test
  void leavesOtherExceptionsAlone() {
    assertThatThrownBy(
            () ->
                Engine.scoped(
                    () -> {
                      throw new UnsupportedOperationException("mine");
                    }))
        .isExactlyInstanceOf(UnsupportedOperationException.class)
        .hasMessage("mine");
  }

  @Test
  void holdsNothingBackOverManySteps() {
    Engine.scoped(
        () -> {
          Tensor data = torch.ones(64, 8);
          long before = Pointer.totalCount();
          for (int i = 0; i < 500; i++) {
            Engine.scoped(() -> data.mul(data).sum().item_double());
          }
          assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        });
  }

  static Tensor freed() {
    Tensor[] made = new Tensor[1];
    Engine.scoped(
        () -> {
          made[0] = torch.ones(3);
        });
    return made[0];
  }
}
