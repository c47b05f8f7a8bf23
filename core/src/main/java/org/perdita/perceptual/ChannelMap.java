package org.perdita.perceptual;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Turns pixels of one meaning into another's: channel k of the result is scale<sub>k</sub> ·
 * (channel source<sub>k</sub>) + offset<sub>k</sub>.
 *
 * @param source which channel each comes from
 * @param scale what it is multiplied by
 * @param offset what is added then
 */
public record ChannelMap(List<Integer> source, List<Double> scale, List<Double> offset) {

  public ChannelMap {
    source = List.copyOf(source);
    scale = List.copyOf(scale);
    offset = List.copyOf(offset);
  }

  /** The mapped pixels of {@code [n, c, h, w]}, in new memory. */
  public Tensor apply(Tensor pixels) {
    int[] shape = pixels.shape();
    int planes = shape[1];
    int m = shape[2] * shape[3];
    shape[1] = source.size();
    Tensor out = Tensor.zeros(shape);
    FloatBuffer to = out.buffer();
    FloatBuffer from = pixels.buffer();
    for (int i = 0; i < shape[0]; i++) {
      for (int k = 0; k < source.size(); k++) {
        double a = scale.get(k);
        double b = offset.get(k);
        int start = (i * planes + source.get(k)) * m;
        for (int j = 0; j < m; j++) {
          to.put((float) Math.fma(a, from.get(start + j), b));
        }
      }
    }
    return out;
  }

  /**
   * The gradient at the pixels, given one at the mapped ones.
   *
   * @param gradient {@code [n, as many as source, h, w]}
   * @param channels how many channels the pixels have
   */
  public Tensor backward(Tensor gradient, int channels) {
    int[] shape = gradient.shape();
    Check.that(
        shape.length == 4 && shape[1] == source.size(),
        "ChannelMap",
        "gradient",
        gradient,
        "of shape [n, " + source.size() + ", h, w]");
    int m = shape[2] * shape[3];
    shape[1] = channels;
    Tensor out = Tensor.zeros(shape);
    FloatBuffer to = out.buffer();
    for (int i = 0; i < shape[0]; i++) {
      for (int k = 0; k < source.size(); k++) {
        int at = (i * channels + source.get(k)) * m;
        int start = (i * source.size() + k) * m;
        for (int j = 0; j < m; j++) {
          double slope = scale.get(k) * gradient.get(start + j);
          to.put(at + j, (float) (to.get(at + j) + slope));
        }
      }
    }
    return out;
  }

  /** This, then {@code next}. */
  ChannelMap then(ChannelMap next) {
    List<Integer> from = next.source.stream().map(source::get).toList();
    List<Double> scales = new ArrayList<>();
    List<Double> offsets = new ArrayList<>();
    for (int k = 0; k < from.size(); k++) {
      int middle = next.source.get(k);
      scales.add(next.scale.get(k) * scale.get(middle));
      offsets.add(next.scale.get(k) * offset.get(middle) + next.offset.get(k));
    }
    return new ChannelMap(from, scales, offsets);
  }
}
