package org.perdita.lab.detection;

import org.perdita.lab.detection.DetectionTraining.Recipe;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.net.Backbone;

/** Every number the trainings of detectors depend on. */
record DetectionNumbers(
    @Because("pixels; objects of 9 to 24 are small in it, and nearly all anchors see ground")
        int side,
    @Because("scenes, each used mirrored half of the time; ignored with --data") int trainScenes,
    @Because("scenes for choosing with --tune; a fifth of the training images with --data")
        int validationScenes,
    @Because("scenes for measuring only; ignored with --data") int testScenes,
    @Because("three levels suffice for objects of one size; resnet50 is the paper's")
        String backbone,
    @Because("the smallest anchor in strides: what matches the objects' sizes; the paper has 4")
        double anchorBase,
    @Because("π of the class scores, as in the paper, section 4.1") double prior,
    @Because("until every loss has learnt to find objects within the scale's time") int steps,
    @Because("scenes a step; normalised together, as in Detectron") int batchScenes,
    @Because("steps over which the learning rate rises; it falls to 0 along a cosine") int warmup,
    @Because("of smooth L1, as in the paper") double beta) {

  /** A search needs no more than to tell good from bad. */
  private static final int TUNING_STEPS = 300;

  /**
   * The numbers of a request.
   *
   * @param quickSteps at quick scale
   * @param fullSteps at full scale
   */
  static DetectionNumbers of(Request request, int quickSteps, int fullSteps) {
    boolean files = request.data().isPresent();
    int quick = request.tune() ? TUNING_STEPS : quickSteps;
    if (request.tiny()) {
      return new DetectionNumbers(64, 12, 4, 6, "tiny", files ? 3 : 2, 0.01, 4, 2, 2, 0.11);
    }
    return switch (request.scale()) {
      case QUICK ->
          files
              ? new DetectionNumbers(96, 0, 0, 0, "tiny", 3, 0.01, quick / 2, 4, 80, 0.11)
              : new DetectionNumbers(64, 600, 120, 120, "tiny", 2, 0.01, quick, 4, 80, 0.11);
      case FULL ->
          files
              ? new DetectionNumbers(128, 0, 0, 0, "tiny", 3, 0.01, fullSteps / 2, 4, 80, 0.11)
              : new DetectionNumbers(64, 1500, 250, 250, "tiny", 2, 0.01, fullSteps, 4, 80, 0.11);
      case PAPER ->
          new DetectionNumbers(640, 118_287, 0, 5_000, "resnet50", 4, 0.01, 90_000, 16, 500, 0.11);
    };
  }

  private static final double PAPER_RATE = 1e-4;

  /** How to train at a learning rate; the paper's backbone has one for all losses. */
  Recipe recipe(double rate) {
    Backbone size =
        Backbone.ALL.stream().filter(b -> b.name().equals(backbone)).findFirst().orElseThrow();
    boolean paper = size.equals(Backbone.RESNET50);
    return new Recipe(
        size, anchorBase, prior, steps, batchScenes, paper ? PAPER_RATE : rate, warmup);
  }
}
