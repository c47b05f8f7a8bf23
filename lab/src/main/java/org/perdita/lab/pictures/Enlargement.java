package org.perdita.lab.pictures;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.features.FeatureNetwork;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.image.Resampling;
import org.perdita.lab.net.Upscaler;
import org.perdita.lab.pictures.UpscaleTraining.Means;
import org.perdita.lab.pictures.UpscaleTraining.Recipe;
import org.perdita.lab.weights.NetWeights;
import org.perdita.lab.weights.SafeTensors;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/**
 * Makes a person's picture four times as large with the network that comes with this program. The
 * picture is worked on in tiles, each with as many pixels around it as the network looks at, so
 * that no seam shows and memory does not grow with the picture.
 */
public final class Enlargement {
  /** How much larger each side becomes. */
  public static final int TIMES = 4;

  private static final String FILE = "upscaler-x4.safetensors";
  private static final int WIDTH = 24;
  private static final int TILE = 128;

  /** What the network looks at, and two pixels for cubic convolution. */
  private static final int MARGIN = Upscaler.REACH + 2;

  /** The weight of the absolute error beside features; by eye. */
  private static final double PIXELS_SHARE = 3;

  /** Pixels of the large picture. */
  private static final long MOST = 128L << 20;

  private Enlargement() {}

  /**
   * How far it is.
   *
   * @param done from 0 to 1
   * @param picture the large picture, where not done yet as interpolation makes it; changed later
   */
  public record Progress(double done, BufferedImage picture) {}

  /**
   * The picture, larger. Transparency is enlarged by cubic convolution; a grey picture stays grey.
   *
   * @param told after each tile
   */
  public static BufferedImage of(BufferedImage picture, Consumer<Progress> told) {
    return of(picture, TILE, told);
  }

  static BufferedImage of(BufferedImage picture, int tile, Consumer<Progress> told) {
    int w = picture.getWidth();
    int h = picture.getHeight();
    long pixels = (long) w * h * TIMES * TIMES;
    if (pixels > MOST) {
      throw new Refusal(
          "upscale: the picture of "
              + w
              + " × "
              + h
              + " would have "
              + pixels
              + " pixels, allowed: up to "
              + MOST);
    }
    boolean alpha = picture.getColorModel().hasAlpha();
    boolean grey = picture.getColorModel().getNumColorComponents() == 1;
    BufferedImage large =
        new BufferedImage(
            w * TIMES, h * TIMES, alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    interpolate(picture, large);
    int tiles = ((w + tile - 1) / tile) * ((h + tile - 1) / tile);
    int done = 0;
    try (Upscaler net = new Upscaler(1, TIMES, WIDTH)) {
      NetWeights.load(net, weights());
      for (int top = 0; top < h; top += tile) {
        for (int left = 0; left < w; left += tile) {
          tile(net, picture, left, top, tile, large, grey);
          told.accept(new Progress((double) ++done / tiles, large));
        }
      }
    }
    return large;
  }

  private static void interpolate(BufferedImage picture, BufferedImage large) {
    Graphics2D on = large.createGraphics();
    on.setComposite(AlphaComposite.Src);
    on.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    on.drawImage(picture, 0, 0, large.getWidth(), large.getHeight(), null);
    on.dispose();
  }

  private static void tile(
      Upscaler net,
      BufferedImage picture,
      int left,
      int top,
      int tile,
      BufferedImage large,
      boolean grey) {
    int x0 = Math.max(0, left - MARGIN);
    int y0 = Math.max(0, top - MARGIN);
    int x1 = Math.min(picture.getWidth(), left + tile + MARGIN);
    int y1 = Math.min(picture.getHeight(), top + tile + MARGIN);
    BufferedImage part = picture.getSubimage(x0, y0, x1 - x0, y1 - y0);
    Image colours = enlarged(net, Pictures.of(part), true);
    BufferedImage made = Pictures.of(colours);
    BufferedImage opacity =
        picture.getColorModel().hasAlpha()
            ? Pictures.of(enlarged(net, Pictures.opacity(part), false))
            : made;
    int right = Math.min(picture.getWidth(), left + tile);
    int bottom = Math.min(picture.getHeight(), top + tile);
    for (int y = top * TIMES; y < bottom * TIMES; y++) {
      for (int x = left * TIMES; x < right * TIMES; x++) {
        int rgb = made.getRGB(x - x0 * TIMES, y - y0 * TIMES) & 0xffffff;
        if (grey) {
          int level = ((rgb >> 16) + (rgb >> 8 & 0xff) + (rgb & 0xff) + 1) / 3;
          rgb = level << 16 | level << 8 | level;
        }
        int a = opacity == made ? 255 : opacity.getRGB(x - x0 * TIMES, y - y0 * TIMES) & 0xff;
        large.setRGB(x, y, a << 24 | rgb);
      }
    }
  }

  /** Mirrored edges need a few pixels; a smaller picture is enlarged by cubic convolution alone. */
  private static Image enlarged(Upscaler net, Image small, boolean sharpened) {
    return Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            Tensor x = EngineImages.of(small);
            int h = (int) x.size(2);
            int w = (int) x.size(3);
            Tensor smooth = EngineImages.resized(x, Resampling.bicubic(), h * TIMES, w * TIMES);
            boolean network = sharpened && h > 1 && w > 1;
            return EngineImages.saved(network ? net.enlarged(x, smooth) : smooth);
          }
        });
  }

  /**
   * Trains the network that comes with this program on drawn scenes and saves it: with the
   * perceptual loss of {@link SuperResolution} and the absolute error of the pixels, without which
   * plain areas get a fine grid.
   *
   * @param steps of the optimiser
   * @param told a line now and then
   */
  public static void train(int steps, Path file, Consumer<String> told)
      throws InterruptedException {
    PictureSet.Source pictures = PictureSet.scenes(80, 1, 160);
    Recipe recipe = new Recipe(TIMES, steps, 6, 64, WIDTH, 1e-3);
    UpscaleTraining training =
        new UpscaleTraining(
            new Condition("× " + TIMES, TIMES),
            new Arm("perceptual loss", "", "perceptual loss"),
            1,
            Means.PERCEPTUAL,
            recipe,
            pictures,
            Optional.empty());
    try (Engine.Scope run = Engine.scope();
        Eyes eyes = Eyes.open(Optional.empty());
        Upscaler net = new Upscaler(1, TIMES, WIDTH);
        Optimizer optimizer = Optimizer.adam(net, recipe.learningRate(), 0.9, 0.999)) {
      List<Double> curve = new ArrayList<>();
      int[] step = {0};
      training.train(
          net,
          optimizer,
          eyes,
          SuperResolution.loss()
              .plus(FeatureNetwork.PIXELS, PIXELS_SHARE, PixelLoss.absoluteError()),
          curve,
          () -> {
            if (++step[0] % 100 == 0 && !curve.isEmpty()) {
              double loss = curve.get(curve.size() - 1);
              told.accept(String.format(Locale.ROOT, "step %d: loss %.3f", step[0], loss));
            }
          });
      NetWeights.save(
          net, file, Map.of("made by", "perdita train-upscaler, " + recipe + ", drawn scenes"));
    }
  }

  private static SafeTensors weights() {
    try {
      Path copy = Files.createTempFile("perdita-", "-" + FILE);
      try (InputStream in = Enlargement.class.getResourceAsStream(FILE)) {
        if (in == null) {
          throw new IllegalStateException("Enlargement: " + FILE + " is not among the resources");
        }
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return SafeTensors.read(copy);
      } finally {
        copy.toFile().deleteOnExit();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
