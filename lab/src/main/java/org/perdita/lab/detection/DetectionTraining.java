package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.perdita.Loss;
import org.perdita.lab.coco.CocoEvaluator;
import org.perdita.lab.coco.CocoResult;
import org.perdita.lab.coco.Found;
import org.perdita.lab.coco.Truth;
import org.perdita.lab.data.Draw;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.net.Backbone;
import org.perdita.lab.net.RetinaNet;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/**
 * Trains a detector and measures what it finds.
 *
 * @param scenes to learn from and to be measured on
 * @param recipe how to train
 * @param objective what is minimised
 */
record DetectionTraining(
    Condition condition, Arm arm, int seed, SceneSet scenes, Recipe recipe, Objective objective)
    implements Training {

  static final String VALIDATION = "validation AP";
  static final String AP = "AP";
  static final String AP50 = "AP50";
  static final String AP75 = "AP75";
  static final String AP80 = "AP80";
  static final String AP90 = "AP90";
  static final String CORRELATION = "score–IoU correlation";
  static final String PRECISE = "high-IoU share";
  static final String EASY = "easy negatives' share of the loss";
  static final String CUMULATIVE = "cumulative loss of negatives";
  static final String TRAINING_LOSS = "training loss";

  /** How these are to be read. */
  static final List<Measure> MEASURES =
      List.of(
          Measure.share(AP)
              .defined("COCO's average precision, the mean over IoU thresholds 0.50 … 0.95."),
          Measure.share(VALIDATION).defined("AP on validation images, by which --tune chooses."),
          Measure.share(AP50),
          Measure.share(AP75),
          Measure.share(AP80),
          Measure.share(AP90),
          Measure.plain(CORRELATION)
              .defined(
                  "Pearson's correlation of score and IoU over detections that overlap an object"
                      + " of their class by 0.5 or more."),
          Measure.share(PRECISE)
              .defined("Share of those detections that overlap it by 0.9 or more."),
          Measure.share(EASY)
              .lowerIsBetter()
              .defined(
                  "Share of the arm's own classification loss, over the test images, that background"
                      + " anchors hold whose scores are all below 0.1."),
          Measure.share(CUMULATIVE)
              .lowerIsBetter()
              .defined("Share of the background anchors' loss that the easiest of them hold.")
              .over("background anchors, easiest first, %", 0, 100),
          Measure.plain(TRAINING_LOSS).lowerIsBetter().over("share of the training, %", 10, 100));

  private static final double BETA_1 = 0.9;

  /** Gradients change by orders of magnitude while the background is learnt; 0.999 forgets late. */
  private static final double BETA_2 = 0.99;

  private static final int AT_A_TIME = 20;
  private static final int PICTURED = 8;
  private static final double PICTURED_SCORE = 0.3;
  private static final int CURVE_POINTS = 10;
  private static final long BATCHES = 1;

  /**
   * How to train.
   *
   * @param backbone the network's size
   * @param base the smallest anchor, in strides
   * @param prior what the class scores start at
   * @param steps of the optimizer
   * @param batch scenes a step
   * @param rate Adam's highest: it rises evenly, and falls to 0 along a cosine
   * @param warmup steps over which the rate rises
   */
  record Recipe(
      Backbone backbone, double base, double prior, int steps, int batch, double rate, int warmup) {

    double rate(int step) {
      double warm = Math.min(1, (step + 1) / (double) warmup);
      return rate * warm * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }
  }

  @Override
  public int steps() {
    return recipe.steps();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    List<Double> losses = new ArrayList<>();
    Optional<String> diverged = Optional.empty();
    try (Engine.Scope run = Engine.scope();
        RetinaNet net = network();
        Optimizer optimizer = optimizer(net, recipe)) {
      Detector detector = detector(net, scenes.side(), recipe);
      try {
        double sum = 0;
        for (int step = 0; step < recipe.steps(); step++) {
          sum += step(detector, optimizer, step);
          if (CURVE_POINTS * (step + 1) / recipe.steps() > losses.size()) {
            losses.add(sum * CURVE_POINTS / recipe.steps());
            sum = 0;
          }
          progress.step();
        }
      } catch (DivergedException e) {
        diverged = Optional.of(String.valueOf(e.getMessage()));
      }
      return measured(detector, losses, diverged);
    }
  }

  RetinaNet network() {
    int classes = scenes.classes().size();
    return new RetinaNet(seed, recipe.backbone(), classes, Anchors.A_POSITION, recipe.prior());
  }

  static Detector detector(RetinaNet net, int side, Recipe recipe) {
    Anchors anchors = Anchors.over(side, side, recipe.backbone().strides(), recipe.base());
    return new Detector(net, anchors, Matcher.retinaNet(), Postprocessing.retinaNet());
  }

  static Optimizer optimizer(RetinaNet net, Recipe recipe) {
    return Optimizer.adam(net, recipe.rate(), BETA_1, BETA_2);
  }

  double step(Detector detector, Optimizer optimizer, int step) {
    optimizer.learningRate(recipe.rate(step));
    Draw draw = Draw.of(seed, BATCHES, step);
    List<Scene> batch = new ArrayList<>();
    for (int i = 0; i < recipe.batch(); i++) {
      Scene scene = scenes.train().get(draw.below(scenes.train().size()));
      batch.add(draw.chance(0.5) ? scene.mirrored() : scene);
    }
    return optimizer.step(() -> detector.backward(batch, objective));
  }

  private Outcome measured(Detector detector, List<Double> losses, Optional<String> diverged) {
    LossShares shares = new LossShares(scenes.classes().size());
    List<Found> found =
        find(
            detector,
            scenes.test(),
            (some, out) -> shares.add(detector.scores(out), detector.assign(some)));
    List<Truth> truth = scenes.test().stream().flatMap(scene -> scene.truth().stream()).toList();
    CocoResult result = evaluated(scenes.test(), found);
    BoxQuality quality = BoxQuality.of(truth, found);
    Loss plain = objective.scores().of(org.perdita.Tensor.zeros(0));
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (!scenes.validation().isEmpty()) {
      List<Found> seen = find(detector, scenes.validation(), (some, out) -> {});
      metrics.put(VALIDATION, evaluated(scenes.validation(), seen).ap());
    }
    metrics.put(AP, result.ap());
    metrics.put(AP50, result.ap50());
    metrics.put(AP75, result.ap75());
    metrics.put(AP80, result.ap80());
    metrics.put(AP90, result.ap90());
    metrics.put(CORRELATION, quality.correlation());
    metrics.put(PRECISE, quality.precise());
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    if (!losses.isEmpty()) {
      curves.put(TRAINING_LOSS, losses);
    }
    if (objective.scores() instanceof ScoreLoss.Plain) {
      metrics.put(EASY, shares.ofEasyNegatives(plain));
      curves.put(CUMULATIVE, shares.cumulative(plain));
    }
    return new Outcome(metrics, curves, pictures(found), diverged);
  }

  private static List<Found> find(
      Detector detector, List<Scene> scenes, BiConsumer<List<Scene>, org.perdita.Tensor> lookedAt) {
    List<Found> found = new ArrayList<>();
    for (int from = 0; from < scenes.size(); from += AT_A_TIME) {
      List<Scene> some = scenes.subList(from, Math.min(scenes.size(), from + AT_A_TIME));
      Engine.scoped(
          () -> {
            org.perdita.Tensor out = detector.predict(some);
            found.addAll(detector.find(some, out));
            lookedAt.accept(some, out);
          });
    }
    return found;
  }

  private CocoResult evaluated(List<Scene> images, List<Found> found) {
    return CocoEvaluator.evaluate(
        images.stream().map(Scene::id).toList(),
        IntStream.rangeClosed(1, scenes.classes().size()).boxed().toList(),
        images.stream().flatMap(scene -> scene.truth().stream()).toList(),
        found);
  }

  /** The first seed of each arm shows what it finds in the same test images. */
  private List<Picture> pictures(List<Found> found) {
    if (seed != 1) {
      return List.of();
    }
    List<Scene> some = scenes.test().subList(0, Math.min(PICTURED, scenes.test().size()));
    String caption =
        arm.name()
            + ": test images, found with a score of "
            + PICTURED_SCORE
            + " or more; dashed"
            + " white: what is there";
    return List.of(
        new Picture(
            caption, DetectionPicture.sheet(some, found, scenes.classes(), PICTURED_SCORE)));
  }
}
