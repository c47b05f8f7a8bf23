package org.perdita.lab.experiment;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a training.
 *
 * @param metrics final measures by name, such as {@code accuracy}, in [0, 1] where it is a share
 * @param curves measures over the training by name, one number an epoch
 * @param pictures what there is to look at
 * @param diverged where and how the training stopped early, if it did; a result like any other
 */
public record Outcome(
    Map<String, Double> metrics,
    Map<String, List<Double>> curves,
    List<Picture> pictures,
    Optional<String> diverged) {

  public Outcome {
    metrics = Map.copyOf(metrics);
    curves = Map.copyOf(curves);
    pictures = List.copyOf(pictures);
  }

  /** Measures alone. */
  public static Outcome of(Map<String, Double> metrics) {
    return new Outcome(metrics, Map.of(), List.of(), Optional.empty());
  }

  /**
   * A picture made by the training.
   *
   * @param caption one line under it
   * @param image the pixels
   */
  public record Picture(String caption, BufferedImage image) {}
}
