package org.perdita.lab.net;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.lab.net.ImageCritic.Normalisation;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * Full layers in a row, as the networks of a game over 28 × 28 grey images. A step costs a quarter
 * of that of small convolutions, for pictures as plain as a triangle.
 *
 * <p>What makes images starts at the ink of real ones, as a detector starts at its prior, and each
 * pixel is told by its neighbours too: from half grey everywhere, the first steps go into darkening
 * and drive single pixels so far that the sigmoid never lets them back.
 */
public final class ImageMlp extends Net {
  private static final int PIXELS = 28 * 28;

  private final Layer layers;

  /**
   * @param widths of the input, of each layer, of the output
   * @param normalised the first layer, counted from 0, that batch normalisation follows
   */
  private ImageMlp(long seed, Layer activation, Layer output, int normalised, int... widths) {
    super(seed);
    Layer made = x -> x.view(-1, widths[0]);
    int last = widths.length - 2;
    for (int i = 0; i < last; i++) {
      made = made.then(linear(widths[i], widths[i + 1]));
      made = i < normalised ? made : made.then(batchNorm(widths[i + 1]));
      made = made.then(activation);
    }
    layers = made.then(linear(widths[last], widths[last + 1])).then(output);
  }

  /** Images in [0, 1] of noise: two hidden layers with ReLU and batch normalisation. */
  static ImageMlp generator(long seed, int noise, int narrow, int wide, double ink) {
    return new ImageMlp(seed, torch::relu, image(ink), 0, noise, narrow, wide, PIXELS);
  }

  /** Scores {@code [n, 1]}: two hidden layers with leaky ReLU, the second one normalised or not. */
  static ImageMlp critic(long seed, int narrow, int wide, Normalisation normalisation) {
    int from = normalisation == Normalisation.BATCH ? 1 : Integer.MAX_VALUE;
    return new ImageMlp(seed, ImageCritic::leaky, x -> x, from, PIXELS, wide, narrow, 1);
  }

  /** Images again, through {@code code} numbers: ReLU, no normalisation. */
  static ImageMlp autoencoder(long seed, int wide, int code, double ink) {
    int none = Integer.MAX_VALUE;
    return new ImageMlp(seed, torch::relu, image(ink), none, PIXELS, wide, code, wide, PIXELS);
  }

  @Override
  public Tensor forward(Tensor x) {
    return layers.forward(x);
  }

  /** Three times the mean of each 3 × 3 pixels, then a sigmoid that gives {@code ink} at 0. */
  private static Layer image(double ink) {
    double prior = Math.log(ink / (1 - ink));
    return x -> {
      Tensor soft =
          torch.avg_pool2d(
              x.view(-1, 1, 28, 28),
              new long[] {3, 3},
              new long[] {1, 1},
              new long[] {1, 1},
              false,
              true,
              new LongOptional());
      return torch.sigmoid(soft.mul(new Scalar(3)).add(new Scalar(prior)));
    };
  }
}
