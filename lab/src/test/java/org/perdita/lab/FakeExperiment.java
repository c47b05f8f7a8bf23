package org.perdita.lab;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;

/** An experiment that trains nothing: its numbers follow from arm, condition and seed. */
public class FakeExperiment implements Experiment {

  /** What a training does at each step; the number of steps taken by all of them so far. */
  public interface Step {
    void take(Training training, int taken) throws InterruptedException;
  }

  private final String name;
  private final Map<String, Object> settings;
  private final Step step;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger run = new AtomicInteger();

  public FakeExperiment(String name, Map<String, Object> settings, Step step) {
    this.name = name;
    this.settings = new LinkedHashMap<>(settings);
    this.step = step;
  }

  public FakeExperiment(String name, Step step) {
    this(name, Map.of("learning rate", 0.1, "epochs", 5), step);
  }

  public FakeExperiment(String name) {
    this(name, (training, taken) -> {});
  }

  /** How many trainings were begun. */
  public int begun() {
    return run.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Claim claim() {
    return new Claim(
        "Stout beats thin.",
        "Nobody, Nowhere 2000, Table 0",
        "none",
        List.of(new Claim.Published("noise 0.2", "stout", "accuracy", 0.7, false)));
  }

  @Override
  public String data() {
    return "made-up numbers";
  }

  @Override
  public String engine() {
    return "none 1.0";
  }

  @Override
  public Plan plan(Request request) {
    if (request.data().isPresent()) {
      throw new Refusal(name + " reads no data");
    }
    List<Condition> conditions =
        List.of(new Condition("noise 0.0", 0), new Condition("noise 0.2", 0.2));
    List<Arm> arms =
        List.of(new Arm("thin", "Thin[]", "thin"), new Arm("stout", "Stout[]", "stout"));
    Protocol protocol =
        new Protocol(
            name,
            request.tiny() ? "tiny" : request.scale().toString(),
            data(),
            claim(),
            settings,
            Map.of("epochs", "enough for nothing"),
            conditions,
            arms,
            Optional.empty(),
            List.of(Measure.share("accuracy")),
            List.of(new Comparison("stout beats thin", "accuracy", "noise 0.2", "thin", "stout")),
            Optional.empty());
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Condition condition : conditions) {
        for (Arm arm : arms) {
          trainings.add(new Fake(condition, arm, seed));
        }
      }
    }
    return new Plan(protocol, trainings);
  }

  private final class Fake implements Training {
    private final Condition condition;
    private final Arm arm;
    private final int seed;

    Fake(Condition condition, Arm arm, int seed) {
      this.condition = condition;
      this.arm = arm;
      this.seed = seed;
    }

    @Override
    public Condition condition() {
      return condition;
    }

    @Override
    public Arm arm() {
      return arm;
    }

    @Override
    public int seed() {
      return seed;
    }

    @Override
    public int steps() {
      return 3;
    }

    @Override
    public Outcome run(Progress progress) throws InterruptedException {
      run.incrementAndGet();
      for (int i = 0; i < steps(); i++) {
        step.take(this, taken.incrementAndGet());
        progress.step();
      }
      double accuracy = (arm.name().equals("stout") ? 0.9 : 0.8) - condition.x() + seed * 1e-3;
      return new Outcome(
          Map.of("accuracy", accuracy, "nothing", Double.NaN),
          Map.of("loss", List.of(1.0, 0.5, 0.25)),
          List.of(
              new Outcome.Picture("grey", new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY))),
          Optional.empty());
    }
  }
}
