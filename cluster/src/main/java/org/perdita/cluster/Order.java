package org.perdita.cluster;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;

/**
 * What a person asked for of one experiment, in a form that travels. Whoever has it plans the same
 * trainings.
 *
 * @param experiment which experiment
 * @param scale how much work
 * @param data where real data lies, if it is asked for
 * @param sent whether {@code data} names what was sent along, and not a folder
 * @param seeds how many seeds; 0 for the scale's own number
 * @param tune as in {@link Request}
 * @param tiny as in {@link Request}
 * @param skipBad as in {@link Request}
 */
record Order(
    String experiment,
    Scale scale,
    @Nullable String data,
    boolean sent,
    int seeds,
    boolean tune,
    boolean tiny,
    boolean skipBad)
    implements Serializable {

  /**
   * {@code request} of {@code experiment}.
   *
   * @param sent the name under which the data was sent along, if it was
   */
  static Order of(String experiment, Request request, Optional<String> sent) {
    Optional<String> folder = request.data().map(path -> path.toAbsolutePath().toString());
    return new Order(
        experiment,
        request.scale(),
        sent.or(() -> folder).orElse(null),
        sent.isPresent(),
        request.seedCount().orElse(0),
        request.tune(),
        request.tiny(),
        request.skipBad());
  }

  /** What would be trained. */
  Plan plan(Experiments experiments) {
    return experiments.named(List.of(experiment)).get(0).plan(request());
  }

  private Request request() {
    return new Request(
        scale,
        Optional.ofNullable(data).map(name -> Path.of(sent ? SparkFiles.get(name) : name)),
        seeds == 0 ? OptionalInt.empty() : OptionalInt.of(seeds),
        tune,
        tiny,
        skipBad);
  }
}
