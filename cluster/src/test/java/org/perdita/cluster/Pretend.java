package org.perdita.cluster;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;

/** An experiment that trains nothing; its arms end in different ways. */
final class Pretend implements Experiment {
  private static final Condition ONLY = new Condition("as is", 0);

  /** Is measured. */
  static final String SOUND = "sound";

  /** Stops early, as a result like any other. */
  static final String DIVERGING = "diverging";

  /** Throws. */
  static final String FAILING = "failing";

  /** Takes an hour. */
  static final String ENDLESS = "endless";

  private final String name;
  private final List<String> arms;

  Pretend(String name, String... arms) {
    this.name = name;
    this.arms = List.of(arms);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Claim claim() {
    return new Claim("Something.", "Nobody 2000", "none", List.of());
  }

  @Override
  public String data() {
    return "nothing";
  }

  @Override
  public String engine() {
    return "none 1.0";
  }

  /** The data's only file, if there is data, is a number that is measured too. */
  @Override
  public Plan plan(Request request) {
    String data = request.data().map(folder -> text(folder.resolve("deep/number"))).orElse("0");
    Protocol protocol =
        new Protocol(
            name,
            "tiny",
            data(),
            claim(),
            Map.of("steps", 3),
            Map.of(),
            List.of(ONLY),
            arms.stream().map(Pretend::arm).toList(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (String arm : arms) {
        trainings.add(new Pretence(arm(arm), seed, Double.parseDouble(data)));
      }
    }
    return new Plan(protocol, trainings);
  }

  private static Arm arm(String name) {
    return new Arm(name, name + "[]", name);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Pretence(Arm arm, int seed, double data) implements Training {
    @Override
    public Condition condition() {
      return ONLY;
    }

    @Override
    public int steps() {
      return 3;
    }

    @Override
    public Outcome run(Progress progress) throws InterruptedException {
      for (int step = 0; step < steps(); step++) {
        progress.step();
      }
      switch (arm.name()) {
        case FAILING -> throw new IllegalStateException("out of luck\nsecond line");
        case ENDLESS -> Thread.sleep(3_600_000);
        default -> {}
      }
      BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
      image.setRGB(1, 0, 0xff8040);
      return new Outcome(
          Map.of("data", data, "accuracy", 1.0 / seed, "nothing", Double.NaN),
          Map.of("loss", List.of(1.0, 1.0 / 3)),
          List.of(new Outcome.Picture("two pixels", image)),
          arm.name().equals(DIVERGING) ? Optional.of("step 2: infinite loss") : Optional.empty());
    }
  }
}
