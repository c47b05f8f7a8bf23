package org.perdita.lab.matting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Hair;
import org.perdita.lab.data.Matte;
import org.perdita.lab.data.MatteFiles;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Settings;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.matting.HairTraining.Recipe;
import org.perdita.lab.net.UNet;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.pytorch.Engine;

/** Hair under cross-entropy, and under cross-entropy with gradient consistency. */
public final class FineHair implements Experiment {
  private static final String ALONE = "cross-entropy";
  private static final double PUBLISHED_WEIGHT = 0.5;
  private static final String WITH = "with consistency, w = " + PUBLISHED_WEIGHT;
  private static final Condition COARSE = new Condition("coarse masks", 1);
  private static final Condition EXACT = new Condition("true alpha", 0);

  @Override
  public String name() {
    return "fine-hair";
  }

  @Override
  public String data() {
    return "rendered hair over textured backgrounds; --data: images with alpha, NAME.png with"
        + " NAME_alpha.png or image.* with alpha.*, in a folder and the folders inside it";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "Adding the mask-image gradient consistency loss to cross-entropy lets a small network"
            + " recover fine details such as single strands of hair, which masks drawn by hand do not"
            + " hold.",
        "Levinshtein, Chang, Phung, Kezele, Guo, Aarabi: Real-time deep hair matting on mobile"
            + " devices, CRV 2018, arXiv 1712.07168; its tables could not be read",
        "photographs with hand-made masks, 224 × 224, MobileNet with skips, w = 0.5 (unconfirmed)",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("enough for strands of every direction and four colours") int trainImages,
      @Because("for measuring only") int testImages,
      @Because("pixels a side, for speed; the paper has 224") int side,
      @Because("levels of the encoder-decoder") int depth,
      @Because("channels of its first level") int width,
      @Because("until the losses have settled within the scale's time") int epochs,
      @Because("two: at the same cost, fewer steps with more images end far behind")
          int batchImages,
      @Because(
              "Adam, a fifth of it in the last third; of 0.002, 0.004 and 0.01, tried for w = 0 and"
                  + " w = 0.5 on other drawn hair, the one of lowest SAD for both; the paper has"
                  + " Adadelta")
          double learningRate,
      @Because("a mask pixel is what most of a square of 2 r + 1 pixels is, as drawn with a brush")
          int maskReach,
      @Because("averages over squares of so many pixels a side, of --data only") int shrink) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return new Numbers(4, 2, 16, 2, 4, 2, 2, 5e-3, 2, 8);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(48, 8, 64, 3, 6, 22, 2, 4e-3, 2, 2);
        case FULL -> new Numbers(60, 16, 64, 3, 8, 20, 2, 4e-3, 2, 2);
        case PAPER -> new Numbers(2000, 100, 224, 5, 32, 100, 8, 1e-3, 4, 1);
      };
    }

    Recipe recipe(Condition condition) {
      int reach = condition.equals(EXACT) ? 0 : maskReach;
      return new Recipe(epochs, batchImages, learningRate, reach);
    }
  }

  /** A weight and how it is trained. */
  private record Candidate(Arm arm, double weight) {
    /** Whether it is more than a point of the sweep. */
    boolean compared() {
      return weight == 0 || weight == PUBLISHED_WEIGHT;
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean files = request.data().isPresent();
    boolean full = !request.tiny() && request.scale() != org.perdita.lab.experiment.Scale.QUICK;
    List<Condition> conditions = full ? List.of(COARSE, EXACT) : List.of(COARSE);
    if (request.tune()) {
      throw new Refusal(
          name()
              + ": has no --tune; every weight it would choose from is an arm, so the sweep shows all");
    }
    List<Candidate> candidates = candidates(full);
    List<List<Matte>> read =
        files
            ? MatteFiles.read(request.data().get(), n.side(), n.trainImages() / 2, n.shrink())
            : List.of();
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      List<Matte> train =
          files
              ? some(halves(read, seed + 1), n.trainImages(), seed)
              : Hair.draw(seed, n.trainImages(), n.side());
      List<Matte> test =
          files
              ? finest(halves(read, seed), n.testImages())
              : Hair.draw(-seed, n.testImages(), n.side());
      for (Condition condition : conditions) {
        for (Candidate c : candidates) {
          if (condition.equals(EXACT) && !c.compared()) {
            continue;
          }
          trainings.add(
              new HairTraining(
                  condition,
                  c.arm(),
                  seed,
                  c.weight(),
                  train,
                  test,
                  n.recipe(condition),
                  s -> new UNet(s, 3, 1, n.depth(), n.width())));
        }
      }
    }
    Protocol protocol =
        new Protocol(
            name(),
            request.tiny() ? "tiny" : request.scale().toString(),
            files ? read.size() / 2 + " photographs from files" : "rendered hair",
            claim(),
            Settings.values(n),
            Settings.reasons(Numbers.class),
            conditions,
            candidates.stream().map(Candidate::arm).toList(),
            Optional.empty(),
            measures(),
            comparisons(conditions),
            Optional.of(
                (files ? "halves of other photographs, " : "rendered hair, ")
                    + ("masks coarsened from alpha, " + n.side() + " pixels, U-Net")));
    return new Plan(protocol, trainings);
  }

  private static List<Candidate> candidates(boolean full) {
    List<Candidate> candidates = new ArrayList<>();
    candidates.add(
        new Candidate(new Arm(ALONE, new BinaryCrossEntropyLoss().toString(), ALONE), 0));
    double[] sweep =
        full ? new double[] {0.1, PUBLISHED_WEIGHT, 1, 2} : new double[] {0.1, PUBLISHED_WEIGHT, 2};
    for (double w : sweep) {
      String name = String.format(Locale.ROOT, "with consistency, w = %s", w);
      String loss =
          new BinaryCrossEntropyLoss() + " + " + w + " " + GradientConsistencyLoss.ofLogits();
      candidates.add(new Candidate(new Arm(name, loss, name), w));
    }
    return candidates;
  }

  /** The left or the right halves of the images, as the seed is even or odd. */
  private static List<Matte> halves(List<List<Matte>> halves, int seed) {
    List<Matte> squares = new ArrayList<>();
    for (int i = 0; i < halves.size(); i++) {
      if (i % 2 == Math.floorMod(seed, 2)) {
        squares.addAll(halves.get(i));
      }
    }
    return squares;
  }

  private static List<Matte> some(List<Matte> squares, int most, int seed) {
    int[] order = Draw.of(seed, 0).permutation(squares.size());
    List<Matte> drawn = new ArrayList<>();
    for (int i = 0; i < Math.min(most, order.length); i++) {
      drawn.add(squares.get(order[i]));
    }
    return drawn;
  }

  private static List<Matte> finest(List<Matte> squares, int most) {
    return squares.stream()
        .sorted(Comparator.comparingDouble(Matte::mixed).reversed())
        .limit(most)
        .toList();
  }

  private static List<Measure> measures() {
    return List.of(
        lower(HairTraining.SAD, "sum of absolute differences of alpha over an image, in thousands"),
        lower(HairTraining.MSE, "mean squared difference of alpha, times 1000"),
        lower(
            HairTraining.MSE_MIXED,
            "the same over pixels whose true alpha is between 0.05 and 0.95, times 1000"),
        lower(HairTraining.GRADIENT, "of Gaussian gradient magnitudes, σ = 1.4, in thousands"),
        lower(HairTraining.CONNECTIVITY, "connectivity error in steps of 0.1, in thousands"),
        Measure.share(HairTraining.F1).defined("of the masks at alpha one half"),
        Measure.share(HairTraining.IOU).defined("of the masks at alpha one half"),
        lower(HairTraining.CONSISTENCY, "GradientConsistencyLoss of the matte with the image"),
        lower(HairTraining.TRAINING_LOSS, ""),
        lower(HairTraining.TEST_SAD, "of the test images, after each epoch"));
  }

  private static Measure lower(String name, String definition) {
    return Measure.plain(name).lowerIsBetter().defined(definition);
  }

  private static List<Comparison> comparisons(List<Condition> conditions) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Condition condition : conditions) {
      String on = ": " + condition.label() + ".";
      comparisons.add(
          new Comparison(
              "With gradient consistency strands are closer to the true alpha" + on,
              HairTraining.MSE_MIXED,
              condition.label(),
              ALONE,
              WITH));
      comparisons.add(
          new Comparison(
              "With gradient consistency the matte's gradients are closer to the true ones" + on,
              HairTraining.GRADIENT,
              condition.label(),
              ALONE,
              WITH));
      comparisons.add(
          new Comparison(
              "With gradient consistency the whole matte is closer to the true one" + on,
              HairTraining.SAD,
              condition.label(),
              ALONE,
              WITH));
      comparisons.add(
          new Comparison(
              "With gradient consistency edges run along those of the image" + on,
              HairTraining.CONSISTENCY,
              condition.label(),
              ALONE,
              WITH));
    }
    return comparisons;
  }
}
