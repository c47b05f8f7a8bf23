package org.perdita.lab.gan;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.perdita.lab.data.Mixture;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.Features;
import org.perdita.lab.metrics.ModeCoverage;
import org.perdita.lab.metrics.SlicedDistance;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Net;

/**
 * Trains one objective on a mixture and sees, at even moments, where the generator's samples lie.
 *
 * @param task what is learnt, with which networks
 * @param objective for what the networks play
 * @param recipe how they are trained
 * @param steps steps of the generator
 */
record MixtureTraining(
    Condition condition,
    Arm arm,
    int seed,
    PlaneTask task,
    GanObjective objective,
    GanRecipe recipe,
    int steps)
    implements Training {

  /** How many modes hold good samples, of all there are. */
  static final String COVERED = "share of modes covered";

  /** Share of samples near a mode. */
  static final String QUALITY = "high-quality samples";

  /** Reverse KL divergence over the modes. */
  static final String DIVERGENCE = "reverse KL";

  /** Sliced Wasserstein distance. */
  static final String DISTANCE = "sliced distance";

  private static final int SAMPLES = 2500;
  private static final int MOMENTS = 20;
  private static final int PANELS = 6;
  private static final String OVER = "% of the training";

  /** How these are to be read. */
  static final List<Measure> MEASURES =
      List.of(
          Measure.share(COVERED)
              .defined(
                  "A mode is covered when, of "
                      + SAMPLES
                      + " samples, those within 3 standard deviations of it are at least a tenth"
                      + " of its share.")
              .over(OVER, 0, 100),
          Measure.share(QUALITY)
              .defined("Share of the samples within 3 standard deviations of the nearest mode.")
              .over(OVER, 0, 100),
          Measure.plain(DIVERGENCE)
              .lowerIsBetter()
              .defined(
                  "Σ q log(q / p) in nats over the modes, q the share of samples nearest to a mode,"
                      + " p the mode's own.")
              .over(OVER, 0, 100),
          Measure.plain(DISTANCE)
              .lowerIsBetter()
              .defined(
                  "Sliced Wasserstein-1 distance over 32 directions between "
                      + SAMPLES
                      + " samples and as many real points; the modes' extent is 2.")
              .over(OVER, 0, 100));

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    List<float[]> panels = new ArrayList<>();
    Features real = task.fresh(SAMPLES, seed);
    Optional<String> diverged;
    try (Engine.Scope run = Engine.scope();
        Net generator = task.generator(seed);
        Net critic = task.critic(objective, seed);
        GanTraining training = task.training(objective, recipe, generator, critic, seed)) {
      measure(training, real, curves, panels);
      diverged =
          training.run(
              steps,
              step -> {
                if (moment(step.number()) > moment(step.number() - 1)) {
                  measure(training, real, curves, panels);
                }
                progress.step();
              });
      if (diverged.isPresent()) {
        measure(training, real, curves, panels);
      }
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    curves.forEach(
        (name, curve) -> {
          if (curve.size() == panels.size()) {
            metrics.put(name, curve.get(curve.size() - 1));
          }
        });
    return new Outcome(metrics, curves, pictures(panels), diverged);
  }

  private int moment(int step) {
    return (int) ((long) step * Math.min(MOMENTS, steps) / steps);
  }

  private void measure(
      GanTraining training, Features real, Map<String, List<Double>> curves, List<float[]> panels) {
    float[] samples = training.generate(SAMPLES, 0).toArray();
    panels.add(samples);
    add(curves, measures(samples, real, task.mixture()));
  }

  private static void add(Map<String, List<Double>> curves, Map<String, Double> measures) {
    measures.forEach(
        (name, value) -> curves.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /** Samples that are no points cover nothing, count as on one mode, and have no distance. */
  private static Map<String, Double> measures(float[] samples, Features real, Mixture mixture) {
    for (float x : samples) {
      if (!Float.isFinite(x)) {
        return Map.of(COVERED, 0.0, QUALITY, 0.0, DIVERGENCE, Math.log(mixture.shares().length));
      }
    }
    Features points = Features.of(samples, 2);
    ModeCoverage coverage =
        ModeCoverage.of(
            points, Features.of(mixture.centres(), 2), mixture.shares(), mixture.deviation());
    return Map.of(
        COVERED,
        coverage.covered() / (double) mixture.shares().length,
        QUALITY,
        coverage.quality(),
        DIVERGENCE,
        coverage.reverseDivergence(),
        DISTANCE,
        SlicedDistance.of(points, real));
  }

  /** A strip of panels from the beginning to the end, for the first seed. */
  private List<Picture> pictures(List<float[]> moments) {
    if (seed != 1) {
      return List.of();
    }
    int panels = Math.min(PANELS, moments.size());
    List<float[]> shown = new ArrayList<>();
    for (int i = 0; i < panels; i++) {
      shown.add(moments.get(panels == 1 ? 0 : i * (moments.size() - 1) / (panels - 1)));
    }
    BufferedImage strip = Density.strip(shown, task.mixture());
    return List.of(
        new Picture(
            arm.name() + ", " + condition.label() + ": from the first step down to the last",
            strip));
  }
}
