package org.perdita.lab.net;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * Scores 28 × 28 grey images: the discriminator of InfoGAN (Chen et al. 2016), as in "Are GANs
 * Created Equal?", at widths of one's own and without its sigmoid. Two 4 × 4 convolutions that
 * halve the side, a full layer, a score; leaky ReLU of slope 0.2 in between.
 */
public final class ImageCritic extends Net {
  private static final double SLOPE = 0.2;
  private static final int SMALL = 7;

  private final Layer score;

  /** What stands between a layer and its activation. */
  public enum Normalisation {
    /** Nothing: for penalties, whose gradient must be of one sample. */
    NONE,
    /** Batch normalisation, in all but the first layer. */
    BATCH
  }

  /** A network with parameters drawn from {@code seed}. */
  public ImageCritic(long seed, ImageWidths widths, Normalisation normalisation) {
    super(seed);
    boolean norm = normalisation == Normalisation.BATCH;
    int flat = widths.second() * SMALL * SMALL;
    Layer convolutions =
        convolution(1, widths.first(), 4, 2, 1)
            .then(ImageCritic::leaky)
            .then(convolution(widths.first(), widths.second(), 4, 2, 1))
            .then(norm ? batchNorm(widths.second()) : x -> x)
            .then(ImageCritic::leaky);
    Layer full =
        linear(flat, widths.units())
            .then(norm ? batchNorm(widths.units()) : x -> x)
            .then(ImageCritic::leaky)
            .then(linear(widths.units(), 1));
    score = convolutions.then(Net::flatten).then(full);
  }

  /** Raw scores {@code [n, 1]} of images {@code [n, 1, 28, 28]}. */
  @Override
  public Tensor forward(Tensor x) {
    return score.forward(x);
  }

  /** max(x, slope · x). */
  static Tensor leaky(Tensor x) {
    return torch.maximum(x, x.mul(new Scalar(SLOPE)));
  }
}
