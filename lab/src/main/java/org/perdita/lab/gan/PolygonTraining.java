package org.perdita.lab.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.data.TriangleManifold;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.PrecisionRecall;

/**
 * One sample of a random search: a generator of triangles, trained with settings drawn for it and
 * measured against the manifold.
 *
 * @param objective whose parameters are drawn
 * @param range from where the settings are drawn
 * @param seed the sample's number
 */
record PolygonTraining(
    Arm arm,
    GanObjective objective,
    StudyRange range,
    int seed,
    GanPolygons.Numbers numbers,
    TrainTest images,
    TriangleManifold manifold)
    implements Training {

  static final String F1 = "F1";
  static final String STUDY_F1 = "F1 at the study's distance";
  private static final String PRECISION = "precision";
  private static final String RECALL = "recall";
  private static final String PRECISION_CURVE = "precision by distance";
  private static final String RECALL_CURVE = "recall by distance";
  static final double STUDY_DISTANCE = 0.75;
  private static final double FARTHEST = 4;
  private static final int PLACES = 17;
  private static final int COLUMNS = 8;
  private static final int ROWS = 4;

  /** How the numbers are to be read. */
  static List<Measure> measures(GanPolygons.Numbers n) {
    String within = "within a distance of " + n.distance();
    return List.of(
        Measure.plain(F1)
            .bestOfSearch()
            .defined("Harmonic mean of precision and recall " + within + "."),
        Measure.plain(STUDY_F1)
            .bestOfSearch()
            .defined("The same within a distance of " + STUDY_DISTANCE + "."),
        Measure.share(PRECISION)
            .bestOfSearch()
            .defined("Share of generated pictures with a triangle " + within + "."),
        Measure.share(RECALL)
            .bestOfSearch()
            .defined(
                "Share of test triangles that the generator comes to "
                    + within
                    + ", by gradient descent on its noise."),
        Measure.share(PRECISION_CURVE).over("distance, in grey levels of 1", 0, FARTHEST),
        Measure.share(RECALL_CURVE).over("distance, in grey levels of 1", 0, FARTHEST));
  }

  @Override
  public Condition condition() {
    return new Condition(range.label(), range.place());
  }

  @Override
  public int steps() {
    return numbers.steps();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    StudyRange.Sample drawn =
        range.draw(objective, seed).times(numbers.rateTimes(), numbers.balanceTimes());
    GanRecipe recipe =
        GanRecipe.adam(
            numbers.batchImages(), drawn.criticSteps(), drawn.learningRate(), drawn.beta1());
    try (ImageGame game =
        new ImageGame(
            drawn.objective(),
            recipe,
            numbers.networks(),
            drawn.normalisation(),
            images.train(),
            seed)) {
      Optional<String> diverged = game.training().run(steps(), step -> progress.step());
      float[] generated = game.generate(numbers.generated());
      double[] off = manifold.distances(generated);
      double[] missed = missed(game);
      return new Outcome(
          metrics(drawn, off, missed),
          curves(off, missed),
          List.of(new Picture(drawn.toString(), ImageSheet.of(generated, COLUMNS, ROWS, 1))),
          diverged);
    }
  }

  /** How far the test triangles are from what the generator can make. */
  private double[] missed(ImageGame game) {
    ImageSet test = images.test().first(numbers.inverted());
    return numbers
        .inversion()
        .distances(game.generator(), numbers.networks().noise(), ImageGame.tensor(test), seed);
  }

  private Map<String, Double> metrics(StudyRange.Sample drawn, double[] off, double[] missed) {
    PrecisionRecall ours = PrecisionRecall.within(numbers.distance(), off, missed);
    Map<String, Double> metrics = new LinkedHashMap<>(drawn.numbers());
    metrics.put(F1, ours.f1());
    metrics.put(PRECISION, ours.precision());
    metrics.put(RECALL, ours.recall());
    metrics.put(STUDY_F1, PrecisionRecall.within(STUDY_DISTANCE, off, missed).f1());
    return metrics;
  }

  private static Map<String, List<Double>> curves(double[] off, double[] missed) {
    List<PrecisionRecall> byDistance =
        IntStream.range(0, PLACES)
            .mapToObj(i -> PrecisionRecall.within(FARTHEST * i / (PLACES - 1), off, missed))
            .toList();
    return Map.of(
        PRECISION_CURVE, byDistance.stream().map(PrecisionRecall::precision).toList(),
        RECALL_CURVE, byDistance.stream().map(PrecisionRecall::recall).toList());
  }
}
