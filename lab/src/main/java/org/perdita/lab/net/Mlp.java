package org.perdita.lab.net;

import org.bytedeco.pytorch.Tensor;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/** Linear layers with an activation between them. */
public final class Mlp extends Net {
  private final Layer layers;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param activation after every layer but the last
   * @param widths numbers in, units of each hidden layer, numbers out
   * @throws IllegalArgumentException if there are fewer than two widths
   */
  public Mlp(long seed, Layer activation, int... widths) {
    super(seed);
    if (widths.length < 2) {
      throw new IllegalArgumentException("Mlp: widths must be two or more, was " + widths.length);
    }
    Layer stack = linear(widths[0], widths[1]);
    for (int i = 2; i < widths.length; i++) {
      stack = stack.then(activation).then(linear(widths[i - 1], widths[i]));
    }
    layers = stack;
  }

  /** The last layer's numbers {@code [n, out]} of {@code [n, in]}. */
  @Override
  public Tensor forward(Tensor x) {
    return layers.forward(x);
  }
}
