package org.perdita.cluster;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.ResultLine.Provenance;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.run.Event;
import org.perdita.lab.run.Failure;

/** What became of a training, in a form that travels. */
sealed interface Parcel extends Serializable {

  /** As the runner wants to be told. */
  Event unpack(Training training);

  /** Packs what a runner would be told. */
  static Parcel of(Event event) {
    if (event instanceof Event.Finished done) {
      Outcome outcome = done.outcome();
      return new Done(
          outcome.metrics(),
          outcome.curves(),
          outcome.pictures().stream().map(Png::of).toList(),
          outcome.diverged().orElse(null),
          done.provenance());
    }
    if (event instanceof Event.Failed failed) {
      return new Broken(failed.failure());
    }
    throw new IllegalArgumentException("Parcel: nothing to pack in " + event);
  }

  /** A training that ended well; as in {@link Outcome}. */
  record Done(
      Map<String, Double> metrics,
      Map<String, List<Double>> curves,
      List<Png> pictures,
      @Nullable String diverged,
      Provenance provenance)
      implements Parcel {

    @Override
    public Event unpack(Training training) {
      return new Event.Finished(
          training,
          new Outcome(
              metrics,
              curves,
              pictures.stream().map(Png::picture).toList(),
              Optional.ofNullable(diverged)),
          provenance);
    }
  }

  /** A training that threw. */
  record Broken(Failure failure) implements Parcel {
    @Override
    public Event unpack(Training training) {
      return new Event.Failed(training, failure);
    }
  }

  /** A picture whose pixels are written as PNG. */
  final class Png implements Serializable {
    private static final long serialVersionUID = 1;

    private final String caption;
    private final byte[] bytes;

    private Png(String caption, byte[] bytes) {
      this.caption = caption;
      this.bytes = bytes;
    }

    static Png of(Outcome.Picture picture) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        if (!ImageIO.write(picture.image(), "png", bytes)) {
          throw new IllegalArgumentException(picture.caption() + ": the picture has no PNG form");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Png(picture.caption(), bytes.toByteArray());
    }

    Outcome.Picture picture() {
      try {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        return new Outcome.Picture(caption, image);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
