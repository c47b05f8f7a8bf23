package org.perdita.lab.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.perdita.classification.Alpha;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.lab.data.RareTables;
import org.perdita.lab.data.Table;
import org.perdita.lab.data.TableFiles;
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
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Training;

/**
 * Trees on tables with few positives, some of them unrecorded: XGBoost's logistic objective with
 * weighted positives, against the focal and the bi-tempered loss. Each loss's own numbers and the
 * number of trees are chosen on validation rows, whose labels are as wrong as the training rows'.
 */
public final class ImbalancedTables implements Experiment {
  private static final String LOGISTIC = "logistic, weighted";
  private static final String FOCAL = "focal";
  private static final String BI_TEMPERED = "bi-tempered";

  /** How many positives a file must have, so that each part gets some. */
  private static final int LEAST_POSITIVES = 25;

  @Override
  public String name() {
    return "imbalanced-tables";
  }

  @Override
  public String data() {
    return "rows drawn by the program; with --data one .csv, .libsvm or .svm file with a 0 or 1 in"
        + " each row";
  }

  @Override
  public String engine() {
    return "xgboost4j 3.4.0";
  }

  @Override
  public Claim claim() {
    return new Claim(
        "On tables with few positives the focal loss beats the logistic loss with weighted positives"
            + " as an objective of XGBoost; where labels are wrong, the bi-tempered loss does.",
        "the first half: Wang, Deng, Wang: Imbalance-XGBoost, Pattern Recognition Letters 2020, arXiv"
            + " 1908.01672 (known at second hand); the second half is ours",
        "small tables of medicine and science; no numbers that could be compared",
        List.of());
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("at least; half as many choose and recalibrate, twice as many test") int trainRows,
      @Because(
              "expected among them at least: where positives are rarer, there are more rows, or the"
                  + " share would stand for the number")
          int trainPositives,
      @Because("with this eta, most curves on validation rows are flat by then") int trees,
      @Because("how often the validation rows are asked") int every,
      @Because("XGBoost's default of 0.3, or less where there is time for more trees") double eta,
      @Because("interactions of the drawn score are of two columns, so less than XGBoost's 6")
          int depth,
      @Because("XGBoost's default") double lambda,
      @Because(
              "not XGBoost's 1: a sum of curvatures, which is small where positives are rare and"
                  + " smaller under the focal loss")
          double minChildWeight,
      @Because("the share of positives that are recorded as negatives where labels are wrong")
          double missed) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return new Numbers(1000, 60, 6, 2, 0.3, 3, 1, 0.01, 0.3);
      }
      return request.scale() == Scale.QUICK
          ? new Numbers(4000, 60, 40, 4, 0.3, 4, 1, 0.01, 0.3)
          : new Numbers(20_000, 100, 100, 5, 0.2, 4, 1, 0.01, 0.3);
    }

    /** How many training rows there are where {@code share} of them are positive. */
    int rows(double share) {
      return Math.max(trainRows, (int) Math.ceil(trainPositives / share));
    }
  }

  /** A share of positives, and the share of them that is missed. */
  private record Case(Condition condition, TableSplit.Source source, double missed) {}

  /** A loss under the name of its settings. */
  private record Candidate(Arm arm, Boosting boosting) {
    static Candidate of(String group, String name, Boosting boosting) {
      return new Candidate(new Arm(name, boosting.loss(), group), boosting);
    }
  }

  private static List<Candidate> candidates(Request request) {
    List<Candidate> candidates = new ArrayList<>();
    boolean few = request.tiny();
    for (double power : few ? new double[] {0.5} : new double[] {0, 0.5, 1}) {
      candidates.add(
          Candidate.of(
              LOGISTIC,
              power == 0 ? "logistic, unweighted" : "logistic, positives ×(n-/n+)^" + power,
              new Boosting.BuiltIn(power)));
    }
    for (double gamma : few ? new double[] {2} : new double[] {0.5, 1, 2}) {
      candidates.add(
          Candidate.of(
              FOCAL,
              "focal, gamma " + gamma,
              new Boosting.Ours(new FocalLoss(Alpha.none(), gamma))));
    }
    double[][] temperatures =
        few ? new double[][] {{0.8, 1.2}} : new double[][] {{0.8, 1}, {0.5, 1}, {0.8, 1.2}};
    for (double[] t : temperatures) {
      candidates.add(
          Candidate.of(
              BI_TEMPERED,
              "bi-tempered (" + t[0] + ", " + t[1] + ")",
              new Boosting.Ours(BinaryBiTemperedLoss.of(t[0], t[1]))));
    }
    return candidates;
  }

  private static List<Case> cases(Request request, Numbers n) {
    if (request.data().isPresent()) {
      Table table = TableFiles.read(request.data().get());
      if (table.positives() < LEAST_POSITIVES
          || table.rows() - table.positives() < table.positives()) {
        throw new Refusal(
            "imbalanced-tables: positives must be at least "
                + LEAST_POSITIVES
                + " and at most half of the rows, were "
                + table.positives()
                + " of "
                + table.rows());
      }
      return both("as recorded", 0, TableSplit.of(table), n);
    }
    double[] shares = request.tiny() ? new double[] {0.05} : new double[] {0.05, 0.01, 0.001};
    List<Case> cases = new ArrayList<>();
    for (double share : shares) {
      String label = String.format(Locale.ROOT, "%s %% positive", trimmed(100 * share));
      int rows = n.rows(share);
      TableSplit.Source source =
          TableSplit.drawn(RareTables.withShare(share), rows, rows / 2, 2 * rows);
      cases.addAll(both(label, cases.size(), source, n));
    }
    return cases;
  }

  private static String trimmed(double number) {
    return number == Math.rint(number) ? Integer.toString((int) number) : Double.toString(number);
  }

  private static List<Case> both(String label, int at, TableSplit.Source source, Numbers n) {
    String noisy = label + ", " + Math.round(100 * n.missed()) + " % missed";
    return List.of(
        new Case(new Condition(label, at), source, 0),
        new Case(new Condition(noisy, at + 1), source, n.missed()));
  }

  @Override
  public Plan plan(Request request) {
    Numbers numbers = Numbers.of(request);
    List<Candidate> candidates = candidates(request);
    List<Case> cases = cases(request, numbers);
    BoostTraining.Recipe recipe =
        new BoostTraining.Recipe(
            numbers.trees(),
            numbers.every(),
            Map.of(
                "eta", numbers.eta(),
                "max_depth", numbers.depth(),
                "lambda", numbers.lambda(),
                "min_child_weight", numbers.minChildWeight(),
                "tree_method", "hist",
                "nthread", 1,
                "verbosity", 0));
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Case one : cases) {
        for (Candidate c : candidates) {
          trainings.add(
              new BoostTraining(
                  one.condition(),
                  c.arm(),
                  seed,
                  recipe,
                  one.missed(),
                  one.source(),
                  c.boosting()));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
                this,
                request,
                request.data().isPresent() ? "a table from a file" : "drawn rows",
                numbers,
                cases.stream().map(Case::condition).toList(),
                candidates.stream().map(Candidate::arm).toList(),
                measures(numbers),
                comparisons(cases),
                List.of("tables, tuning and measures are ours"))
            .chosenBy(BoostTraining.VALIDATION);
    return new Plan(protocol, trainings);
  }

  private static List<Measure> measures(Numbers n) {
    return BoostTraining.MEASURES.stream()
        .map(
            m ->
                m.name().equals(BoostTraining.VALIDATION)
                    ? m.over("trees", n.every(), n.trees())
                    : m)
        .toList();
  }

  private static List<Comparison> comparisons(List<Case> cases) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Case one : cases) {
      boolean clean = one.missed() == 0;
      comparisons.add(
          better(BoostTraining.AREA, "a higher AUC-PR", one, clean ? FOCAL : BI_TEMPERED));
      comparisons.add(
          better(BoostTraining.AREA, "a higher AUC-PR", one, clean ? BI_TEMPERED : FOCAL));
      comparisons.add(
          better(BoostTraining.FITTED_LOG_LOSS, "a lower recalibrated log loss", one, FOCAL));
      comparisons.add(
          better(BoostTraining.FITTED_LOG_LOSS, "a lower recalibrated log loss", one, BI_TEMPERED));
      comparisons.add(
          better(
              BoostTraining.CALIBRATION, "a lower calibration error as claimed", one, BI_TEMPERED));
    }
    return comparisons;
  }

  private static Comparison better(String metric, String how, Case one, String treatment) {
    String who = treatment.equals(FOCAL) ? "Focal" : "Bi-tempered";
    return new Comparison(
        who + " ends with " + how + " than weighted logistic: " + one.condition().label() + ".",
        metric,
        one.condition().label(),
        LOGISTIC,
        treatment);
  }
}
