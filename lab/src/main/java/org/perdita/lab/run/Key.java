package org.perdita.lab.run;

import java.io.Serializable;
import java.util.Map;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Training;

/** What makes a training the same training: condition, loss, seed and settings. */
public record Key(String condition, String arm, String loss, int seed, String settings)
    implements Serializable {

  /** The key of a training under {@code protocol}. */
  public static Key of(Protocol protocol, Training training) {
    return of(training.condition(), training.arm(), training.seed(), protocol.settings());
  }

  static Key of(ResultLine line) {
    return of(line.condition(), line.arm(), line.seed(), line.settings());
  }

  private static Key of(
      Protocol.Condition condition, Protocol.Arm arm, int seed, Map<String, Object> settings) {
    return new Key(condition.label(), arm.name(), arm.loss(), seed, Json.canonical(settings));
  }

  /** Whether a training of this key may be one of {@code protocol}'s. */
  boolean belongs(Protocol protocol) {
    return settings.equals(Json.canonical(protocol.settings()))
        && protocol.conditions().stream().anyMatch(c -> c.label().equals(condition))
        && protocol.arms().stream().anyMatch(a -> a.name().equals(arm) && a.loss().equals(loss));
  }
}
