package org.perdita.lab.net;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * Makes a picture larger: residual blocks at the small size, then each position's numbers become a
 * square of pixels (Shi et al. 2016). The result is what to add to the picture enlarged by cubic
 * convolution. It looks at no more than {@link #REACH} pixels around one.
 */
public final class Upscaler extends Net {
  /** Blocks of two convolutions, and three more, each of which looks one pixel farther. */
  private static final int BLOCKS = 4;

  /** How far it looks, in pixels of the small picture. */
  public static final int REACH = 2 * BLOCKS + 3;

  private final Layer layers;
  private final int times;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param times how much larger each side becomes
   * @param width channels
   */
  public Upscaler(long seed, int times, int width) {
    super(seed);
    this.times = times;
    Layer stack = mirroredConvolution(3, width, 3, 1).then(torch::relu);
    for (int i = 0; i < BLOCKS; i++) {
      Layer residual =
          mirroredConvolution(width, width, 3, 1)
              .then(torch::relu)
              .then(mirroredConvolution(width, width, 3, 1));
      stack = stack.then(x -> residual.forward(x).add(x));
    }
    stack = stack.then(mirroredConvolution(width, width, 3, 1)).then(torch::relu);
    layers = stack.then(mirroredConvolution(width, 3 * times * times, 3, 1));
  }

  /** The small pictures made large: {@code smooth} is what cubic convolution makes of them. */
  public Tensor enlarged(Tensor small, Tensor smooth) {
    return smooth.add(forward(small));
  }

  /** How much larger each side becomes. */
  public int times() {
    return times;
  }

  /** What to add to the enlarged pictures, for small ones {@code [n, 3, h, w]} in [0, 1]. */
  @Override
  public Tensor forward(Tensor small) {
    Tensor detail = layers.forward(small.sub(new Scalar(0.5)));
    return torch.pixel_shuffle(detail, times).mul(new Scalar(0.3));
  }
}
