package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.data.TriangleManifold;
import org.perdita.lab.data.Triangles;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.net.ImageNets;
import org.perdita.pytorch.Engine;

/**
 * Generators of triangles, tuned equally by a random search: does any loss dominate? A seed is one
 * sample of the search, so {@code --seeds} is the budget.
 */
public final class GanPolygons implements Experiment {
  private static final String BASELINE = "NS GAN";

  /** The median distance of a triangle blurred by a pixel; held by a test. */
  static final double NEAR = 2.33;

  /** 20 passes over 60,000 images in batches of 64. */
  private static final int STUDY_STEPS = 20 * 60_000 / 64;

  @Override
  public String name() {
    return "gan-polygons";
  }

  @Override
  public String data() {
    return "triangles drawn by the program; reads no files; --seeds is the budget of its search";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "With an equal budget for tuning, no loss consistently outperforms the non-saturating GAN.",
        "Lucic, Kurach, Michalski, Gelly, Bousquet: Are GANs Created Equal? A Large-Scale Study,"
            + " NeurIPS 2018, arXiv 1711.10337, abstract and the section on precision and recall",
        "28 × 28 triangles, 60,000 of them for 20 epochs, InfoGAN's networks, 100 samples of wide"
            + " and 50 of narrow ranges",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("as many as the steps below can look at several times") int trainImages,
      @Because("half the study's, so that there are more steps in the time") int batchImages,
      @Because(
              "of the generator; long enough at this size that the best settings make triangles and"
                  + " the others do not")
          int steps,
      @Because(
              "full layers cost a quarter of small convolutions, and start at the mean ink of a"
                  + " triangle; at paper scale the study's")
          ImageNets networks,
      @Because("pictures whose distance to the nearest triangle is measured") int generated,
      @Because("test triangles that the generator is asked for") int inverted,
      @Because(
              "how the generator is asked: by Adam from the nearest of a pool, because most"
                  + " searches from a random start end elsewhere")
          Inversion inversion,
      @Because(
              "what counts as near: the median distance of a test triangle blurred by a Gaussian of"
                  + " one pixel's deviation; an empty picture is 2.87 from the nearest triangle; the"
                  + " study's is 0.75, for longer trainings")
          double distance,
      @Because("what the study's learning rates are multiplied by: fewer steps") double rateTimes) {

    static Numbers of(Request request) {
      double ink = 0.13;
      ImageNets small = new ImageNets.Full(8, 64, 128, 16, ink);
      if (request.tiny()) {
        ImageNets tiny = new ImageNets.Full(4, 16, 32, 8, ink);
        return new Numbers(100, 8, 20, tiny, 12, 6, new Inversion(20, 5, 0.05), NEAR, 4);
      }
      return switch (request.scale()) {
        case QUICK ->
            new Numbers(4000, 32, 850, small, 100, 100, new Inversion(500, 60, 0.05), NEAR, 5);
        case FULL ->
            new Numbers(20_000, 32, 1000, small, 150, 150, new Inversion(1000, 150, 0.05), NEAR, 4);
        case PAPER ->
            new Numbers(
                60_000,
                64,
                STUDY_STEPS,
                ImageNets.Convolutions.ofTheStudy(),
                1000,
                1000,
                new Inversion(10_000, 1000, 0.05),
                PolygonTraining.STUDY_DISTANCE,
                1);
      };
    }

    /**
     * What the study's λ of BEGAN is multiplied by: as often as there are fewer steps; else k would
     * not leave 0 before the end.
     */
    double balanceTimes() {
      return (double) STUDY_STEPS / steps;
    }
  }

  /**
   * Samples of the search for each loss and range; no setting, as more may be added to a search.
   */
  private static int budget(Request request) {
    int byScale =
        request.tiny()
            ? 3
            : switch (request.scale()) {
              case QUICK -> 3;
              case FULL -> 6;
              case PAPER -> 100;
            };
    return request.seedCount().orElse(byScale);
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean both = !request.tiny() && request.scale() != Scale.QUICK;
    List<StudyRange> ranges =
        both ? List.of(StudyRange.NARROW, StudyRange.WIDE) : List.of(StudyRange.NARROW);
    TrainTest images = Triangles.draw(n.trainImages(), n.inverted(), 1);
    TriangleManifold manifold = new TriangleManifold();
    List<GanObjective> objectives = GanObjective.ofTheStudy();
    List<Arm> arms = objectives.stream().map(GanObjective::arm).toList();
    List<Training> trainings = new ArrayList<>();
    for (int sample = 1; sample <= budget(request); sample++) {
      for (StudyRange range : ranges) {
        for (GanObjective objective : objectives) {
          trainings.add(
              new PolygonTraining(objective.arm(), objective, range, sample, n, images, manifold));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
            this,
            request,
            "drawn triangles",
            n,
            ranges.stream().map(r -> new Condition(r.label(), r.place())).toList(),
            arms,
            PolygonTraining.measures(n),
            comparisons(ranges, arms),
            differs(request, n));
    return new Plan(protocol, trainings);
  }

  private static List<Comparison> comparisons(List<StudyRange> ranges, List<Arm> arms) {
    List<Comparison> comparisons = new ArrayList<>();
    for (StudyRange range : ranges) {
      for (Arm arm : arms) {
        if (!arm.group().equals(BASELINE)) {
          comparisons.add(
              new Comparison(
                  "The non-saturating GAN's best F1 is above that of "
                      + arm.group()
                      + ": "
                      + range.label()
                      + ".",
                  PolygonTraining.F1,
                  range.label(),
                  arm.group(),
                  BASELINE));
        }
      }
    }
    return comparisons;
  }

  private static List<String> differs(Request request, Numbers n) {
    List<String> differs = new ArrayList<>();
    if (!(n.networks() instanceof ImageNets.Convolutions)) {
      differs.add(
          "full layers and " + n.steps() + " steps instead of InfoGAN's networks and 20 epochs");
      differs.add("a budget of " + budget(request) + " samples");
      differs.add(
          String.format(
              Locale.ROOT,
              "learning rates %.3g and BEGAN's λ %.3g times as high",
              n.rateTimes(),
              n.balanceTimes()));
      differs.add("within a distance of " + n.distance() + " instead of 0.75");
    }
    differs.add("the measures are ours, after the paper's description");
    differs.add("least squares on raw scores, BEGAN's balance clipped");
    return differs;
  }
}
