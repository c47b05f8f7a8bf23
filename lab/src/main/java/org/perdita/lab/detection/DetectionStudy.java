package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
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
 * @param candidates losses, the baseline first
 * @param comparisons what is decided
 */
record DetectionStudy(
    String name,
    Request request,
    Claim claim,
    DetectionNumbers numbers,
    List<Candidate> candidates,
    List<Comparison> comparisons) {

  /** There is one: the published numbers, too, are of one test set. */
  static final Condition CONDITION = new Condition("test images", 0);

  private static final long SEED_OF_SCENES = 7;

  /** A loss by the name of its arm and of the group it is chosen from. */
  record Candidate(String group, String name, Objective objective) {
    Arm arm() {
      return new Arm(name, objective.toString(), group);
    }
  }

  Plan plan() {
    List<String> leftOut = new ArrayList<>();
    SceneSet scenes = scenes(leftOut);
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (Candidate c : candidates) {
        trainings.add(
            new DetectionTraining(
                CONDITION, c.arm(), seed, scenes, numbers.recipe(), c.objective()));
      }
    }
    Protocol protocol =
        new Protocol(
            name,
            request.tiny() ? "tiny" : request.scale().toString(),
            scenes.name() + (leftOut.isEmpty() ? "" : ", " + leftOut.size() + " left out"),
            claim,
            Settings.values(numbers),
            Settings.reasons(DetectionNumbers.class),
            List.of(CONDITION),
            candidates.stream().map(Candidate::arm).toList(),
            Optional.empty(),
            DetectionTraining.MEASURES,
            comparisons,
            Optional.of(differs(scenes)));
    return new Plan(protocol, trainings, leftOut);
  }

  private SceneSet scenes(List<String> leftOut) {
    if (request.tune()) {
      throw new Refusal(name + ": has no --tune; its arms already hold each loss's parameters");
    }
    if (request.data().isPresent()) {
      SceneSet read =
          PhotoScenes.read(request.data().get(), numbers.side(), request.skipBad(), leftOut);
      if (read.train().isEmpty() || read.test().isEmpty()) {
        throw new Refusal(name + ": needs images to learn from and to be measured on");
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
        numbers.side(), numbers.trainScenes(), numbers.testScenes(), SEED_OF_SCENES);
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
