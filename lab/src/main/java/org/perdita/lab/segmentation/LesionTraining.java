package org.perdita.lab.segmentation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scan;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.Overlap;
import org.perdita.lab.metrics.SurfaceDistances;
import org.perdita.lab.metrics.SurfaceDistances.Percentile;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Trains a segmentation network on slices and measures it on whole volumes.
 *
 * @param split which scans
 * @param recipe how to train
 * @param network makes the network of a seed
 * @param objective what is lowered
 */
record LesionTraining(
    Condition condition,
    Arm arm,
    int seed,
    Split split,
    Recipe recipe,
    LongFunction<Net> network,
    Objective objective)
    implements Training {

  static final String DICE = "Dice";
  static final String HAUSDORFF = "Hausdorff distance";
  static final String HD95 = "HD95, larger direction";
  static final String HD95_POOLED = "HD95, pooled";
  static final String SURFACE = "average surface distance";
  static final String NSD = "surface Dice at 1 mm";
  static final String FAILURES = "volumes without a mask";
  static final String VALIDATION = "validation Dice";
  static final String TRAINING_LOSS = "training loss";

  private static final double TOLERANCE_MM = 1;
  private static final long BATCHES = 1;

  /**
   * The scans of a training.
   *
   * @param train to learn from
   * @param validation for choosing, and for the curve
   * @param test for measuring
   */
  record Split(List<Scan> train, List<Scan> validation, List<Scan> test) {
    /** The lesions' share of the voxels trained on, between 1e-4 and one half. */
    double lesionShare() {
      double mean = train.stream().mapToDouble(Scan::share).average().orElse(0);
      return Math.max(1e-4, Math.min(0.5, mean));
    }
  }

  /**
   * How to train.
   *
   * @param steps of an epoch
   * @param batch slices a step
   * @param lesions how many of them show a lesion for certain
   * @param learningRate Adam's; a fifth of it in the last third of the epochs
   * @param neighbours slices on either side that the network sees too
   * @param crop pixels a side that it is shown at a time in training
   */
  record Recipe(
      int epochs,
      int steps,
      int batch,
      int lesions,
      double learningRate,
      int neighbours,
      int crop) {
    double rate(int epoch) {
      return 3 * epoch < 2 * epochs ? learningRate : learningRate / 5;
    }
  }

  @Override
  public int steps() {
    return recipe.epochs() * recipe.steps();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    try (Engine.Scope run = Engine.scope();
        Net net = network.apply(seed)) {
      return train(net, progress);
    }
  }

  /** Trains {@code net}, which is the caller's to close. */
  Outcome train(Net net, Progress progress) throws InterruptedException {
    Slices slices = new Slices(split.train(), recipe.neighbours(), recipe.crop());
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    curves.put(TRAINING_LOSS, new ArrayList<>());
    curves.put(VALIDATION, new ArrayList<>());
    Optional<String> diverged = Optional.empty();
    try (Optimizer optimizer = Optimizer.adam(net, recipe.learningRate(), 0.9, 0.999)) {
      for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
        optimizer.learningRate(recipe.rate(epoch));
        Draw draw = Draw.of(seed, BATCHES, epoch);
        double sum = 0;
        for (Slices.Drawn batch :
            slices.epoch(recipe.steps(), recipe.batch(), recipe.lesions(), draw)) {
          sum += step(net, optimizer, batch, epoch);
          progress.step();
        }
        curves.get(TRAINING_LOSS).add(sum / recipe.steps());
        curves.get(VALIDATION).add(dice(net, split.validation()));
      }
    } catch (DivergedException e) {
      diverged = Optional.of(String.valueOf(e.getMessage()));
    }
    List<int[]> masks =
        split.test().stream().map(scan -> Masks.of(net, scan, recipe.neighbours())).toList();
    Map<String, Double> metrics = measure(masks);
    metrics.put(VALIDATION, dice(net, split.validation()));
    return new Outcome(metrics, curves, pictures(masks), diverged);
  }

  private double step(Net net, Optimizer optimizer, Slices.Drawn batch, int epoch) {
    return optimizer.step(
        () -> {
          Tensor logits = net.forward(batch.images());
          org.perdita.Tensor x = EngineTensors.view(logits);
          org.perdita.Tensor gradient = org.perdita.Tensor.zeros(x.shape());
          double value = objective.evaluate(x, batch.labels(), batch.maps(), epoch, gradient);
          BackwardPass pass = new BackwardPass();
          pass.add(logits, gradient);
          pass.run();
          return value;
        });
  }

  private double dice(Net net, List<Scan> scans) {
    double sum = 0;
    for (Scan scan : scans) {
      sum += Overlap.of(Masks.of(net, scan, recipe.neighbours()), scan.mask()).dice();
    }
    return sum / scans.size();
  }

  /** Means over the test volumes. */
  private Map<String, Double> measure(List<int[]> masks) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = 0; i < masks.size(); i++) {
      Scan scan = split.test().get(i);
      int[] mask = masks.get(i);
      SurfaceDistances d = SurfaceDistances.of(mask, scan.mask(), scan.shape(), scan.spacing());
      add(sums, DICE, Overlap.of(mask, scan.mask()).dice());
      add(sums, HAUSDORFF, d.hausdorff());
      add(sums, HD95, d.hausdorff95(Percentile.LARGER_DIRECTION));
      add(sums, HD95_POOLED, d.hausdorff95(Percentile.POOLED));
      add(sums, SURFACE, d.average());
      add(sums, NSD, d.normalisedSurfaceDice(TOLERANCE_MM));
      add(sums, FAILURES, d.failed() ? 1 : 0);
    }
    sums.replaceAll((name, sum) -> name.equals(FAILURES) ? sum : sum / masks.size());
    return sums;
  }

  private static void add(Map<String, Double> sums, String name, double value) {
    sums.merge(name, value, Double::sum);
  }

  private List<Picture> pictures(List<int[]> masks) {
    if (seed != 1) {
      return List.of();
    }
    return List.of(
        new Picture(
            arm.name() + ": test slices with the true outline in blue, the predicted one in orange",
            Contours.of(split.test(), masks)));
  }
}
