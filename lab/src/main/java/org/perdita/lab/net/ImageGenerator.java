package org.perdita.lab.net;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * Makes 28 × 28 grey images in [0, 1] from noise: the generator of InfoGAN (Chen et al. 2016), as
 * in "Are GANs Created Equal?", at widths of one's own. Two full layers, then two transposed 4 × 4
 * convolutions that double the side; ReLU and batch normalisation in between, a sigmoid at the end.
 */
public final class ImageGenerator extends Net {
  private static final int SMALL = 7;

  private final Layer full;
  private final Layer images;
  private final int channels;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param noise how many numbers an image starts from
   * @param widths the study's are 64, 128 and 1024
   */
  public ImageGenerator(long seed, int noise, ImageWidths widths) {
    super(seed);
    channels = widths.second();
    int flat = channels * SMALL * SMALL;
    full =
        linear(noise, widths.units())
            .then(batchNorm(widths.units()))
            .then(torch::relu)
            .then(linear(widths.units(), flat))
            .then(batchNorm(flat))
            .then(torch::relu);
    images =
        transposedConvolution(channels, widths.first(), 4, 2, 1)
            .then(batchNorm(widths.first()))
            .then(torch::relu)
            .then(transposedConvolution(widths.first(), 1, 4, 2, 1))
            .then(torch::sigmoid);
  }

  /** Images {@code [n, 1, 28, 28]} of noise {@code [n, noise]}. */
  @Override
  public Tensor forward(Tensor z) {
    return images.forward(full.forward(z).view(-1, channels, SMALL, SMALL));
  }
}
