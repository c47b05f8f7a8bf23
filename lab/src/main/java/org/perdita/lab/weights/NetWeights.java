package org.perdita.lab.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.BadData;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** The parameters and buffers of a network, from a file and to one, by their names. */
public final class NetWeights {
  private NetWeights() {}

  /**
   * Loads all that {@code net} has. Tensors of the file that the network does not know are left
   * alone; one that it lacks, or of another shape, is refused before anything is changed.
   *
   * @return what was read, whose {@code toString} is worth printing
   */
  public static SafeTensors load(Net net, Path file) {
    SafeTensors weights = SafeTensors.read(file);
    load(net, weights);
    return weights;
  }

  /** As {@link #load(Net, Path)}, from an open file. */
  public static void load(Net net, SafeTensors weights) {
    net.state()
        .forEach(
            (name, own) -> {
              int[] wanted = Arrays.stream(own.shape()).mapToInt(Math::toIntExact).toArray();
              int[] found = weights.shape(name);
              if (!Arrays.equals(wanted, found)) {
                throw new BadData(
                    (weights.file() + ": tensor '" + name + "' has shape ")
                        + (Arrays.toString(found)
                            + ", the network's has "
                            + Arrays.toString(wanted)));
              }
            });
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            net.state().forEach((name, own) -> copy(weights, name, own));
          }
        });
  }

  private static void copy(SafeTensors weights, String name, Tensor own) {
    Engine.scoped(() -> own.copy_(EngineTensors.of(weights.tensor(name)).reshape(own.shape())));
  }

  /**
   * Saves all that {@code net} has as floats.
   *
   * @param metadata strings to go into the header, such as what made it
   */
  public static void save(Net net, Path file, Map<String, String> metadata) {
    Map<String, org.perdita.Tensor> tensors = new LinkedHashMap<>();
    net.state().forEach((name, own) -> tensors.put(name, EngineTensors.view(own)));
    SafeTensorsWriter.write(file, tensors, metadata);
  }
}
