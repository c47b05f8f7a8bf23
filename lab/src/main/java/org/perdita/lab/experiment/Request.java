package org.perdita.lab.experiment;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person asked for.
 *
 * @param scale how much work
 * @param data the folder of real data, or empty for data the experiment draws itself
 * @param seedCount how many seeds, or empty for the scale's own number
 * @param tune whether each arm's parameters are chosen on noisy validation data
 * @param tiny whether to run a seconds-long miniature that only shows that all parts work
 * @param skipBad whether bad entries of real data are left out and listed; otherwise the first one
 *     ends the run
 */
public record Request(
    Scale scale,
    Optional<Path> data,
    OptionalInt seedCount,
    boolean tune,
    boolean tiny,
    boolean skipBad) {

  /** Nothing bad is skipped. */
  public Request(
      Scale scale, Optional<Path> data, OptionalInt seedCount, boolean tune, boolean tiny) {
    this(scale, data, seedCount, tune, tiny, false);
  }

  /** Everything at its default. */
  public static Request of(Scale scale) {
    return new Request(scale, Optional.empty(), OptionalInt.empty(), false, false);
  }

  /** A miniature for tests. */
  public static Request miniature() {
    return new Request(Scale.QUICK, Optional.empty(), OptionalInt.of(3), false, true);
  }

  /** How many seeds to run: 1, 2, … */
  public int seeds() {
    return seedCount.orElse(scale.seeds());
  }
}
