package org.perdita.lab.pictures;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.features.FeatureNetworks;
import org.perdita.lab.features.PerceptualObjective;
import org.perdita.lab.image.Palette;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.image.Resampling;
import org.perdita.perceptual.Image;
import org.perdita.pytorch.Engine;

/**
 * A person's picture in the manner of another, by optimising its pixels with Adam, from the content
 * with the style's colours.
 *
 * @param features a file of weights, or empty for the program's own network
 * @param size pixels of the result's longer side
 * @param iterations how long to go on
 * @param strength how much the style counts beside the content
 * @param threads of the engine
 */
public record Stylization(
    Optional<Path> features, int size, int iterations, double strength, int threads) {
  private static final double SMOOTH = 10;
  private static final int SMALLEST = 32;
  private static final int LARGEST = 2048;

  public Stylization {
    within("--size", size, SMALLEST, LARGEST);
    within("--iterations", iterations, 1, 10_000);
    within("--threads", threads, 1, 1024);
    if (!(strength > 0 && strength < 1e6)) {
      throw new Refusal("--strength must be above 0 and below 1e6, was " + strength);
    }
  }

  private static void within(String what, int was, int least, int most) {
    if (was < least || was > most) {
      throw new Refusal(what + " must be in " + least + " … " + most + ", was " + was);
    }
  }

  /** How far it is. */
  public record Progress(int iteration, double objective, Preview preview) {}

  /** Makes a picture of the state, for those who want to look. */
  @FunctionalInterface
  public interface Preview {
    BufferedImage picture();
  }

  /**
   * The content in the manner of the style; its transparency stays.
   *
   * @param said a sentence about the network and the sizes
   * @param told after each iteration
   */
  public BufferedImage of(
      BufferedImage content, BufferedImage style, Consumer<String> said, Consumer<Progress> told) {
    Engine.threads(threads);
    try (Engine.Scope run = Engine.scope();
        FeatureNetworks.Loaded loaded = FeatureNetworks.loadOrOwn(features)) {
      Tensor start = fitted(Pictures.of(content));
      Tensor wanted = fitted(Pictures.of(style));
      said.accept(
          String.format(
              Locale.ROOT,
              "%s%n%d × %d pixels, style at %d × %d",
              loaded,
              start.size(3),
              start.size(2),
              wanted.size(3),
              wanted.size(2)));
      PerceptualObjective objective =
          StyleObjective.of(loaded.network(), start, wanted, strength, SMOOTH);
      Tensor coloured =
          EngineImages.of(Palette.matched(EngineImages.saved(start), EngineImages.saved(wanted)));
      Canvas canvas =
          new Canvas(coloured, objective, objective.targets(start, wanted), Canvas.Method.ADAM);
      try {
        for (int i = 1; i <= iterations; i++) {
          double value = canvas.step().total();
          told.accept(new Progress(i, value, () -> Pictures.of(canvas.picture())));
        }
        BufferedImage made = Pictures.of(canvas.picture());
        return content.getColorModel().hasAlpha()
            ? Pictures.with(made, EngineImages.saved(fitted(Pictures.opacity(content))))
            : made;
      } finally {
        canvas.end();
      }
    }
  }

  /** The picture with its longer side at the size, both sides multiples of 8. */
  private Tensor fitted(Image image) {
    Tensor pixels = EngineImages.of(image);
    double h = pixels.size(2);
    double w = pixels.size(3);
    double times = size / Math.max(h, w);
    return EngineImages.resized(
        pixels, Resampling.bicubic(), eighths(times * h), eighths(times * w));
  }

  private static int eighths(double length) {
    return Math.max(16, 8 * (int) Math.round(length / 8));
  }
}
