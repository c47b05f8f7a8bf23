package org.perdita.lab.noisy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.perdita.Loss;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.noisy.ImageTraining.Recipe;
import org.perdita.pytorch.Net;

/**
 * Image classifiers under rising symmetric label noise, the logistic loss against the bi-tempered
 * one: what {@link NoisyDigits} and {@link NoisyImages} have in common.
 *
 * @param experiment whose study it is
 * @param request what a person asked for
 * @param settings every number the trainings depend on
 * @param data what the images are called in the results
 * @param split where each seed's images come from
 * @param noise shares of wrong labels
 * @param candidates losses, the baseline first
 * @param differs what differs from the published setting
 */
record NoiseStudy(
    Experiment experiment,
    Request request,
    Record settings,
    String data,
    NoisySplit.Source split,
    List<Double> noise,
    List<Candidate> candidates,
    List<String> differs) {

  static final String LOGISTIC = "logistic";
  static final String BI_TEMPERED = "bi-tempered";

  /** The share of wrong labels that the headline is about: where the paper's gap is widest. */
  static final double HEADLINE = 0.4;

  /** The paper's shares of wrong labels. */
  private static final List<Double> PAPER_NOISE = List.of(0.0, 0.1, 0.2, 0.3, HEADLINE, 0.5);

  /**
   * A loss, and how it is trained.
   *
   * @param arm its name in the results
   * @param recipe the same for all but, when tuning, the learning rate
   */
  record Candidate(Arm arm, Loss loss, Recipe recipe) {
    static Candidate of(String group, String name, Loss loss, Recipe recipe) {
      return new Candidate(new Arm(name, loss.toString(), group), loss, recipe);
    }
  }

  /** The shares of wrong labels at each scale. */
  static List<Double> noiseLevels(Request request, List<Double> quick, List<Double> full) {
    if (request.tiny()) {
      return List.of(HEADLINE);
    }
    return switch (request.scale()) {
      case QUICK -> quick;
      case FULL -> full;
      case PAPER -> PAPER_NOISE;
    };
  }

  /** The paper's table; its numbers are known at second hand. */
  static List<Published> published(double[] logistic, double[] biTempered) {
    List<Published> table = new ArrayList<>();
    for (int i = 0; i < PAPER_NOISE.size(); i++) {
      String label = condition(PAPER_NOISE.get(i)).label();
      table.add(new Published(label, LOGISTIC, ImageTraining.ACCURACY, logistic[i], false));
      table.add(new Published(label, BI_TEMPERED, ImageTraining.ACCURACY, biTempered[i], false));
    }
    return table;
  }

  /** Splits of {@code images}, if there are enough of them. */
  static NoisySplit.Source source(
      String name, TrainTest images, int trainSize, int validationSize, int testSize) {
    int needed = trainSize + validationSize;
    if (images.train().size() < needed) {
      throw new Refusal(
          name + ": needs " + needed + " training images at this scale, found " + images.train());
    }
    return new NoisySplit.Source(images, trainSize, validationSize, testSize);
  }

  /** One training for each seed, condition and candidate. */
  Plan plan(LongFunction<Net> network) {
    List<Condition> conditions = noise.stream().map(NoiseStudy::condition).toList();
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Condition condition : conditions) {
        for (Candidate c : candidates) {
          trainings.add(
              new ImageTraining(condition, c.arm(), seed, c.recipe(), split, network, c.loss()));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
            experiment,
            request,
            request.tune() ? data + ", tuned" : data,
            settings,
            conditions,
            candidates.stream().map(Candidate::arm).toList(),
            ImageTraining.MEASURES,
            comparisons(conditions),
            differs);
    return new Plan(
        request.tune() ? protocol.chosenBy(ImageTraining.VALIDATION) : protocol, trainings);
  }

  private static Condition condition(double noise) {
    String label =
        noise == 0 ? "no noise" : String.format(Locale.ROOT, "%.0f %% noise", 100 * noise);
    return new Condition(label, noise);
  }

  private static List<Comparison> comparisons(List<Condition> conditions) {
    List<Condition> headlineFirst = new ArrayList<>(conditions);
    headlineFirst.sort((a, b) -> Boolean.compare(b.x() == HEADLINE, a.x() == HEADLINE));
    List<Comparison> comparisons = new ArrayList<>();
    for (Condition condition : headlineFirst) {
      comparisons.add(
          comparison(
              "Bi-tempered ends with a higher clean accuracy than logistic: ",
              ImageTraining.ACCURACY,
              condition));
    }
    comparisons.add(
        comparison(
            "So it does when each training stops at its best noisy validation accuracy: ",
            ImageTraining.STOPPED,
            condition(HEADLINE)));
    return comparisons;
  }

  private static Comparison comparison(String sentence, String metric, Condition condition) {
    return new Comparison(
        sentence + condition.label() + ".", metric, condition.label(), LOGISTIC, BI_TEMPERED);
  }
}
