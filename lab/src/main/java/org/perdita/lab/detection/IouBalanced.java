package org.perdita.lab.detection;

import static org.perdita.lab.detection.DetectionStudy.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.IouBalancedClassificationLoss;
import org.perdita.detection.IouBalancedLocalizationLoss;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.lab.detection.DetectionStudy.Candidate;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Request;
import org.perdita.pytorch.Engine;

/** Do losses that look at the overlap of the boxes make boxes more exact, and scores truer? */
public final class IouBalanced implements Experiment {
  private static final String BASELINE = "focal and smooth L1";
  private static final String SCORES = "IoU-balanced scores";
  private static final String BOXES = "IoU-balanced boxes";
  private static final String BOTH = "both balanced";

  /** η and λ: the best of the paper's table. */
  private static final double POWER = 1.5;

  @Override
  public String name() {
    return "iou-balanced";
  }

  @Override
  public String data() {
    return "scenes drawn by the program; --data: a folder in the COCO format";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    String at = DetectionStudy.CONDITION.label();
    return new Claim(
        "In a single-stage detector IoU-balanced losses raise the average precision, most at high"
            + " IoU, because scores follow the boxes and nearly right boxes are made exact.",
        "Wu et al.: IoU-balanced Loss Functions for Single-stage Object Detection, arXiv"
            + " 1908.05641, ablation on val2017",
        "COCO, RetinaNet on ResNet-50-FPN, 600 × 1000 pixels; 34.4 and 35.7 are derived from"
            + " differences the paper gives",
        List.of(
            new Published(at, BASELINE, DetectionTraining.AP, 0.344, false),
            new Published(at, SCORES, DetectionTraining.AP, 0.351, true),
            new Published(at, BOXES, DetectionTraining.AP, 0.352, true),
            new Published(at, BOTH, DetectionTraining.AP, 0.357, false)));
  }

  @Override
  public Plan plan(Request request) {
    DetectionNumbers numbers = DetectionNumbers.of(request, 270, 2300);
    return new DetectionStudy(name(), request, claim(), numbers, candidates(numbers), comparisons())
        .plan();
  }

  private static List<Candidate> candidates(DetectionNumbers n) {
    FocalLoss focal = FocalLoss.retinaNet();
    SmoothL1Loss smooth = new SmoothL1Loss(n.beta());
    ScoreLoss plain = new ScoreLoss.Plain(focal);
    ScoreLoss balanced =
        new ScoreLoss.Balanced(IouBalancedClassificationLoss.sigmoid(POWER, focal));
    IouBalancedLocalizationLoss boxes = IouBalancedLocalizationLoss.of(POWER, smooth);
    return List.of(
        candidate(BASELINE, plain, smooth, null),
        candidate(SCORES, balanced, smooth, null),
        candidate(BOXES, plain, smooth, boxes),
        candidate(BOTH, balanced, smooth, boxes));
  }

  private static Candidate candidate(
      String name,
      ScoreLoss scores,
      SmoothL1Loss smooth,
      @Nullable IouBalancedLocalizationLoss balance) {
    return new Candidate(name, name, new Objective(scores, smooth, balance));
  }

  private static List<Comparison> comparisons() {
    return List.of(
        comparison("With both balanced AP is higher.", DetectionTraining.AP, BASELINE, BOTH),
        comparison("With balanced scores AP is higher.", DetectionTraining.AP, BASELINE, SCORES),
        comparison("With balanced boxes AP is higher.", DetectionTraining.AP, BASELINE, BOXES),
        comparison("With balanced boxes AP80 is higher.", DetectionTraining.AP80, BASELINE, BOXES),
        comparison("With balanced boxes AP90 is higher.", DetectionTraining.AP90, BASELINE, BOXES),
        comparison(
            "With balanced scores the scores follow the overlap more closely.",
            DetectionTraining.CORRELATION,
            BASELINE,
            SCORES),
        comparison(
            "With both balanced a larger share of the detections is exact.",
            DetectionTraining.PRECISE,
            BASELINE,
            BOTH));
  }
}
