package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atLeast;
import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Evaluation;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.adversarial.PenaltyPoints;
import org.perdita.adversarial.ReconstructionError;
import org.perdita.lab.gan.Constraint;
import org.perdita.lab.gan.Game;
import org.perdita.lab.gan.GanObjective;
import org.perdita.lab.gan.GanRecipe;
import org.perdita.lab.gan.GanTraining;
import org.perdita.lab.gan.Points;
import org.perdita.lab.gan.Samples;
import org.perdita.lab.net.ImageCritic.Normalisation;
import org.perdita.lab.net.ImageNets;
import org.perdita.lab.net.ImageWidths;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/**
 * A full training step, critic and generator, of the gan-digits networks under each objective:
 * beside the same step with its loss composed from the engine's operations, and what the loss
 * itself costs.
 */
final class GanSteps {
  private static final String SUBJECT = "gan-digits networks, ";
  private static final int BATCH = 64;
  private static final int IMAGES = 1024;
  private static final ImageNets NETS =
      new ImageNets.Convolutions(32, new ImageWidths(12, 24, 96), 48);
  private static final GanRecipe RECIPE = GanRecipe.adam(BATCH, 1, 2e-4, 0.5);

  private final Race race;
  private final SplittableRandom random = new SplittableRandom(7);

  GanSteps(Size size) {
    race = new Race(size);
  }

  /** The study's objectives, and the hinge. */
  static List<GanObjective> objectives() {
    List<GanObjective> objectives = new ArrayList<>(GanObjective.ofTheStudy());
    objectives.add(GanObjective.hinge());
    return objectives;
  }

  /** For each objective: how fast it trains, how that compares, and the loss's share. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (GanObjective objective : objectives()) {
      figures.addAll(Engine.scoped(() -> figures(objective)));
    }
    return figures;
  }

  List<Figure> figures(GanObjective objective) {
    Samples real = Samples.rowsOf(images(IMAGES));
    Samples noise = Samples.uniform(NETS.noise());
    try (Net generator = NETS.generator(1);
        Net critic = critic(objective);
        GanTraining ours = new GanTraining(objective, RECIPE, generator, critic, real, noise, 1);
        Net generator2 = NETS.generator(1);
        Net critic2 = critic(objective);
        ComposedGan composed =
            new ComposedGan(objective, RECIPE, generator2, critic2, real, noise)) {
      List<Timing> times =
          race.run(List.of(() -> ours.step().generator(), composed::step, lossAlone(objective)));
      double step = times.get(0).cpuNanos();
      String subject = SUBJECT + objective.name();
      return List.of(
          told(subject, "steps a second", 1e9 / step),
          atLeast(
              0.9,
              subject,
              "of the steps a second with a composed loss",
              times.get(1).cpuNanos() / step),
          atMost(
              2, subject, "% of a step that the loss costs", 100 * times.get(2).cpuNanos() / step));
    }
  }

  private static Net critic(GanObjective objective) {
    return objective.reconstructs() ? NETS.autoencoder(2) : NETS.critic(2, Normalisation.NONE);
  }

  /** All that is ours in a step, at tensors that are already there. */
  private DoubleSupplier lossAlone(GanObjective objective) {
    Tensor x = images(BATCH);
    Tensor fake = images(BATCH);
    if (objective.game() instanceof Game.Reconstruction) {
      // Real, fake, and the generator's.
      return () -> error(x, fake) + error(fake, x) + error(fake, x);
    }
    Tensor r = scores();
    Tensor f = scores();
    DoubleSupplier game = () -> game(objective, r, f);
    if (objective.constraint() instanceof Constraint.Penalty penalty) {
      return () -> game.getAsDouble() + penalty(penalty, x, fake);
    }
    return game;
  }

  private static double game(GanObjective objective, Tensor r, Tensor f) {
    return Engine.scoped(
        () -> {
          var loss = ((Game.Scores) objective.game()).loss();
          PairEvaluation critic = loss.critic(EngineTensors.view(r), EngineTensors.view(f));
          Evaluation generator = loss.generator(EngineTensors.view(f));
          EngineTensors.of(critic.realGradient());
          EngineTensors.of(critic.fakeGradient());
          EngineTensors.of(generator.gradient());
          return critic.value() + generator.value();
        });
  }

  private double penalty(Constraint.Penalty penalty, Tensor x, Tensor fake) {
    return Engine.scoped(
        () -> {
          org.perdita.Tensor points =
              penalty.points() == Points.BETWEEN
                  ? PenaltyPoints.between(EngineTensors.view(x), EngineTensors.view(fake), shares())
                  : PenaltyPoints.draganOfTheNotebook(
                      EngineTensors.view(x), EngineTensors.view(fake), shares());
          EngineTensors.of(points);
          Evaluation cost = penalty.cost().evaluate(EngineTensors.view(fake));
          EngineTensors.of(cost.gradient());
          return cost.value();
        });
  }

  private static double error(Tensor x, Tensor copy) {
    return Engine.scoped(
        () -> {
          Evaluation error =
              ReconstructionError.evaluate(EngineTensors.view(x), EngineTensors.view(copy));
          EngineTensors.of(error.gradient());
          return error.value();
        });
  }

  private Tensor images(int n) {
    return EngineTensors.of(uniform(n * 28 * 28), n, 1, 28, 28);
  }

  private Tensor scores() {
    return EngineTensors.of(uniform(BATCH), BATCH, 1);
  }

  private org.perdita.Tensor shares() {
    return org.perdita.Tensor.of(uniform(BATCH), BATCH);
  }

  private float[] uniform(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextDouble();
    }
    return numbers;
  }
}
