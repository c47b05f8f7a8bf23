package org.perdita.lab.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.ResultLine.PictureFile;
import org.perdita.lab.experiment.ResultLine.Provenance;
import org.perdita.lab.run.ResultStore;

/** Made-up results, in the form in which the lab keeps real ones. Nothing in them was trained. */
final class FakeResults {
  static final String SCRIPT = "<script>alert('caption')</script>";

  private static final Provenance NOWHERE =
      new Provenance(
          "0000000", "17.0.0", "no processor, 0 cores", "nothing 0", "2000-01-01T00:00:00Z", 12.5);

  private static final List<Measure> MEASURES =
      List.of(Measure.share("accuracy"), Measure.share("test accuracy"));

  private FakeResults() {}

  /** Two experiments: one over numeric conditions, one over named ones, with pictures. */
  static void write(Path out) {
    digits(new ResultStore(out), 5);
    rings(new ResultStore(out), out);
  }

  /** Accuracy over label noise, three losses; one training diverged. */
  static void digits(ResultStore store, int seeds) {
    List<Arm> arms =
        List.of(
            new Arm("logistic", "CrossEntropyLoss[]", "logistic"),
            new Arm("bi-tempered (0.5, 4.0)", "BiTemperedLoss[t1=0.5, t2=4.0]", "bi-tempered"),
            new Arm("focal", "SoftmaxFocalLoss[gamma=2.0]", "focal"));
    List<Condition> conditions =
        List.of(
            new Condition("no noise", 0),
            new Condition("20 % noise", 0.2),
            new Condition("40 % noise", 0.4));
    Protocol protocol =
        new Protocol(
            "fake-digits",
            "quick",
            "made-up digits",
            new Claim(
                "An invented loss beats another one where labels are wrong.",
                "Nobody et al., \"Nothing\", Nowhere 2000, Table 0",
                "60,000 invented images, no epochs",
                List.of(
                    new Published("no noise", "logistic", "accuracy", 0.994, true),
                    new Published("40 % noise", "logistic", "accuracy", 0.9764, false),
                    new Published("40 % noise", "bi-tempered", "accuracy", 0.9856, false),
                    new Published("50 % noise", "bi-tempered", "accuracy", 0.9769, false))),
            settings(),
            Map.of("batch", "small enough for the invented machine"),
            conditions,
            arms,
            Optional.empty(),
            MEASURES,
            List.of(
                new Comparison(
                    "Bi-tempered beats logistic at 40 % noise.",
                    "accuracy", "40 % noise", "logistic", "bi-tempered"),
                new Comparison(
                    "Focal beats logistic at 40 % noise.",
                    "accuracy", "40 % noise", "logistic", "focal")),
            Optional.of("made-up digits instead of other made-up digits"));
    store.begin(protocol);
    for (Condition condition : conditions) {
      for (int a = 0; a < arms.size(); a++) {
        for (int seed = 1; seed <= seeds; seed++) {
          double accuracy = 0.99 - condition.x() * (a == 1 ? 0.05 : 0.2) + 0.001 * seed;
          boolean diverged = a == 2 && seed == 2 && condition.x() == 0.4;
          store.append(
              protocol,
              line(
                  protocol,
                  condition,
                  arms.get(a),
                  seed,
                  diverged ? Map.of() : Map.of("accuracy", accuracy, "seconds per epoch", 0.25),
                  Map.of("train loss", curve(2.3, a, seed), "test accuracy", curve(-0.9, a, seed)),
                  List.of(),
                  diverged ? Optional.of("loss was NaN at step 12") : Optional.empty()));
        }
      }
    }
  }

  /** Named conditions, two arms of one loss, pictures; in the published setting. */
  static void rings(ResultStore store, Path out) {
    List<Arm> arms =
        List.of(
            new Arm("logistic", "BinaryCrossEntropyLoss[]", "logistic"),
            new Arm("bi-tempered", "BinaryBiTemperedLoss[t1=0.2, t2=4.0]", "bi-tempered"));
    List<Condition> conditions =
        List.of(
            new Condition("no noise", 0),
            new Condition("small margin 10 %", 1),
            new Condition("random 40 %", 2));
    Protocol protocol =
        new Protocol(
            "fake-rings",
            "full",
            "made-up rings",
            new Claim("Invented rings.", "Nobody, 2000", "none", List.of()),
            settings(),
            Map.of(),
            conditions,
            arms,
            Optional.empty(),
            MEASURES,
            List.of(
                new Comparison(
                    "Bi-tempered beats logistic under random noise.",
                    "accuracy",
                    "random 40 %",
                    "logistic",
                    "bi-tempered")),
            Optional.empty());
    store.begin(protocol);
    for (Condition condition : conditions) {
      for (Arm arm : arms) {
        for (int seed = 1; seed <= 3; seed++) {
          String file = "pictures/" + Run.slug(condition.label() + arm.name()) + seed + ".png";
          picture(out.resolve("fake-rings").resolve(file), seed);
          double gain = arm.name().equals("logistic") ? 0 : 0.05 * condition.x();
          store.append(
              protocol,
              line(
                  protocol,
                  condition,
                  arm,
                  seed,
                  Map.of("accuracy", 0.85 - 0.1 * condition.x() / 2 + gain + 0.001 * seed),
                  Map.of(),
                  List.of(new PictureFile(file, "surface " + SCRIPT)),
                  Optional.empty()));
        }
      }
    }
  }

  private static ResultLine line(
      Protocol protocol,
      Condition condition,
      Arm arm,
      int seed,
      Map<String, Double> metrics,
      Map<String, List<Double>> curves,
      List<PictureFile> pictures,
      Optional<String> diverged) {
    return new ResultLine(
        protocol.experiment(),
        protocol.scale(),
        protocol.data(),
        condition,
        arm,
        seed,
        metrics,
        curves,
        pictures,
        diverged,
        protocol.settings(),
        NOWHERE);
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", 20);
    settings.put("batch", 64);
    settings.put("learning rate", 0.001);
    return settings;
  }

  private static List<Double> curve(double from, int arm, int seed) {
    Random random = new Random(31L * arm + seed);
    List<Double> curve = new ArrayList<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      double level = Math.exp(-0.2 * epoch) + 0.1 * arm + 0.03 * random.nextDouble();
      curve.add(from > 0 ? from * level : 1 + from * Math.min(1, level));
    }
    return curve;
  }

  private static void picture(Path file, int seed) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double d = Math.hypot(x - 32, y - 32) + seed;
        image.setRGB(
            x, y, Color.HSBtoRGB(d < 20 ? 0.08f : 0.6f, 0.5f, (float) Math.min(1, 0.5 + d / 90)));
      }
    }
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
