package org.perdita.lab.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.perdita.lab.data.BadData;
import org.perdita.lab.weights.NetWeights;
import org.perdita.lab.weights.SafeTensors;

/** Feature networks with their weights, frozen. The names in a file tell which network it is of. */
public final class FeatureNetworks {
  private static final String OWN = "own-features.safetensors";

  private FeatureNetworks() {}

  /**
   * A network, and the file its weights are from.
   *
   * @param network frozen
   * @param weights what was read; its {@code toString} has the checksum
   */
  public record Loaded(FeatureNetwork network, SafeTensors weights) implements AutoCloseable {
    @Override
    public void close() {
      network.close();
    }

    /** As in {@code VGG-19 from vgg19.safetensors: 38 tensors, …}. */
    @Override
    public String toString() {
      return network + " from " + weights;
    }
  }

  /**
   * The network of a file.
   *
   * @throws BadData if it is no safetensors file, or of no network known here
   */
  public static Loaded load(Path file) {
    return load(SafeTensors.read(file));
  }

  /** The network that comes with this program. */
  public static Loaded own() {
    try {
      Path copy = Files.createTempFile("perdita-", "-" + OWN);
      try (InputStream in = FeatureNetworks.class.getResourceAsStream(OWN)) {
        if (in == null) {
          throw new IllegalStateException(
              "FeatureNetworks: " + OWN + " is not among the resources");
        }
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return load(copy);
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file if there is one, else what comes with this program. */
  public static Loaded loadOrOwn(Optional<Path> file) {
    return file.map(FeatureNetworks::load).orElseGet(FeatureNetworks::own);
  }

  private static Loaded load(SafeTensors weights) {
    FeatureNetwork network = network(weights);
    try {
      NetWeights.load(network, weights);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    network.freeze();
    return new Loaded(network, weights);
  }

  private static FeatureNetwork network(SafeTensors weights) {
    Set<String> names = weights.names();
    if (names.contains("conv4_1.weight")) {
      return new OwnFeatures(1);
    }
    if (names.contains("conv0.weight") && names.contains("conv41.weight")) {
      return new DistilledVgg(names.contains("conv51.weight"));
    }
    if (names.contains("features.3.squeeze.weight")) {
      return new SqueezeNet();
    }
    if (names.contains("features.34.weight")) {
      return Vgg.nineteen();
    }
    if (names.contains("features.28.weight")) {
      return Vgg.sixteen();
    }
    throw new BadData(
        weights.file()
            + ": is of no network known here; known are VGG-16, VGG-19 and SqueezeNet 1.1 with"
            + " torchvision's names, the distilled VGG-19, and this program's own");
  }
}
