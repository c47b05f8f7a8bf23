package org.perdita.lab.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.data.Brains;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scan;
import org.perdita.lab.data.ScanFiles;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Claim.Published;
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
import org.perdita.lab.net.UNet;
import org.perdita.lab.segmentation.LesionTraining.Recipe;
import org.perdita.lab.segmentation.LesionTraining.Split;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Net;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.Pooling;
import org.perdita.segmentation.WeightSchedule;

/** Lesions of under one per cent of a volume, under regional losses and the boundary loss. */
public final class SmallLesions implements Experiment {
  private static final String CROSS_ENTROPY = "cross-entropy";
  private static final String DICE = "Dice loss";
  private static final String GENERALISED = "generalised Dice";
  private static final String REBALANCED = "generalised Dice + boundary";
  private static final String BOUNDARY = "boundary alone";
  private static final String LESIONS = "small lesions";
  private static final String SOURCE =
      "Kervadec, Bouchtiba, Desrosiers, Granger, Dolz, Ben Ayed: Boundary loss for highly unbalanced"
          + " segmentation, MIDL 2019, arXiv 1812.07032, table 1, ISLES";

  @Override
  public String name() {
    return "small-lesions";
  }

  @Override
  public String data() {
    return "brain-like volumes drawn by the program; --data: NIfTI or PNG images with masks, found"
        + " by name (NAME_FLAIR.nii.gz with NAME_lesion.nii.gz, NAME.png with NAME_labels.png)";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "On lesions that fill under one per cent of a volume, adding the boundary loss to the"
            + " generalised Dice loss, with a weight that shifts from one to the other, raises the"
            + " Dice score and lowers the Hausdorff distance; alone, the boundary loss empties the"
            + " mask.",
        SOURCE,
        "ISLES 2018, 2-D U-Net, 74 scans to train and 20 to test, 2 runs",
        List.of(
            new Published(LESIONS, GENERALISED, LesionTraining.DICE, 0.575, true),
            new Published(LESIONS, REBALANCED, LesionTraining.DICE, 0.656, true),
            new Published(LESIONS, BOUNDARY, LesionTraining.DICE, 0.321, true),
            new Published(LESIONS, GENERALISED, LesionTraining.HAUSDORFF, 4.009, true),
            new Published(LESIONS, REBALANCED, LesionTraining.HAUSDORFF, 3.562, true)));
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("few, as in the clinic; each seed draws others") int trainScans,
      @Because("for the curve, and for choosing with --tune") int validationScans,
      @Because("for measuring only") int testScans,
      @Because("thick slices, as of a clinical scan") int slices,
      @Because(
              "pixels a side of a drawn slice, for speed, and of a crop of a larger one; the paper"
                  + " has 256")
          int side,
      @Because("slices on either side are channels too") int neighbours,
      @Because("levels of the U-Net") int depth,
      @Because("channels of its first level") int width,
      @Because("until the losses have settled within the scale's time; the paper has 100")
          int epochs,
      @Because("of an epoch, whatever the number of scans") int steps,
      @Because("half of the paper's, so that few slices make many steps") int batchSlices,
      @Because("of a batch, sure to show a lesion; the others come from anywhere") int lesionSlices,
      @Because(
              "Adam, a fifth in the last third: of 0.0015, 0.005 and 0.015, tried for every loss on"
                  + " twice ten other drawn brains, within 0.02 of the best mean Dice for each; the"
                  + " paper has 0.001")
          double learningRate,
      @Because("as published") double scheduleStep,
      @Because("averages over squares of so many pixels a side, of --data only") int shrink,
      @Because("slices of a scan at most, of --data only; every second, third … is kept")
          int fileSlices) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return new Numbers(2, 1, 2, 3, 16, 1, 2, 4, 2, 2, 4, 2, 5e-3, 0.01, 8, 12);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(12, 2, 6, 8, 48, 1, 3, 6, 20, 18, 4, 2, 5e-3, 0.01, 2, 48);
        case FULL -> new Numbers(20, 4, 12, 8, 64, 1, 3, 8, 20, 24, 4, 2, 5e-3, 0.01, 2, 61);
        case PAPER -> new Numbers(74, 5, 20, 16, 256, 1, 5, 32, 100, 148, 8, 4, 1e-3, 0.01, 1, 999);
      };
    }

    Recipe recipe(double times) {
      return new Recipe(
          epochs, steps, batchSlices, lesionSlices, times * learningRate, neighbours, side);
    }

    /**
     * The network of a seed. Lesions begin as likely as they are: at one half, cross-entropy learns
     * that all is background, and stays there.
     */
    LongFunction<Net> network(Split split) {
      return seed ->
          new UNet(seed, Slices.channels(neighbours), 2, depth, width)
              .startingAt(split.lesionShare());
    }

    private int multiple() {
      return 1 << (depth - 1);
    }
  }

  /** A loss and how it is trained. */
  private record Candidate(Arm arm, Objective objective, Recipe recipe) {}

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean files = request.data().isPresent();
    List<Candidate> candidates = candidates(n, request.tune());
    Condition condition = new Condition(LESIONS, 0);
    List<Training> trainings = new ArrayList<>();
    List<Scan> read =
        files
            ? equalSizes(
                ScanFiles.read(
                    request.data().get(),
                    n.trainScans() + n.validationScans() + n.testScans(),
                    n.fileSlices(),
                    n.shrink(),
                    n.multiple()))
            : List.of();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      Split split = files ? split(read, n, seed) : drawn(n, seed);
      for (Candidate c : candidates) {
        trainings.add(
            new LesionTraining(
                condition, c.arm(), seed, split, c.recipe(), n.network(split), c.objective()));
      }
    }
    Protocol protocol =
        new Protocol(
            name(),
            request.tiny() ? "tiny" : request.scale().toString(),
            (files ? read.size() + " scans from files" : "drawn brains")
                + (request.tune() ? ", tuned" : ""),
            claim(),
            Settings.values(n),
            Settings.reasons(Numbers.class),
            List.of(condition),
            candidates.stream().map(Candidate::arm).toList(),
            request.tune() ? Optional.of(LesionTraining.VALIDATION) : Optional.empty(),
            measures(),
            comparisons(),
            Optional.of(differs(n, read.size())));
    return new Plan(protocol, trainings);
  }

  /** The arm that the claim is about, on its own: what makes weights for new images. */
  static LesionTraining treatment(Request request) {
    return new SmallLesions()
        .plan(request).trainings().stream()
            .map(LesionTraining.class::cast)
            .filter(t -> t.seed() == 1 && t.arm().group().equals(REBALANCED))
            .findFirst()
            .orElseThrow();
  }

  private static List<Candidate> candidates(Numbers n, boolean tune) {
    ClassSelection lesion = ClassSelection.of(1);
    BoundaryLoss boundary = BoundaryLoss.softmax(lesion);
    GeneralizedDiceLoss generalised = GeneralizedDiceLoss.softmax();
    WeightSchedule schedule = new WeightSchedule.Rebalance(n.scheduleStep(), 0.01);
    List<Candidate> candidates = new ArrayList<>();
    for (double times : tune ? new double[] {1, 0.3, 3} : new double[] {1}) {
      String at = tune ? String.format(Locale.ROOT, ", rate %.4f", times * n.learningRate()) : "";
      Recipe recipe = n.recipe(times);
      candidates.add(candidate(GENERALISED, at, Objective.of(generalised), recipe));
      candidates.add(
          candidate(REBALANCED, at, Objective.scheduled(schedule, generalised, boundary), recipe));
      candidates.add(candidate(BOUNDARY, at, Objective.ofDistances(boundary), recipe));
      candidates.add(candidate(CROSS_ENTROPY, at, Objective.of(new CrossEntropyLoss()), recipe));
      DiceLoss dice = DiceLoss.softmax().withClasses(lesion).withPooling(Pooling.BATCH);
      candidates.add(candidate(DICE, at, Objective.of(dice), recipe));
    }
    return candidates;
  }

  private static Candidate candidate(String group, String at, Objective objective, Recipe recipe) {
    return new Candidate(new Arm(group + at, objective.words(), group), objective, recipe);
  }

  private static Split drawn(Numbers n, int seed) {
    int count = n.trainScans() + n.validationScans() + n.testScans();
    List<Scan> scans = Brains.draw(seed, count, n.slices(), n.side());
    int test = n.trainScans() + n.validationScans();
    return new Split(
        scans.subList(0, n.trainScans()),
        scans.subList(n.trainScans(), test),
        scans.subList(test, count));
  }

  /**
   * A third to test on, another from seed to seed, in turn; the rest to train on. Of two scans or
   * three, what is trained on is also the validation.
   */
  private static Split split(List<Scan> scans, Numbers n, int seed) {
    int[] order = Draw.of(0, 0).permutation(scans.size());
    int tests = Math.max(1, Math.min(n.testScans(), scans.size() / 3));
    List<Scan> test = new ArrayList<>();
    List<Scan> train = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      int turn = (i + (seed - 1) * tests) % order.length;
      (i < tests ? test : train).add(scans.get(order[turn]));
    }
    int validation = train.size() > 2 ? Math.min(n.validationScans(), train.size() / 3) : 0;
    return validation == 0
        ? new Split(train, train, test)
        : new Split(train.subList(validation, train.size()), train.subList(0, validation), test);
  }

  /** The scans of the size that most of them have, two at least. */
  private List<Scan> equalSizes(List<Scan> scans) {
    List<Scan> best = List.of();
    for (Scan model : scans) {
      List<Scan> same =
          scans.stream()
              .filter(s -> s.height() == model.height() && s.width() == model.width())
              .toList();
      best = same.size() > best.size() ? same : best;
    }
    if (best.size() < 2) {
      throw new Refusal(
          name()
              + ": needs two scans of one size with masks, one to train on, found "
              + best.size());
    }
    return best;
  }

  private static List<Measure> measures() {
    return List.of(
        Measure.share(LesionTraining.DICE).defined("mean over the test volumes, whole volumes"),
        millimetres(
            LesionTraining.HAUSDORFF,
            "the largest distance between the surfaces; the volume's diagonal where one mask is"
                + " empty"),
        millimetres(LesionTraining.HD95, "of each direction, the larger of the two, as in MONAI"),
        millimetres(LesionTraining.HD95_POOLED, "of both directions together, as in MedPy"),
        millimetres(LesionTraining.SURFACE, "mean over the voxels of both surfaces"),
        Measure.share(LesionTraining.NSD).defined("share of both surfaces within 1 mm"),
        Measure.plain(LesionTraining.FAILURES)
            .lowerIsBetter()
            .defined("how many test volumes got an empty mask, or a mask where there is none"),
        Measure.share(LesionTraining.VALIDATION),
        Measure.plain(LesionTraining.TRAINING_LOSS).lowerIsBetter());
  }

  private static Measure millimetres(String name, String definition) {
    return Measure.plain(name).in(Measure.Unit.MILLIMETRES).lowerIsBetter().defined(definition);
  }

  private static List<Comparison> comparisons() {
    return List.of(
        new Comparison(
            "Adding the boundary loss to generalised Dice raises the Dice score.",
            LesionTraining.DICE,
            LESIONS,
            GENERALISED,
            REBALANCED),
        new Comparison(
            "Adding the boundary loss to generalised Dice lowers the Hausdorff distance.",
            LesionTraining.HAUSDORFF,
            LESIONS,
            GENERALISED,
            REBALANCED),
        new Comparison(
            "Alone, the boundary loss ends below generalised Dice: it empties the mask.",
            LesionTraining.DICE,
            LESIONS,
            BOUNDARY,
            GENERALISED),
        new Comparison(
            "With the boundary loss the Dice score is above cross-entropy's.",
            LesionTraining.DICE,
            LESIONS,
            CROSS_ENTROPY,
            REBALANCED),
        new Comparison(
            "With the boundary loss the Dice score is above the Dice loss's.",
            LesionTraining.DICE,
            LESIONS,
            DICE,
            REBALANCED));
  }

  private static String differs(Numbers n, int scans) {
    String steps = n.epochs() * n.steps() + " steps";
    return scans == 0
        ? "brain-like volumes drawn by the program instead of ISLES; "
            + (n.side() + "-pixel slices of ")
            + (n.trainScans() + " volumes for " + steps)
        : "other scans instead of ISLES, "
            + scans
            + " in all; "
            + n.side()
            + "-pixel crops for "
            + steps;
  }
}
