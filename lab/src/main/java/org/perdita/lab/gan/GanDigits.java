package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.perdita.lab.data.Digits;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.data.MnistFiles;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.net.ImageNets;
import org.perdita.lab.net.ImageWidths;
import org.perdita.pytorch.Engine;

/** Digits out of noise, by every loss for as many steps: does least squares make better ones? */
public final class GanDigits implements Experiment {
  /** 20 passes over 60,000 images in batches of 64. */
  private static final int STUDY_STEPS = 20 * 60_000 / 64;

  private static final String LEAST_SQUARES = "LSGAN";
  private static final List<String> REGULAR = List.of("NS GAN", "MM GAN");
  private static final int SIDE = 28;

  @Override
  public String name() {
    return "gan-digits";
  }

  @Override
  public String data() {
    return "digits drawn by the program; --data: MNIST-format IDX files, gzipped or not";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "The least-squares GAN makes better images than the regular GAN.",
        "Mao, Li, Xie, Lau, Wang, Smolley: Least Squares Generative Adversarial Networks, ICCV 2017,"
            + " arXiv 1611.04076, abstract",
        "larger images, judged by eye; on MNIST the best FID of a wide search was 9.8 for minimax,"
            + " 6.8 for non-saturating and 7.8 for least squares in Lucic et al. 2018 (read at second"
            + " hand)",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("for the generator to learn from") int trainImages,
      @Because("of the generator, each after one of the critic; every loss gets as many") int steps,
      @Because("half the study's, so that there are more steps in the time") int batchImages,
      @Because("InfoGAN's as in the study, scaled to the time") ImageNets.Convolutions networks,
      @Because(
              "Adam, β₁ 0.5; at quick scale of 1e-3, 2e-3 and 4e-3 the one with the least Fréchet"
                  + " distance to validation images for the non-saturating and for the least-squares"
                  + " loss in a trial of one seed; half of it where there are more steps; --tune tries"
                  + " three for every loss")
          double learningRate,
      @Because("of the clipped critic; within the study's narrow range of 0.01 to 1, not tuned")
          double clipping,
      @Because("images that are generated, and test and validation images they are compared with")
          int generated,
      @Because("how often it is looked at on the way") int looks,
      @Because("passes in which the feature network learns its classes") int featureEpochs) {

    static Numbers of(Request request) {
      ImageNets.Convolutions small = new ImageNets.Convolutions(16, new ImageWidths(8, 16, 64), 32);
      if (request.tiny()) {
        ImageNets.Convolutions tiny = new ImageNets.Convolutions(4, new ImageWidths(2, 4, 16), 8);
        return new Numbers(100, 6, 8, tiny, 2e-3, 0.1, 70, 2, 1);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(2000, 300, 24, small, 4e-3, 0.1, 500, 4, 3);
        case FULL ->
            new Numbers(
                10_000,
                3000,
                32,
                new ImageNets.Convolutions(32, new ImageWidths(12, 24, 96), 48),
                2e-3,
                0.1,
                2000,
                6,
                4);
        case PAPER ->
            new Numbers(
                50_000,
                STUDY_STEPS,
                64,
                ImageNets.Convolutions.ofTheStudy(),
                2e-4,
                0.01,
                10_000,
                10,
                5);
      };
    }

    /**
     * BEGAN's λ: the study's 1e-3, as many times as there are fewer steps than in the study; else k
     * would not leave 0 before the end.
     */
    double balanceRate() {
      return 1e-3 * STUDY_STEPS / steps;
    }
  }

  /** An objective at a learning rate. */
  private record Candidate(GanObjective objective, double rate, Arm arm) {
    static Candidate of(GanObjective objective, double rate, String suffix) {
      Arm arm = objective.arm();
      return new Candidate(objective, rate, new Arm(arm.name() + suffix, arm.loss(), arm.group()));
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean files = request.data().isPresent();
    DigitTraining.Real real = real(n, images(request, n));
    Condition condition = new Condition(n.steps() + " steps", n.steps());
    List<Candidate> candidates = candidates(request, n);
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Candidate c : candidates) {
        trainings.add(
            new DigitTraining(condition, c.arm(), seed, c.objective(), c.rate(), n, real));
      }
    }
    String data = files ? "MNIST files" : "drawn digits";
    Protocol protocol =
        Protocol.of(
            this,
            request,
            request.tune() ? data + ", tuned" : data,
            n,
            List.of(condition),
            candidates.stream().map(Candidate::arm).toList(),
            DigitTraining.measures(n),
            comparisons(condition),
            List.of(
                "28 × 28 digits, small networks, "
                    + n.steps()
                    + " steps with one of the critic each; judged by a classifier's features"));
    return new Plan(
        request.tune() ? protocol.chosenBy(DigitTraining.VALIDATION) : protocol, trainings);
  }

  private TrainTest images(Request request, Numbers n) {
    int train = n.trainImages() + n.generated();
    TrainTest images =
        request.data().isPresent()
            ? MnistFiles.read(request.data().get())
            : Digits.draw(train, n.generated(), 1);
    if (images.train().width() != SIDE || images.train().height() != SIDE) {
      throw new Refusal(name() + ": needs images of 28 × 28 pixels, found " + images.train());
    }
    if (images.train().size() < train || images.test().size() < n.generated()) {
      throw new Refusal(
          (name() + ": needs " + train + " training and " + n.generated() + " test images at this")
              + (" scale, found " + images.train() + " and " + images.test()));
    }
    return images;
  }

  private static DigitTraining.Real real(Numbers n, TrainTest images) {
    ImageSet train = images.train().first(n.trainImages());
    return new DigitTraining.Real(
        train,
        images.train().after(n.trainImages()).first(n.generated()),
        images.test().first(n.generated()),
        new DigitFeatures(train, n.featureEpochs()));
  }

  private static List<Candidate> candidates(Request request, Numbers n) {
    List<Candidate> candidates = new ArrayList<>();
    List<GanObjective> objectives =
        List.of(
            GanObjective.nonSaturating(),
            GanObjective.minimax(),
            GanObjective.leastSquares(),
            GanObjective.hinge(),
            GanObjective.wassersteinClipped(n.clipping()),
            GanObjective.wassersteinPenalised(10),
            GanObjective.dragan(10),
            GanObjective.began(0.75, n.balanceRate()));
    for (GanObjective objective : objectives) {
      if (request.tune()) {
        for (double times : new double[] {0.5, 1, 2}) {
          double rate = times * n.learningRate();
          String suffix = String.format(Locale.ROOT, ", rate %.1e", rate);
          candidates.add(Candidate.of(objective, rate, suffix));
        }
      } else {
        candidates.add(Candidate.of(objective, n.learningRate(), ""));
      }
    }
    return candidates;
  }

  private static List<Comparison> comparisons(Condition condition) {
    List<Comparison> comparisons = new ArrayList<>();
    for (String metric : List.of(DigitTraining.FRECHET, DigitTraining.KERNEL)) {
      for (String regular : REGULAR) {
        comparisons.add(
            new Comparison(
                "Least squares ends nearer to real digits than " + regular + ": " + metric + ".",
                metric,
                condition.label(),
                regular,
                LEAST_SQUARES));
      }
    }
    for (String metric : List.of(DigitTraining.PRECISION, DigitTraining.RECALL)) {
      comparisons.add(
          new Comparison(
              "Least squares has the higher " + metric + " than " + REGULAR.get(0) + ".",
              metric,
              condition.label(),
              REGULAR.get(0),
              LEAST_SQUARES));
    }
    return comparisons;
  }
}
