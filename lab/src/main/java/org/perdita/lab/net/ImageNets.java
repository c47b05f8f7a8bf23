package org.perdita.lab.net;

import org.perdita.lab.net.ImageCritic.Normalisation;
import org.perdita.pytorch.Net;

/** The networks of a game over 28 × 28 grey images in [0, 1]; each drawn from its seed. */
public sealed interface ImageNets {

  /** How many numbers an image starts from. */
  int noise();

  /** Images of noise. */
  Net generator(long seed);

  /** One score an image. */
  Net critic(long seed, Normalisation normalisation);

  /** The images again: BEGAN's critic. */
  Net autoencoder(long seed);

  /**
   * {@link ImageGenerator}, {@link ImageCritic}, {@link ImageAutoencoder}.
   *
   * @param code how many numbers the autoencoder leaves of an image
   */
  record Convolutions(int noise, ImageWidths widths, int code) implements ImageNets {

    /** Those of "Are GANs Created Equal?". */
    public static Convolutions ofTheStudy() {
      return new Convolutions(64, ImageWidths.ofTheStudy(), 64);
    }

    @Override
    public Net generator(long seed) {
      return new ImageGenerator(seed, noise, widths);
    }

    @Override
    public Net critic(long seed, Normalisation normalisation) {
      return new ImageCritic(seed, widths, normalisation);
    }

    @Override
    public Net autoencoder(long seed) {
      return new ImageAutoencoder(seed, widths, code);
    }
  }

  /**
   * {@link ImageMlp}.
   *
   * @param narrow units of the hidden layer far from the image
   * @param wide units of the hidden layer next to it
   * @param code how many numbers the autoencoder leaves of an image
   * @param ink the mean of an image's pixels, in (0, 1), at which generator and autoencoder start
   */
  record Full(int noise, int narrow, int wide, int code, double ink) implements ImageNets {
    @Override
    public Net generator(long seed) {
      return ImageMlp.generator(seed, noise, narrow, wide, ink);
    }

    @Override
    public Net critic(long seed, Normalisation normalisation) {
      return ImageMlp.critic(seed, narrow, wide, normalisation);
    }

    @Override
    public Net autoencoder(long seed) {
      return ImageMlp.autoencoder(seed, wide, code, ink);
    }
  }
}
