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
import org.perdita.lab.experiment.Training;
import org.perdita.pytorch.Engine;

/**
 * What a critic tells its generator, and what it tells us: two sentences that every introduction
 * has, which name no setting.
 */
public final class GanCritics implements Experiment {
  private static final Condition RING = new Condition("ring of 8", 0);

  private static final String MINIMAX = "MM GAN";
  private static final String NON_SATURATING = "NS GAN";
  private static final String CLIPPED = "WGAN";
  private static final String PENALISED = "WGAN-GP";

  @Override
  public String name() {
    return "gan-critics";
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
        "The non-saturating loss moves a generator that a good critic sees through, where minimax"
            + " stands still; and a Wasserstein critic gives a number, not a class, which tracks how"
            + " good the samples are.",
        "Goodfellow et al.: Generative Adversarial Networks, 2014, arXiv 1406.2661, section 3;"
            + " Arjovsky, Chintala, Bottou: Wasserstein GAN, 2017, arXiv 1701.07875, sections 3 and"
            + " 4.2",
        "said in general; the second shown there on images",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("of each of 8 modes on a ring of radius 1") double deviation,
      @Because("normal numbers the generator starts from") int noise,
      @Because("of both networks, ReLU between them") int hiddenLayers,
      @Because("of each; enough for the modes, few enough for many seeds") int hiddenUnits,
      @Because("points of each kind a step") int batch,
      @Because("the critic alone, until its value hardly falls any more") int stepsAlone,
      @Because("for every loss, so that each critic is near its best whenever it is asked")
          int criticSteps,
      @Because("generator steps while both are trained: until the samples lie on the ring")
          int stepsTogether,
      @Because("Adam, critic and generator alike, as in gan-mixture") double learningRate,
      @Because("no momentum, as in gan-mixture") double beta1,
      @Because("of WGAN, as in gan-mixture") double clip,
      @Because("of WGAN-GP, as in gan-mixture") double penalty) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return numbers(16, 10, 10);
      }
      return switch (request.scale()) {
        case QUICK -> numbers(64, 500, 300);
        case FULL, PAPER -> numbers(64, 2000, 2500);
      };
    }

    private static Numbers numbers(int units, int alone, int together) {
      return new Numbers(0.05, 8, 2, units, 256, alone, 5, together, 1e-3, 0, 0.1, 0.1);
    }

    List<GanObjective> objectives() {
      return List.of(
          GanObjective.minimax(),
          GanObjective.nonSaturating(),
          GanObjective.leastSquares(),
          GanObjective.wassersteinClipped(clip),
          GanObjective.wassersteinPenalised(penalty),
          GanObjective.hinge());
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    PlaneTask task =
        new PlaneTask(
            Mixture.ring(8, n.deviation()),
            n.noise(),
            n.hiddenLayers(),
            n.hiddenUnits(),
            torch::relu);
    GanRecipe recipe = GanRecipe.adam(n.batch(), n.criticSteps(), n.learningRate(), n.beta1());
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (GanObjective objective : n.objectives()) {
        trainings.add(
            new CriticTraining(
                RING,
                objective.arm(),
                seed,
                task,
                objective,
                recipe,
                n.stepsAlone(),
                n.stepsTogether()));
      }
    }
    Protocol protocol =
        Protocol.of(
            this,
            request,
            "drawn points",
            n,
            List.of(RING),
            n.objectives().stream().map(GanObjective::arm).toList(),
            CriticTraining.measures(n.stepsAlone()),
            comparisons(),
            List.of("the papers argue and show curves; mixture, networks and numbers are ours"));
    return new Plan(protocol, trainings);
  }

  private static List<Comparison> comparisons() {
    return List.of(
        compared(
            "The non-saturating form cures saturation: at a critic near its best, the generator's"
                + " gradient is larger than under minimax.",
            CriticTraining.SLOPE,
            NON_SATURATING),
        compared(
            "The Wasserstein critic's number tracks quality, by a penalty, better than the minimax"
                + " critic's.",
            CriticTraining.TRACKING,
            PENALISED),
        compared(
            "The Wasserstein critic's number tracks quality, by clipping, better than the minimax"
                + " critic's.",
            CriticTraining.TRACKING,
            CLIPPED));
  }

  private static Comparison compared(String sentence, String metric, String treatment) {
    return new Comparison(sentence, metric, RING.label(), MINIMAX, treatment);
  }
}
