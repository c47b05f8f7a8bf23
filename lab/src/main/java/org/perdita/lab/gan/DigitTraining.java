package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.Features;
import org.perdita.lab.metrics.FrechetDistance;
import org.perdita.lab.metrics.KernelDistance;
import org.perdita.lab.metrics.PrecisionRecall;
import org.perdita.lab.net.ImageCritic.Normalisation;

/**
 * A generator of digits, trained under one objective and looked at several times on the way.
 *
 * @param rate the learning rate of both networks
 * @param real where real images come from
 */
record DigitTraining(
    Condition condition,
    Arm arm,
    int seed,
    GanObjective objective,
    double rate,
    GanDigits.Numbers numbers,
    Real real)
    implements Training {

  static final String FRECHET = "Fréchet distance on LeNet features";
  static final String VALIDATION = "Fréchet distance to validation images";
  static final String KERNEL = "kernel distance on LeNet features";
  static final String PRECISION = "precision on LeNet features";
  static final String RECALL = "recall on LeNet features";
  private static final String FLOOR = "Fréchet distance of training from test images";
  private static final String ACCURACY = "accuracy of the feature network";
  private static final String PROGRESS = "Fréchet distance by generator step";
  private static final int NEIGHBOURS = 3;
  private static final int COLUMNS = 8;

  /**
   * Real images, apart from each other.
   *
   * @param train to learn from
   * @param validation for choosing
   * @param test for measuring
   * @param features what is seen in them
   */
  record Real(ImageSet train, ImageSet validation, ImageSet test, DigitFeatures features) {}

  /** How the numbers are to be read. */
  static List<Measure> measures(GanDigits.Numbers n) {
    String of =
        " between " + n.generated() + " generated and as many test images, " + DigitFeatures.name();
    return List.of(
        Measure.plain(FRECHET)
            .lowerIsBetter()
            .defined(
                "Of normal distributions fitted to the "
                    + DigitFeatures.name()
                    + " of "
                    + n.generated()
                    + " generated and as many test images. No FID: the network is not Inception."
                    + " Biased upwards by few samples, for all losses alike; "
                    + FLOOR
                    + " is what real images get."),
        Measure.plain(VALIDATION).lowerIsBetter().defined("The same with held-out images."),
        Measure.plain(FLOOR).lowerIsBetter().defined("The same for real images on both sides."),
        Measure.plain(KERNEL).lowerIsBetter().defined("Cubic kernel, unbiased," + of + "."),
        Measure.share(PRECISION)
            .defined("Share of generated images inside a ball of 3 neighbours of a test image."),
        Measure.share(RECALL)
            .defined("Share of test images inside a ball of 3 neighbours of a generated one."),
        Measure.share(ACCURACY).defined("On test images."),
        Measure.plain(PROGRESS)
            .lowerIsBetter()
            .over("generator step", n.steps() / (double) n.looks(), n.steps()));
  }

  @Override
  public int steps() {
    return numbers.steps();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    GanRecipe recipe = GanRecipe.adam(numbers.batchImages(), 1, rate, 0.5);
    Features test = real.features().of(real.test().toFloats());
    List<Double> distances = new ArrayList<>();
    float[] onTheWay = new float[numbers.looks() * COLUMNS * 28 * 28];
    float[] generated = new float[0];
    Optional<String> diverged = Optional.empty();
    try (ImageGame game =
        new ImageGame(
            objective, recipe, numbers.networks(), Normalisation.NONE, real.train(), seed)) {
      for (int look = 0; look < numbers.looks() && diverged.isEmpty(); look++) {
        int to = numbers.steps() * (look + 1) / numbers.looks();
        diverged = game.training().run(to, step -> progress.step());
        generated = game.generate(numbers.generated());
        if (finite(generated)) {
          distances.add(FrechetDistance.of(test, real.features().of(generated)));
        }
        int row = COLUMNS * 28 * 28;
        System.arraycopy(generated, 0, onTheWay, look * row, Math.min(row, generated.length));
      }
    }
    return new Outcome(
        finite(generated) ? metrics(test, generated) : Map.of(),
        Map.of(PROGRESS, distances),
        pictures(generated, onTheWay),
        diverged);
  }

  private Map<String, Double> metrics(Features test, float[] generated) {
    Features ours = real.features().of(generated);
    PrecisionRecall neighbours = PrecisionRecall.ofNeighbours(NEIGHBOURS, test, ours);
    Features validation = real.features().of(real.validation().toFloats());
    Features train = real.features().of(real.train().first(numbers.generated()).toFloats());
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(FRECHET, FrechetDistance.of(test, ours));
    metrics.put(VALIDATION, FrechetDistance.of(validation, ours));
    metrics.put(FLOOR, FrechetDistance.of(test, train));
    metrics.put(KERNEL, KernelDistance.of(test, ours));
    metrics.put(PRECISION, neighbours.precision());
    metrics.put(RECALL, neighbours.recall());
    metrics.put(ACCURACY, real.features().accuracy(real.test()));
    return metrics;
  }

  private List<Picture> pictures(float[] generated, float[] onTheWay) {
    if (seed != 1) {
      return List.of();
    }
    String after = "after " + numbers.steps() + " steps";
    return List.of(
        new Picture(after, ImageSheet.of(generated, COLUMNS, COLUMNS, 1)),
        new Picture(
            "the same noise over the training",
            ImageSheet.of(onTheWay, COLUMNS, numbers.looks(), 1)));
  }

  private static boolean finite(float[] images) {
    for (float pixel : images) {
      if (!Float.isFinite(pixel)) {
        return false;
      }
    }
    return images.length > 0;
  }
}
