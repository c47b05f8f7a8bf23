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
    @Because("scenes for measuring only; ignored with --data") int testScenes,
    @Because("three levels suffice for objects of one size; resnet50 is the paper's")
        String backbone,
    @Because("the smallest anchor in strides: what matches the objects' sizes; the paper has 4")
        double anchorBase,
    @Because("π of the class scores, as in the paper, section 4.1") double prior,
    @Because("until every loss has learnt to find objects within the scale's time") int steps,
    @Because("scenes a step; normalised together, as in Detectron") int batchScenes,
    @Because(
            "Adam, a tenth in the last quarter; of 3e-3 and 6e-3 the one with the higher AP in a"
                + " trial of one seed at quick scale, on other scenes, for cross-entropy,"
                + " α-balanced cross-entropy, focal γ = 2 and hard-example mining alike")
        double learningRate,
    @Because("steps over which the rate rises") int warmup,
    @Because("of smooth L1, as in the paper") double beta) {

  /**
   * The numbers of a request.
   *
   * @param quickSteps at quick scale
   * @param fullSteps at full scale
   */
  static DetectionNumbers of(Request request, int quickSteps, int fullSteps) {
    double base = request.data().isPresent() ? 3 : 2;
    if (request.tiny()) {
      return new DetectionNumbers(64, 12, 6, "tiny", base, 0.01, 4, 2, RATE, 2, 0.11);
    }
    return switch (request.scale()) {
      case QUICK ->
          new DetectionNumbers(
              request.data().isPresent() ? 96 : 64,
              600,
              120,
              "tiny",
              base,
              0.01,
              request.data().isPresent() ? quickSteps / 2 : quickSteps,
              8,
              RATE,
              20,
              0.11);
      case FULL ->
          new DetectionNumbers(
              request.data().isPresent() ? 128 : 96,
              1500,
              250,
              "tiny",
              base,
              0.01,
              request.data().isPresent() ? fullSteps / 2 : fullSteps,
              8,
              RATE,
              20,
              0.11);
      case PAPER ->
          new DetectionNumbers(
              640, 118_287, 5_000, "resnet50", 4, 0.01, 90_000, 16, 1e-4, 500, 0.11);
    };
  }

  private static final double RATE = 6e-3;

  Recipe recipe() {
    Backbone size =
        Backbone.ALL.stream().filter(b -> b.name().equals(backbone)).findFirst().orElseThrow();
    return new Recipe(size, anchorBase, prior, steps, batchScenes, learningRate, warmup);
  }
}
