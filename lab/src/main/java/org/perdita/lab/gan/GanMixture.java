package org.perdita.lab.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.perdita.lab.data.Mixture;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Training;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/** Mixtures of Gaussians in the plane: which losses find every mode? */
public final class GanMixture implements Experiment {
  private static final Condition RING = new Condition("ring of 8", 0);
  private static final Condition GRID = new Condition("grid of 25", 1);
  private static final Condition AUTHORS = new Condition("LSGAN authors' ring", 2);

  private static final String REGULAR = "NS GAN";
  private static final String SQUARES = "LSGAN";
  private static final String CLIPPED = "WGAN";
  private static final String PENALISED = "WGAN-GP";

  @Override
  public String name() {
    return "gan-mixture";
  }

  @Override
  public String data() {
    return "points drawn by the program; reads no files, and has nothing to tune";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "On mixtures of Gaussians the loss decides how many modes the generator finds: least squares"
            + " and the penalised Wasserstein loss find them all where the regular GAN loses some.",
        "Mao, Li, Xie, Lau, Wang, Smolley: Least Squares Generative Adversarial Networks, ICCV 2017,"
            + " arXiv 1611.04076, figure of a mixture of 8 Gaussians; Gulrajani et al.: Improved"
            + " Training of Wasserstein GANs, 2017, arXiv 1704.00028, figure of toys",
        "the LSGAN authors' code: 8 modes of deviation 0.01, the first of them twice, 35,000 steps;"
            + " that of WGAN-GP: 8 and 25 modes, three hidden layers of 512, 100,000 steps; pictures"
            + " without numbers",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because(
              "of each mode on the ring of radius 1; wider than the toys' 0.01 where steps are few")
          double ringDeviation,
      @Because("of each mode on the grid from −1 to 1; a tenth of the modes' spacing, or the toys'")
          double gridDeviation,
      @Because("normal numbers the generator starts from") int noise,
      @Because("of both networks, ReLU between them") int hiddenLayers,
      @Because("of each; enough for the modes, few enough for many seeds") int hiddenUnits,
      @Because("points of each kind a step") int batch,
      @Because("of critic and generator together: who makes 5 critic steps makes fewer of both")
          int networkSteps,
      @Because(
              "Adam, critic and generator alike; between 1e-3 and 3e-3, which served every loss in a trial of one seed")
          double learningRate,
      @Because("no momentum: with 0.5 the non-saturating game went in circles in a trial")
          double beta1,
      @Because("critic steps for each generator step of WGAN and WGAN-GP; 1 for the others")
          int wassersteinCriticSteps,
      @Because("of WGAN; of 0.1 and 0.3 the better in the trial") double clip,
      @Because("of WGAN-GP, the authors' for toys; 1 covered modes later in the trial")
          double penalty,
      @Because("of DRAGAN; with 1 it missed modes of the grid in the trial, with 0.1 none")
          double draganPenalty,
      @Because(
              "BEGAN's; of 0.5, 0.75, 0.9 and 1, with several λ and bottlenecks, none covered more than a mode or two in the trial")
          double gamma,
      @Because("BEGAN's λ; larger than the paper's 0.001 where steps are few") double balanceRate,
      @Because(
              "steps of the LSGAN authors' setting: batch 512, 256 numbers of noise, two tanh layers"
                  + " of 128, Adam with β₁ 0.5 at 1e-4 for the critic and 1e-3 for the generator; 0 where"
                  + " there is no time for it")
          int authorsSteps) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return numbers(30, 16, 0);
      }
      return switch (request.scale()) {
        case QUICK -> numbers(3000, 64, 0);
        case FULL -> numbers(30_000, 64, 5000);
        case PAPER ->
            new Numbers(
                0.01, 0.0125, 2, 3, 512, 256, 600_000, 1e-4, 0.5, 5, 0.01, 0.1, 10, 0.75, 1e-3,
                35_000);
      };
    }

    private static Numbers numbers(int networkSteps, int hiddenUnits, int authorsSteps) {
      return new Numbers(
          0.05,
          0.05,
          8,
          2,
          hiddenUnits,
          128,
          networkSteps,
          2e-3,
          0,
          5,
          0.1,
          0.1,
          0.1,
          0.5,
          0.01,
          authorsSteps);
    }

    PlaneTask ring() {
      return task(Mixture.ring(8, ringDeviation));
    }

    PlaneTask grid() {
      return task(Mixture.grid(5, gridDeviation));
    }

    private PlaneTask task(Mixture mixture) {
      return new PlaneTask(mixture, noise, hiddenLayers, hiddenUnits, torch::relu);
    }

    List<GanObjective> objectives() {
      return List.of(
          GanObjective.nonSaturating(),
          GanObjective.minimax(),
          GanObjective.leastSquares(),
          GanObjective.wassersteinClipped(clip),
          GanObjective.wassersteinPenalised(penalty),
          GanObjective.dragan(draganPenalty),
          GanObjective.began(gamma, balanceRate),
          GanObjective.hinge());
    }

    GanRecipe recipe(GanObjective objective) {
      boolean wasserstein = objective.name().equals(CLIPPED) || objective.name().equals(PENALISED);
      int criticSteps = wasserstein ? wassersteinCriticSteps : 1;
      return GanRecipe.adam(batch, criticSteps, learningRate, beta1);
    }

    int generatorSteps(GanRecipe recipe) {
      return networkSteps / (1 + recipe.criticSteps());
    }
  }

  /** The LSGAN authors' code, but for its orthogonal initial weights. */
  private static final class Authors {
    private static final PlaneTask TASK =
        new PlaneTask(Mixture.ringWithARepeatedMode(8, 0.01), 256, 2, 128, torch::tanh);

    private static final GanRecipe RECIPE =
        new GanRecipe(
            512,
            1,
            net -> Optimizer.adam(net, 1e-4, 0.5, 0.999),
            net -> Optimizer.adam(net, 1e-3, 0.5, 0.999));

    private Authors() {}
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean authors = n.authorsSteps() > 0;
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (GanObjective objective : n.objectives()) {
        GanRecipe recipe = n.recipe(objective);
        int steps = n.generatorSteps(recipe);
        trainings.add(
            new MixtureTraining(RING, objective.arm(), seed, n.ring(), objective, recipe, steps));
        trainings.add(
            new MixtureTraining(GRID, objective.arm(), seed, n.grid(), objective, recipe, steps));
        if (authors && List.of(REGULAR, SQUARES).contains(objective.name())) {
          trainings.add(
              new MixtureTraining(
                  AUTHORS,
                  objective.arm(),
                  seed,
                  Authors.TASK,
                  objective,
                  Authors.RECIPE,
                  n.authorsSteps()));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
            this,
            request,
            "drawn points",
            n,
            authors ? List.of(RING, GRID, AUTHORS) : List.of(RING, GRID),
            n.objectives().stream().map(GanObjective::arm).toList(),
            MixtureTraining.MEASURES,
            comparisons(authors),
            differs(request));
    return new Plan(protocol, trainings);
  }

  private static List<Comparison> comparisons(boolean authors) {
    List<Comparison> comparisons = new ArrayList<>();
    if (authors) {
      comparisons.add(covers(AUTHORS, REGULAR, SQUARES));
    }
    comparisons.add(covers(RING, REGULAR, SQUARES));
    comparisons.add(covers(GRID, REGULAR, SQUARES));
    comparisons.add(covers(RING, REGULAR, PENALISED));
    comparisons.add(covers(GRID, REGULAR, PENALISED));
    comparisons.add(
        new Comparison(
            "WGAN-GP spreads its samples over the modes more evenly than NS GAN: "
                + GRID.label()
                + ".",
            MixtureTraining.DIVERGENCE,
            GRID.label(),
            REGULAR,
            PENALISED));
    comparisons.add(
        new Comparison(
            "WGAN-GP's samples are better than those of clipped WGAN: " + RING.label() + ".",
            MixtureTraining.QUALITY,
            RING.label(),
            CLIPPED,
            PENALISED));
    return comparisons;
  }

  private static Comparison covers(Condition condition, String baseline, String treatment) {
    return new Comparison(
        treatment + " covers more modes than " + baseline + ": " + condition.label() + ".",
        MixtureTraining.COVERED,
        condition.label(),
        baseline,
        treatment);
  }

  private static List<String> differs(Request request) {
    String initial = "initial weights are uniform, the LSGAN authors' orthogonal";
    return !request.tiny() && request.scale() == Scale.PAPER
        ? List.of(initial)
        : List.of("smaller networks, fewer steps and, on ring and grid, wider modes", initial);
  }
}
