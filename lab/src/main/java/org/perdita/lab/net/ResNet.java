package org.perdita.lab.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * The residual network of He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition"
 * (CVPR 2016), section 4.2, for small colour images: 6 n + 2 layers in three stages of 16, 32 and
 * 64 channels, with batch normalisation. Where a stage halves the image, the shortcut takes every
 * other pixel and fills the new channels with zeros (the paper's option A), so it has no
 * parameters.
 */
public final class ResNet extends Net {
  private static final int[] CHANNELS = {16, 32, 64};

  private final Layer features;
  private final Layer output;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param layers 6 n + 2: 8, 14, 20, 32, 44, 56, 110
   * @param classes logits
   * @throws IllegalArgumentException if there is no such network
   */
  public ResNet(long seed, int layers, int classes) {
    super(seed);
    if (layers < 8 || layers % 6 != 2) {
      throw new IllegalArgumentException(
          "ResNet: layers must be 6 n + 2 with n of 1 or more, was " + layers);
    }
    Layer stack = plainConvolution(3, CHANNELS[0], 3, 1, 1).then(batchNorm(CHANNELS[0]));
    stack = stack.then(torch::relu);
    int inputs = CHANNELS[0];
    for (int channels : CHANNELS) {
      for (int block = 0; block < (layers - 2) / 6; block++) {
        stack = stack.then(block(inputs, channels));
        inputs = channels;
      }
    }
    features = stack;
    output = linear(inputs, classes);
  }

  /** Logits {@code [n, classes]} of images {@code [n, 3, h, w]} whose sides divide by 4. */
  @Override
  public Tensor forward(Tensor x) {
    return output.forward(features.forward(x).mean(2, 3));
  }

  private Layer block(int inputs, int channels) {
    int stride = inputs == channels ? 1 : 2;
    Layer residual =
        plainConvolution(inputs, channels, 3, stride, 1)
            .then(batchNorm(channels))
            .then(torch::relu)
            .then(plainConvolution(channels, channels, 3, 1, 1))
            .then(batchNorm(channels));
    if (stride == 1) {
      return x -> torch.relu(residual.forward(x).add(x));
    }
    return x -> torch.relu(residual.forward(x).add(shortcut(x, channels - inputs)));
  }

  /** Every other pixel, and zeros for the channels that {@code x} does not have. */
  private static Tensor shortcut(Tensor x, int missing) {
    Tensor smaller = averagePool(x, 1, 2);
    return torch.constant_pad_nd(smaller, new long[] {0, 0, 0, 0, 0, missing});
  }
}
