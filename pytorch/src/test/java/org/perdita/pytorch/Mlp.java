package org.perdita.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A network small enough to train in a test: 8 numbers in, 3 classes out. */
final class Mlp extends Net {
  private final Layer hidden = linear(8, 16);
  private final Layer norm = batchNorm(16);
  private final Layer output = linear(16, 3);

  Mlp(long seed) {
    super(seed);
  }

  @Override
  public Tensor forward(Tensor x) {
    return output.forward(torch.tanh(hidden.then(norm).forward(x)));
  }
}
