package org.perdita.lab.pictures;

import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Measure.Unit;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.features.FeatureNetworks;
import org.perdita.lab.features.PerceptualObjective;
import org.perdita.lab.features.PerceptualObjective.Targets;
import org.perdita.lab.image.Palette;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.net.ImageTransformer;
import org.perdita.perceptual.Image;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/**
 * Puts test pictures into the manner of a style, by optimising their pixels or by a network trained
 * to do it in one pass, and measures the one objective that both lower.
 *
 * @param way how
 * @param recipe with which numbers
 * @param style the picture whose manner is wanted
 * @param source what to train on, and what to change
 * @param eyes where the feature network is from
 */
record StyleTraining(
    Condition condition,
    Arm arm,
    int seed,
    Way way,
    Recipe recipe,
    Image style,
    PictureSet.Source source,
    Optional<Path> eyes)
    implements Training {

  static final String OBJECTIVE = "objective";
  static final String SECONDS = "seconds a picture";
  static final String TIMES = "times faster than 500 iterations of L-BFGS";
  static final String WORTH = "iterations of L-BFGS it is worth";
  static final String LOSS = "training objective";
  static final String BY_PICTURE = "objective by test picture";
  static final String ITERATIONS = "objective by iteration";

  static final List<Measure> MEASURES =
      List.of(
          Measure.plain(OBJECTIVE)
              .lowerIsBetter()
              .defined(
                  "Content and style terms, each over what it would be for features of 0, and total"
                      + " variation, of pictures cut to [0, 1] and rounded to bytes; mean over the"
                      + " test pictures."),
          Measure.plain(SECONDS)
              .in(Unit.SECONDS)
              .lowerIsBetter()
              .defined("Of one thread's processor time; the training of the network not counted."),
          Measure.plain(TIMES)
              .defined(
                  "500 times the time of one iteration, which is measured beside it, over the time"
                      + " of one pass."),
          Measure.plain(WORTH)
              .defined(
                  "After so many the pixels' objective is as low as after one pass, or the arm's"
                      + " number of iterations if it never is; mean over the test pictures."),
          Measure.plain(LOSS).lowerIsBetter().over("share of the steps", 0.05, 1),
          Measure.plain(ITERATIONS).lowerIsBetter().over("share of the iterations", 0, 1),
          Measure.plain(BY_PICTURE).lowerIsBetter().over("test picture", 1, 2));

  /** How the picture is changed. */
  enum Way {
    /** It gets the style's colours, with which optimisation starts. */
    COLOURS,
    /** Its pixels are optimised, with Adam. */
    ADAM,
    /** Its pixels are optimised, with L-BFGS. */
    LBFGS,
    /** A network does it in one pass. */
    FEED_FORWARD
  }

  /**
   * With which numbers.
   *
   * @param pictures that each seed changes
   * @param iterations of the optimisation of pixels
   * @param steps of the network's training
   * @param batch pictures a step
   * @param side of the training squares
   * @param width channels of the network's first layer
   * @param blocks residual blocks
   * @param learningRate Adam's for the network; it falls to a tenth
   * @param strength how much the style counts beside the content
   * @param variation the weight of total variation
   */
  record Recipe(
      int pictures,
      int iterations,
      int steps,
      int batch,
      int side,
      int width,
      int blocks,
      double learningRate,
      double strength,
      double variation) {}

  private static final long BATCHES = 709;
  private static final int POINTS = 20;
  private static final int TIMED = 5;

  @Override
  public int steps() {
    return switch (way) {
      case COLOURS -> 1;
      case ADAM, LBFGS -> contents().size() * recipe.iterations();
      case FEED_FORWARD -> recipe.steps();
    };
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    try (Engine.Scope run = Engine.scope();
        FeatureNetworks.Loaded loaded = FeatureNetworks.loadOrOwn(eyes)) {
      Tensor wanted = EngineImages.of(style);
      // The same for every seed and way: what a batch of contents is like.
      Tensor sample = EngineImages.of(source.get().batch(4, recipe.side(), Draw.of(0, BATCHES)));
      PerceptualObjective objective =
          StyleObjective.of(
              loaded.network(), sample, wanted, recipe.strength(), recipe.variation());
      Targets styled = objective.targets(wanted, wanted); // each content replaces the first
      return switch (way) {
        case COLOURS -> {
          progress.step();
          List<Image> starts = contents().stream().map(this::start).toList();
          yield outcome(objectives(objective, styled, starts), starts, Map.of(), Map.of());
        }
        case ADAM -> optimised(objective, styled, Canvas.Method.ADAM, progress);
        case LBFGS -> optimised(objective, styled, Canvas.Method.LBFGS, progress);
        case FEED_FORWARD -> trained(objective, styled, progress);
      };
    }
  }

  private Outcome optimised(
      PerceptualObjective objective, Targets styled, Canvas.Method method, Progress progress)
      throws InterruptedException {
    List<Image> made = new ArrayList<>();
    double[] byIteration = new double[recipe.iterations()];
    double seconds = 0;
    for (Image content : contents()) {
      Engine.Scope scope = Engine.scope();
      try (scope) {
        Targets targets = objective.targets(EngineImages.of(content), styled);
        Canvas canvas = new Canvas(EngineImages.of(start(content)), objective, targets, method);
        try {
          double before = processorSeconds();
          for (int i = 0; i < recipe.iterations(); i++) {
            byIteration[i] += canvas.step().total() / contents().size();
            progress.step();
          }
          seconds += processorSeconds() - before;
          made.add(canvas.picture());
        } finally {
          canvas.end();
        }
      }
    }
    List<Double> curve =
        IntStream.range(0, byIteration.length).mapToObj(i -> byIteration[i]).toList();
    return outcome(
        objectives(objective, styled, made),
        made,
        Map.of(SECONDS, seconds / made.size()),
        Map.of(ITERATIONS, curve));
  }

  private Outcome trained(PerceptualObjective objective, Targets styled, Progress progress)
      throws InterruptedException {
    try (ImageTransformer net = new ImageTransformer(seed, recipe.width(), recipe.blocks());
        Optimizer optimizer = Optimizer.adam(net, recipe.learningRate(), 0.9, 0.999)) {
      List<Double> curve = new ArrayList<>();
      double sum = 0;
      int every = Math.max(1, recipe.steps() / POINTS);
      for (int step = 0; step < recipe.steps(); step++) {
        double done = (double) step / recipe.steps();
        optimizer.learningRate(recipe.learningRate() * Math.pow(0.1, done));
        Image batch =
            source.get().batch(recipe.batch(), recipe.side(), Draw.of(seed, BATCHES, step));
        sum +=
            optimizer.step(
                () -> {
                  Tensor contents = EngineImages.of(batch);
                  Targets targets = objective.targets(contents, styled);
                  return objective.backward(net.forward(contents), targets).total();
                });
        if ((step + 1) % every == 0) {
          curve.add(sum / every);
          sum = 0;
        }
        progress.step();
      }
      List<Image> made = new ArrayList<>();
      double seconds = 0;
      for (Image content : contents()) {
        pass(net, content); // the first of a size is slower
        double before = processorSeconds();
        for (int i = 0; i < TIMED; i++) {
          pass(net, content);
        }
        seconds += (processorSeconds() - before) / TIMED;
        made.add(pass(net, content));
      }
      double once = seconds / made.size();
      List<Double> each = objectives(objective, styled, made);
      Worth worth = worth(objective, styled, each);
      return outcome(
          each,
          made,
          Map.of(SECONDS, once, TIMES, 500 * worth.seconds() / once, WORTH, worth.iterations()),
          Map.of(LOSS, curve));
    }
  }

  private Image pass(ImageTransformer net, Image content) {
    return Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            return EngineImages.saved(net.forward(EngineImages.of(content)));
          }
        });
  }

  /** The pictures that this seed changes: each seed others, as far as there are enough. */
  private List<Image> contents() {
    List<Image> all = source.get().test();
    int n = Math.min(recipe.pictures(), all.size());
    return IntStream.range(0, n).mapToObj(i -> all.get(((seed - 1) * n + i) % all.size())).toList();
  }

  /** Where optimisation starts: the content with the style's colours. */
  private Image start(Image content) {
    return Palette.matched(content, style);
  }

  /** How many iterations of L-BFGS reach an objective, and what one costs. */
  private record Worth(double iterations, double seconds) {}

  private Worth worth(PerceptualObjective objective, Targets styled, List<Double> reached) {
    double iterations = 0;
    int run = 0;
    double seconds = 0;
    for (int i = 0; i < reached.size(); i++) {
      Image content = contents().get(i);
      Engine.Scope scope = Engine.scope();
      try (scope) {
        Targets targets = objective.targets(EngineImages.of(content), styled);
        Tensor start = EngineImages.of(start(content));
        Canvas canvas = new Canvas(start, objective, targets, Canvas.Method.LBFGS);
        try {
          int n = 0;
          double began = processorSeconds();
          while (n < recipe.iterations() && canvas.step().total() > reached.get(i)) {
            n++;
          }
          seconds += processorSeconds() - began;
          iterations += n;
          run += Math.min(n + 1, recipe.iterations());
        } finally {
          canvas.end();
        }
      }
    }
    return new Worth(iterations / reached.size(), seconds / run);
  }

  private static double processorSeconds() {
    return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The objective of each picture as it would be saved. */
  private List<Double> objectives(PerceptualObjective objective, Targets styled, List<Image> made) {
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < made.size(); i++) {
      Image content = contents().get(i);
      Image picture = made.get(i);
      each.add(
          Engine.scoped(
              () -> {
                Targets targets = objective.targets(EngineImages.of(content), styled);
                Tensor pixels = EngineImages.of(picture).requires_grad_(true);
                return objective.backward(pixels, targets).total();
              }));
    }
    return each;
  }

  private Outcome outcome(
      List<Double> each,
      List<Image> made,
      Map<String, Double> more,
      Map<String, List<Double>> curves) {
    Map<String, Double> metrics = new LinkedHashMap<>(more);
    metrics.put(OBJECTIVE, each.stream().mapToDouble(Double::doubleValue).average().orElse(0));
    Map<String, List<Double>> all = new LinkedHashMap<>(curves);
    all.put(BY_PICTURE, each);
    return new Outcome(metrics, all, pictures(made, metrics), Optional.empty());
  }

  private List<Picture> pictures(List<Image> made, Map<String, Double> metrics) {
    if (seed != 1) {
      return List.of();
    }
    List<Picture> all = new ArrayList<>();
    if (way == Way.COLOURS) {
      List<List<BufferedImage>> before =
          contents().stream().limit(3).map(image -> List.of(Pictures.of(image))).toList();
      all.add(new Picture("the style", Pictures.of(style)));
      all.add(new Picture("the contents", Pictures.grid(before)));
    }
    List<List<BufferedImage>> rows =
        made.stream().limit(3).map(image -> List.of(Pictures.of(image))).toList();
    String caption =
        String.format(Locale.ROOT, "%s: objective %.3f", arm.name(), metrics.get(OBJECTIVE));
    all.add(new Picture(caption, Pictures.grid(rows)));
    return all;
  }
}
