package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.perdita.lab.experiment.Settings;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.net.ImageNets;
import org.perdita.pytorch.Engine;

/**
 * Generators of triangles, tuned equally by a random search: does any loss dominate? A seed is one
 * sample of the search, so {@code --seeds} is the budget.
 */
public final class GanPolygons implements Experiment {
  private static final String BASELINE = "NS GAN";

  @Override
  public String name() {
    return "gan-polygons";
  }

  @Override
  public String data() {
    return "triangles drawn by the program; reads no files, and a search is its tuning";
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
      @Because("samples of the search for each loss and range; --seeds is another budget")
          int budget,
      @Because("as many as the steps below can look at several times") int trainImages,
      @Because("half the study's, so that there are more steps in the time") int batchImages,
      @Because(
              "of the generator; long enough at this size that the best settings make triangles and"
                  + " the others do not")
          int steps,
      @Because("full layers cost a quarter of small convolutions; at paper scale the study's")
          ImageNets networks,
      @Because("pictures whose distance to the nearest triangle is measured") int generated,
      @Because("test triangles that the generator is asked for") int inverted,
      @Because(
              "how the generator is asked: by Adam from the nearest of a pool, because most"
                  + " searches from a random start end elsewhere")
          Inversion inversion,
      @Because(
              "what counts as near: an empty picture is 2.9 from the nearest triangle, one blurred"
                  + " over 3 × 3 pixels 2.2; the study's is 0.75, for longer trainings")
          double distance,
      @Because("what the study's learning rates and BEGAN's λ are multiplied by: fewer steps")
          double rateTimes) {

    static Numbers of(Request request) {
      ImageNets small = new ImageNets.Full(8, 64, 128, 16);
      if (request.tiny()) {
        ImageNets tiny = new ImageNets.Full(4, 16, 32, 8);
        return new Numbers(3, 100, 8, 20, tiny, 12, 6, new Inversion(20, 5, 0.05), 2.75, 5);
      }
      return switch (request.scale()) {
        case QUICK ->
            new Numbers(3, 4000, 32, 1000, small, 60, 60, new Inversion(500, 60, 0.05), 2.75, 5);
        case FULL ->
            new Numbers(
                8, 20_000, 32, 2500, small, 200, 200, new Inversion(1000, 200, 0.05), 1.5, 3);
        case PAPER ->
            new Numbers(
                100,
                60_000,
                64,
                20 * 60_000 / 64,
                ImageNets.Convolutions.ofTheStudy(),
                1000,
                1000,
                new Inversion(10_000, 1000, 0.05),
                0.75,
                1);
      };
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean both = !request.tiny() && request.scale() != Scale.QUICK;
    List<StudyRange> ranges =
        both ? List.of(StudyRange.NARROW, StudyRange.WIDE) : List.of(StudyRange.NARROW);
    TrainTest images = Triangles.draw(n.trainImages(), n.inverted(), 1);
    TriangleManifold manifold = new TriangleManifold();
    List<Arm> arms = new ArrayList<>();
    List<Training> trainings = new ArrayList<>();
    for (GanObjective objective : GanObjective.ofTheStudy()) {
      arms.add(new Arm(objective.name(), objective.formula(), objective.name()));
    }
    for (int sample = 1; sample <= request.seedCount().orElse(n.budget()); sample++) {
      for (StudyRange range : ranges) {
        for (int i = 0; i < arms.size(); i++) {
          GanObjective objective = GanObjective.ofTheStudy().get(i);
          trainings.add(
              new PolygonTraining(arms.get(i), objective, range, sample, n, images, manifold));
        }
      }
    }
    Protocol protocol =
        new Protocol(
            name(),
            request.tiny() ? "tiny" : request.scale().toString(),
            "drawn triangles",
            claim(),
            Settings.values(n),
            Settings.reasons(Numbers.class),
            ranges.stream().map(r -> new Condition(r.label(), r.place())).toList(),
            arms,
            Optional.empty(),
            PolygonTraining.measures(n),
            comparisons(ranges, arms),
            Optional.of(differs(request, n)));
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

  private static String differs(Request request, Numbers n) {
    List<String> differs = new ArrayList<>();
    if (!(n.networks() instanceof ImageNets.Convolutions)) {
      differs.add(
          "full layers and " + n.steps() + " steps instead of InfoGAN's networks and 20 epochs");
      differs.add("a budget of " + request.seedCount().orElse(n.budget()) + " samples");
      differs.add("learning rates and BEGAN's λ " + n.rateTimes() + " times as high");
      differs.add("within a distance of " + n.distance() + " instead of 0.75");
    }
    differs.add("the measures are ours, after the paper's description");
    differs.add("least squares on raw scores, BEGAN's balance clipped");
    return String.join("; ", differs);
  }
}
