package org.perdita.lab.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * A small convolutional network for 28 × 28 grey images, after LeNet (LeCun et al. 1998): twice a 5
 * × 5 convolution, ReLU and 2 × 2 max-pooling, then one hidden layer.
 */
public final class LeNet extends Net {
  private static final int KERNEL = 5;
  private static final int POOLED = 7;

  private final Layer first;
  private final Layer second;
  private final Layer hidden;
  private final Layer output;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param channels1 channels of the first convolution
   * @param channels2 channels of the second
   * @param units units of the hidden layer
   * @param classes logits
   */
  public LeNet(long seed, int channels1, int channels2, int units, int classes) {
    super(seed);
    first = convolution(1, channels1, KERNEL, 1, KERNEL / 2);
    second = convolution(channels1, channels2, KERNEL, 1, KERNEL / 2);
    hidden = linear(channels2 * POOLED * POOLED, units);
    output = linear(units, classes);
  }

  /** Logits {@code [n, classes]} of images {@code [n, 1, 28, 28]}. */
  @Override
  public Tensor forward(Tensor x) {
    return output.forward(features(x));
  }

  /** What the hidden layer makes of images: {@code [n, units]}, 0 or more. */
  public Tensor features(Tensor x) {
    Tensor a = maxPool(torch.relu(first.forward(x)), 2, 2);
    Tensor b = maxPool(torch.relu(second.forward(a)), 2, 2);
    return torch.relu(hidden.forward(flatten(b)));
  }
}
