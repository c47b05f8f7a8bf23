package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.perdita.lab.detection.Choice.Candidate;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Settings;
import org.perdita.lab.experiment.Training;

/**
 * Detectors that differ by their losses alone: what {@link DenseDetection} and {@link IouBalanced}
 * have in common.
 *
 * @param name the experiment's name
 * @param request what a person asked for
 * @param claim what is put to the test
 * @param numbers what the trainings depend on
 * @param choices losses, the baseline first
 * @param chosen how their learning rates were
 * @param comparisons what is decided
 */
record DetectionStudy(
    String name,
    Request request,
    Claim claim,
    DetectionNumbers numbers,
    List<Choice> choices,
    String chosen,
    List<Comparison> comparisons) {

  /** There is one: the published numbers, too, are of one test set. */
  static final Condition CONDITION = new Condition("test images", 0);

  private static final long SEED_OF_SCENES = 7;
  private static final String TRIED =
      "Adam's highest; each loss is tried with as many pairs of a rate and a number of its own";

  private static final String RATES = "learning rates";

  Plan plan() {
    List<String> leftOut = new ArrayList<>();
    SceneSet scenes = scenes(leftOut);
    List<Candidate> candidates =
        choices.stream().flatMap(choice -> choice.candidates(request.tune()).stream()).toList();
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Candidate c : candidates) {
        trainings.add(
            new DetectionTraining(
                CONDITION, c.arm(), seed, scenes, numbers.recipe(c.rate()), c.objective()));
      }
    }
    Map<String, Object> settings = Settings.values(numbers);
    settings.put(
        RATES,
        candidates.stream()
            .map(c -> c.name() + ": " + Choice.text(numbers.recipe(c.rate()).rate()))
            .collect(Collectors.joining("; ")));
    Map<String, String> reasons = Settings.reasons(DetectionNumbers.class);
    reasons.put(RATES, request.tune() ? TRIED : chosen);
    Protocol protocol =
        new Protocol(
            name,
            request.tiny() ? "tiny" : request.scale().toString(),
            scenes.name()
                + (request.tune() ? ", tuned" : "")
                + (leftOut.isEmpty() ? "" : ", " + leftOut.size() + " left out"),
            claim,
            settings,
            reasons,
            List.of(CONDITION),
            candidates.stream().map(Candidate::arm).toList(),
            request.tune() ? Optional.of(DetectionTraining.VALIDATION) : Optional.empty(),
            DetectionTraining.MEASURES,
            comparisons,
            Optional.of(differs(scenes)));
    return new Plan(protocol, trainings, leftOut);
  }

  private SceneSet scenes(List<String> leftOut) {
    if (request.data().isPresent()) {
      SceneSet read =
          PhotoScenes.read(
              request.data().get(), numbers.side(), request.skipBad(), request.tune(), leftOut);
      if (read.train().isEmpty() || read.test().isEmpty()) {
        throw new Refusal(name + ": needs images to learn from and to be measured on");
      }
      if (request.tune() && read.validation().isEmpty()) {
        throw new Refusal(name + ": --tune needs five images or more to learn from");
      }
      return read;
    }
    if (request.scale() == Scale.PAPER && !request.tiny()) {
      throw new Refusal(
          name
              + ": the paper's scale needs --data with COCO's train2017 and val2017 (118,287 and"
              + " 5,000 images), about 60 GFLOP a training image and 90,000 steps of 16: some"
              + " weeks of one core for each arm and seed");
    }
    return DrawnScenes.draw(
        numbers.side(),
        numbers.trainScenes(),
        request.tune() ? numbers.validationScenes() : 0,
        numbers.testScenes(),
        SEED_OF_SCENES);
  }

  private String differs(SceneSet scenes) {
    return String.format(
        "%s instead of COCO; a %s backbone on %d pixels from scratch, %d steps of %d with Adam",
        scenes.name(), numbers.backbone(), numbers.side(), numbers.steps(), numbers.batchScenes());
  }

  /** That the treatment has more of a measure than the baseline; or less, where that is better. */
  static Comparison comparison(String sentence, String metric, String baseline, String treatment) {
    return new Comparison(sentence, metric, CONDITION.label(), baseline, treatment);
  }
}
