package org.perdita.lab.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One finished training, as one line of JSON. Lines are all that a report is made from.
 *
 * @param experiment which experiment
 * @param scale quick, full or paper; tiny for a miniature
 * @param data which data
 * @param condition what was varied, with its place on an axis
 * @param arm which loss
 * @param seed which seed
 * @param metrics final measures
 * @param curves measures over the training
 * @param pictures files relative to the line's own file, with captions
 * @param diverged where and how the training stopped early, if it did
 * @param settings every number the training depended on
 * @param provenance where, when and with what it was made
 */
public record ResultLine(
    String experiment,
    String scale,
    String data,
    Protocol.Condition condition,
    Protocol.Arm arm,
    int seed,
    Map<String, Double> metrics,
    Map<String, List<Double>> curves,
    List<PictureFile> pictures,
    Optional<String> diverged,
    Map<String, Object> settings,
    Provenance provenance) {

  /** A picture beside the lines. */
  public record PictureFile(String file, String caption) {}

  /**
   * Where a line comes from.
   *
   * @param commit of the repository, with a + if files were changed; unknown outside one
   * @param jdk the Java runtime
   * @param cpu the processor's name and the number of cores seen
   * @param engine what trained, with its version
   * @param finished when, in UTC, ISO 8601
   * @param seconds how long the training took
   */
  public record Provenance(
      String commit, String jdk, String cpu, String engine, String finished, double seconds)
      implements Serializable {}
}
