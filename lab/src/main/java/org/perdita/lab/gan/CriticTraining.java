package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.Features;
import org.perdita.lab.metrics.RankCorrelation;
import org.perdita.lab.metrics.SlicedDistance;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Net;

/**
 * Asks a critic two questions. First its generator stands still and the critic alone is trained:
 * how large is the gradient that it would give? Then, from the beginning, both are trained: does
 * the critic's value say how far the samples are?
 *
 * @param task what is learnt, with which networks
 * @param objective for what the networks play
 * @param recipe how they are trained
 * @param alone steps of the critic alone
 * @param together steps of the generator when both are trained
 */
record CriticTraining(
    Condition condition,
    Arm arm,
    int seed,
    PlaneTask task,
    GanObjective objective,
    GanRecipe recipe,
    int alone,
    int together)
    implements Training {

  /** Norm of the generator's gradient at a critic that was trained alone. */
  static final String SLOPE = "generator's gradient at a good critic";

  /** What that critic's value is. */
  static final String GOOD = "value of the good critic";

  /** Rank correlation of the critic's estimate with the true distance. */
  static final String TRACKING = "critic's estimate tracks the distance";

  /** The critic's estimate while both are trained. */
  static final String ESTIMATE = "critic's estimate";

  /** The true distance meanwhile. */
  static final String DISTANCE = "sliced distance";

  private static final int SAMPLES = 1000;
  private static final int MOMENTS = 25;

  /** How these are to be read. */
  static List<Measure> measures(int alone) {
    String training = "% of the training";
    return List.of(
        Measure.plain(SLOPE)
            .defined(
                "Euclidean norm of ∂ loss / ∂ generator over all parameters, at an untrained generator"
                    + " whose critic was trained alone for "
                    + alone
                    + " steps.")
            .over("critic steps, the generator standing still", 0, alone),
        Measure.plain(GOOD)
            .lowerIsBetter()
            .defined(
                "What that critic minimises, on "
                    + SAMPLES
                    + " new points of each kind, without penalty; for minimax and non-saturating it"
                    + " is 1.39 for a critic that knows nothing and 0 for a perfect one."),
        Measure.plain(TRACKING)
            .defined(
                "Spearman's rank correlation, over "
                    + MOMENTS
                    + " even moments of a training, of the critic's estimate (less its value, without"
                    + " penalty) with the sliced Wasserstein-1 distance of "
                    + SAMPLES
                    + " samples."),
        Measure.plain(ESTIMATE).over(training, 100.0 / MOMENTS, 100),
        Measure.plain(DISTANCE).lowerIsBetter().over(training, 100.0 / MOMENTS, 100));
  }

  @Override
  public int steps() {
    return alone + together;
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    Map<String, Double> metrics = new LinkedHashMap<>();
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    List<Picture> pictures = new ArrayList<>();
    Optional<String> diverged;
    try (Engine.Scope run = Engine.scope()) {
      diverged = alone(metrics, curves, pictures, progress);
      if (diverged.isEmpty()) {
        diverged = together(metrics, curves, progress);
      }
    }
    return new Outcome(metrics, curves, pictures, diverged);
  }

  private Optional<String> alone(
      Map<String, Double> metrics,
      Map<String, List<Double>> curves,
      List<Picture> pictures,
      Progress progress)
      throws InterruptedException {
    List<Double> slopes = new ArrayList<>();
    try (Net generator = task.generator(seed);
        Net critic = task.critic(objective, seed);
        GanTraining training = task.training(objective, recipe, generator, critic, seed)) {
      slopes.add(training.slope(SAMPLES, 0));
      for (int step = 1; step <= alone; step++) {
        training.criticStep();
        if (moment(step, alone) > moment(step - 1, alone)) {
          slopes.add(training.slope(SAMPLES, 0));
        }
        progress.step();
      }
      metrics.put(SLOPE, slopes.get(slopes.size() - 1));
      metrics.put(GOOD, training.judge(SAMPLES, 0));
      curves.put(SLOPE, slopes);
      if (seed == 1) {
        float[] points = training.generate(SAMPLES, 0).toArray();
        pictures.add(
            new Picture(
                "The good critic of " + arm.name() + " over the plane, real blue, fake orange",
                CriticSurface.of(critic, objective, points)));
      }
      return Optional.empty();
    } catch (DivergedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> together(
      Map<String, Double> metrics, Map<String, List<Double>> curves, Progress progress)
      throws InterruptedException {
    List<Double> estimates = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    Features real = task.fresh(SAMPLES, seed);
    try (Net generator = task.generator(seed);
        Net critic = task.critic(objective, seed);
        GanTraining training = task.training(objective, recipe, generator, critic, seed)) {
      Optional<String> diverged =
          training.run(
              together,
              step -> {
                if (moment(step.number(), together) > moment(step.number() - 1, together)) {
                  float[] samples = training.generate(SAMPLES, step.number()).toArray();
                  estimates.add(-training.judge(SAMPLES, step.number()));
                  distances.add(SlicedDistance.of(Features.of(samples, 2), real));
                }
                progress.step();
              });
      if (diverged.isEmpty()) {
        metrics.put(TRACKING, RankCorrelation.of(estimates, distances));
      }
      curves.put(ESTIMATE, estimates);
      curves.put(DISTANCE, distances);
      return diverged;
    }
  }

  private static int moment(int step, int steps) {
    return (int) ((long) step * Math.min(MOMENTS, steps) / steps);
  }
}
