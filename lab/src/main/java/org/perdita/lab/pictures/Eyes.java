package org.perdita.lab.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.perdita.lab.features.FeatureNetworks;
import org.perdita.lab.features.FeatureNetworks.Loaded;
import org.perdita.lab.features.Lpips;
import org.perdita.lab.weights.SafeTensors;

/**
 * The feature networks of an experiment: one to train with and one to measure with. Without a
 * folder of weights both are this program's own.
 *
 * @param training whose features the loss compares
 * @param judging whose features the measured distance compares
 * @param lpips the distance
 */
record Eyes(Loaded training, Loaded judging, Lpips lpips) implements AutoCloseable {

  /** From {@code data/features}, where there are files; opened anew for each training. */
  static Eyes open(Optional<Path> data) {
    Optional<Path> distilled = file(data, "vgg19_16x_encoder4.safetensors");
    Optional<Path> squeeze = file(data, "squeezenet1_1.safetensors");
    Optional<Path> linear = file(data, "lpips_v0.1_squeeze_linear.safetensors");
    Loaded training = FeatureNetworks.loadOrOwn(distilled);
    Loaded judging = FeatureNetworks.loadOrOwn(squeeze);
    Lpips lpips =
        squeeze.isPresent() && linear.isPresent()
            ? Lpips.calibrated(judging.network(), SafeTensors.read(linear.get()))
            : Lpips.uncalibrated(judging.network());
    return new Eyes(training, judging, lpips);
  }

  private static Optional<Path> file(Optional<Path> data, String name) {
    return data.map(d -> d.resolve("features").resolve(name)).filter(Files::isRegularFile);
  }

  @Override
  public void close() {
    training.close();
    judging.close();
  }
}
