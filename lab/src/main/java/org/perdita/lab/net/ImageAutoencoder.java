package org.perdita.lab.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * Gives 28 × 28 grey images back through a narrow code: BEGAN's critic as in "Are GANs Created
 * Equal?", at widths of one's own. A 4 × 4 convolution that halves the side, a full layer, the
 * code, and the way back; ReLU in between, a sigmoid at the end, no normalisation.
 */
public final class ImageAutoencoder extends Net {
  private static final int HALF = 14;

  private final Layer code;
  private final Layer back;
  private final int channels;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param code how many numbers stand for an image; 64 in the study
   */
  public ImageAutoencoder(long seed, ImageWidths widths, int code) {
    super(seed);
    channels = widths.first();
    int flat = channels * HALF * HALF;
    Layer down = convolution(1, channels, 4, 2, 1).then(torch::relu);
    this.code = down.then(Net::flatten).then(linear(flat, code)).then(torch::relu);
    Layer up = linear(code, flat).then(torch::relu);
    Layer image = transposedConvolution(channels, 1, 4, 2, 1).then(torch::sigmoid);
    back = up.then(x -> x.view(-1, channels, HALF, HALF)).then(image);
  }

  /** The images {@code [n, 1, 28, 28]} again. */
  @Override
  public Tensor forward(Tensor x) {
    return back.forward(code.forward(x));
  }
}
