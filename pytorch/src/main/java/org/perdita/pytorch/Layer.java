package org.perdita.pytorch;

import org.bytedeco.pytorch.Tensor;

/** A piece of a network, with the parameters that its {@link Net} made for it. */
@FunctionalInterface
public interface Layer {

  /** The layer's output; it belongs to the open scope. */
  Tensor forward(Tensor x);

  /** This layer, then {@code next}. */
  default Layer then(Layer next) {
    return x -> next.forward(forward(x));
  }
}
