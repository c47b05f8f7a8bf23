package org.perdita.lab.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.experiment.Refusal;
import org.perdita.perceptual.ChannelMap;
import org.perdita.perceptual.NetworkInput;
import org.perdita.perceptual.PixelFormat;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * A network whose features are looked at: a chain of layers with names. It takes red, green and
 * blue in [0, 1] and turns them itself into what its first layer wants; gradients go back to the
 * pixels.
 */
public abstract class FeatureNetwork extends Net {
  /** The pictures themselves, before the first layer. */
  public static final String PIXELS = "pixels";

  private final String name;
  private final NetworkInput input;
  private final List<Named> chain = new ArrayList<>();

  /** A layer and its name. */
  private record Named(String name, Layer layer) {}

  /**
   * @param name what to call it
   * @param input what the first layer wants
   */
  FeatureNetwork(String name, NetworkInput input, long seed) {
    super(seed);
    this.name = name;
    this.input = input;
  }

  /** What it is called. */
  public final String name() {
    return name;
  }

  /** What the first layer wants. */
  public final NetworkInput input() {
    return input;
  }

  /** The names of its layers, first to last. */
  public final List<String> layers() {
    return chain.stream().map(Named::name).toList();
  }

  /** The layers whose features make up its perceptual distance, first to last. */
  public abstract List<String> distanceLayers();

  /** Adds a layer at the end. */
  final void add(String layer, Layer made) {
    chain.add(new Named(layer, made));
  }

  /** Keeps the parameters as they are from now on: gradients go to the pixels alone. */
  final void freeze() {
    parameters().forEach(parameter -> parameter.requires_grad_(false));
  }

  /**
   * The features of {@code pixels} at some layers, or the pictures themselves under {@link
   * #PIXELS}; no layer after the last of them is run.
   *
   * @param pixels red, green and blue in [0, 1], {@code [n, 3, h, w]}
   */
  public final Map<String, Tensor> features(Tensor pixels, Collection<String> layers) {
    Set<String> wanted = new LinkedHashSet<>(layers);
    Map<String, Tensor> found = new LinkedHashMap<>();
    if (wanted.contains(PIXELS)) {
      found.put(PIXELS, pixels);
    }
    Tensor x = prepared(pixels);
    for (Named named : chain) {
      if (found.size() == wanted.size()) {
        break;
      }
      x = named.layer().forward(x);
      if (wanted.contains(named.name())) {
        found.put(named.name(), x);
      }
    }
    if (found.size() < wanted.size()) {
      wanted.removeAll(found.keySet());
      throw new Refusal(
          name + ": has no layer " + String.join(", ", wanted) + "; it has " + layers());
    }
    return found;
  }

  /** What the last layer gives. */
  @Override
  public final Tensor forward(Tensor pixels) {
    Tensor x = prepared(pixels);
    for (Named named : chain) {
      x = named.layer().forward(x);
    }
    return x;
  }

  private Tensor prepared(Tensor pixels) {
    ChannelMap map = input.from(PixelFormat.rgb());
    int c = map.source().size();
    return Engine.scoped(
        () -> {
          int[] source = map.source().stream().mapToInt(Integer::intValue).toArray();
          boolean ordered = source[0] == 0;
          Tensor x = ordered ? pixels : pixels.index_select(1, EngineTensors.of(source, c));
          return x.mul(channels(map.scale())).add(channels(map.offset()));
        });
  }

  private static Tensor channels(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return EngineTensors.of(floats, 1, floats.length, 1, 1);
  }

  @Override
  public final String toString() {
    return name;
  }
}
