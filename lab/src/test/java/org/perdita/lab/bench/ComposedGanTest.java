package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.lab.data.Draw;
import org.perdita.lab.gan.Constraint;
import org.perdita.lab.gan.GanObjective;
import org.perdita.lab.gan.GanRecipe;
import org.perdita.lab.gan.GanTraining;
import org.perdita.lab.gan.Samples;
import org.perdita.lab.net.Mlp;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** What the trainer is raced against must train the same. */
class ComposedGanTest {

  static Stream<GanObjective> objectives() {
    // Penalties draw points of their own; EnginePenaltyTest holds them to the composed ones.
    return GanSteps.objectives().stream()
        .filter(objective -> !(objective.constraint() instanceof Constraint.Penalty));
  }

  /** The same batch in every step, so that both see the same. */
  private static Samples fixed(int size) {
    return (n, draw) -> {
      float[] numbers = new float[n * size];
      Draw same = Draw.of(size);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) same.uniform();
      }
      return EngineTensors.of(numbers, n, size);
    };
  }

  private static Net critic(GanObjective objective) {
    return new Mlp(2, ComposedGanTest::tanh, 3, 8, objective.reconstructs() ? 3 : 1);
  }

  private static Tensor tanh(Tensor x) {
    return torch.tanh(x);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void trainsAsTheTrainerDoes(GanObjective objective) {
    GanRecipe recipe = GanRecipe.adam(16, 2, 1e-2, 0.5);
    try (Net generator = new Mlp(1, ComposedGanTest::tanh, 2, 8, 3);
        Net critic = critic(objective);
        GanTraining ours =
            new GanTraining(objective, recipe, generator, critic, fixed(3), fixed(2), 1);
        Net generator2 = new Mlp(1, ComposedGanTest::tanh, 2, 8, 3);
        Net critic2 = critic(objective);
        ComposedGan composed =
            new ComposedGan(objective, recipe, generator2, critic2, fixed(3), fixed(2))) {
      for (int step = 0; step < 5; step++) {
        assertThat(composed.step()).isCloseTo(ours.step().generator(), within(1e-4));
      }
    }
  }
}
