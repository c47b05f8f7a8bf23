package org.perdita.lab.pictures;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Reduction;
import org.perdita.lab.data.Draw;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Measure.Unit;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.features.FeatureNetwork;
import org.perdita.lab.features.PerceptualObjective;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.image.Resampling;
import org.perdita.lab.image.Sharpness;
import org.perdita.lab.net.Upscaler;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.PerceptualLoss.Term;
import org.perdita.perceptual.PixelLoss;
import org.perdita.perceptual.Psnr;
import org.perdita.perceptual.Ssim;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Optimizer;

/**
 * Trains a network to make small pictures large and measures it on pictures it never saw. The small
 * ones are the large ones made smaller by cubic convolution.
 *
 * @param means what is minimised
 * @param recipe how to train
 * @param source what on
 * @param data where to look for published feature networks
 */
record UpscaleTraining(
    Condition condition,
    Arm arm,
    int seed,
    Means means,
    Recipe recipe,
    PictureSet.Source source,
    Optional<Path> data)
    implements Training {

  static final String PSNR = "PSNR";
  static final String SSIM = "SSIM";
  static final String DISTANCE = "perceptual distance";
  static final String SHARPNESS = "sharpness";
  static final String LOSS = "training loss";
  static final String BY_PICTURE = "PSNR by test picture";

  static final List<Measure> MEASURES =
      List.of(
          Measure.plain(PSNR)
              .in(Unit.DECIBELS)
              .defined(
                  "Of the luma (BT.601) of pictures rounded to bytes, as many pixels off each edge"
                      + " as the picture is enlarged times; mean over the test pictures."),
          Measure.plain(SSIM)
              .defined("Likewise, with the window of Wang et al., inside the picture only."),
          Measure.plain(DISTANCE)
              .lowerIsBetter()
              .defined(
                  "LPIPS arithmetic; with files of weights on SqueezeNet 1.1, which no loss here"
                      + " uses, else on four layers of the program's own feature network, of which"
                      + " the perceptual loss uses two."),
          Measure.plain(SHARPNESS)
              .defined(
                  "The mean length of the luma's gradient over that of the original's; a fine grid"
                      + " over plain areas counts as sharp."),
          Measure.plain(LOSS).lowerIsBetter().over("share of the steps", 0.05, 1),
          Measure.plain(BY_PICTURE).in(Unit.DECIBELS).over("test picture", 1, 5));

  /** What is minimised. */
  enum Means {
    /** Nothing: cubic convolution alone. */
    BICUBIC,
    /** The squared error between pixels. */
    PIXEL,
    /** The squared error between features. */
    PERCEPTUAL,
    /** That and the squared error between pixels, half each. */
    BOTH
  }

  /**
   * How to train.
   *
   * @param times how much larger each side becomes
   * @param steps of the optimiser
   * @param batch pictures a step
   * @param side of the large squares
   * @param width channels
   * @param learningRate Adam's; a tenth for the last quarter of the steps
   */
  record Recipe(int times, int steps, int batch, int side, int width, double learningRate) {}

  private static final int CURVE = 20;
  private static final long BATCHES = 701;
  private static final int SAMPLE = 16;
  private static final int CROP = 72;

  @Override
  public int steps() {
    return means == Means.BICUBIC ? 1 : recipe.steps();
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    try (Engine.Scope run = Engine.scope();
        Eyes eyes = Eyes.open(data);
        Upscaler net = new Upscaler(seed, recipe.times(), recipe.width());
        Optimizer optimizer = Optimizer.adam(net, recipe.learningRate(), 0.9, 0.999)) {
      List<Double> curve = new ArrayList<>();
      if (means == Means.BICUBIC) {
        progress.step();
      } else {
        PerceptualLoss perceptual =
            means == Means.BOTH ? balanced(eyes.training().network()) : SuperResolution.loss();
        train(net, optimizer, eyes, perceptual, curve, progress);
      }
      return measured(net, eyes, curve);
    }
  }

  /**
   * Trains {@code net}, and adds the mean loss of each part of the way to {@code curve}.
   *
   * @param perceptual what is minimised, unless it is the pixel loss
   */
  void train(
      Upscaler net,
      Optimizer optimizer,
      Eyes eyes,
      PerceptualLoss perceptual,
      List<Double> curve,
      Progress progress)
      throws InterruptedException {
    EngineLoss pixel = new EngineLoss(PixelLoss.squaredError(), Reduction.mean());
    PerceptualObjective objective =
        new PerceptualObjective(eyes.training().network(), perceptual, 0);
    double sum = 0;
    int every = Math.max(1, recipe.steps() / CURVE);
    for (int step = 0; step < recipe.steps(); step++) {
      if (step == recipe.steps() * 3 / 4) {
        optimizer.learningRate(recipe.learningRate() / 10);
      }
      Image large = source.get().batch(recipe.batch(), recipe.side(), Draw.of(seed, BATCHES, step));
      sum +=
          optimizer.step(
              () -> {
                Tensor target = EngineImages.of(large);
                Tensor made = enlarged(net, smaller(target));
                return means == Means.PIXEL
                    ? pixel.backward(made, EngineTensors.view(target))
                    : objective.backward(made, objective.targets(target, target)).total();
              });
      if ((step + 1) % every == 0) {
        curve.add(sum / every);
        sum = 0;
      }
      progress.step();
    }
  }

  /**
   * Features and pixels with half the say each: every term of the loss divided by what it is for
   * cubic convolution, so that it is so for every network. The same for every seed.
   */
  private PerceptualLoss balanced(FeatureNetwork network) {
    return Engine.scoped(
        () -> {
          Image sample = source.get().batch(SAMPLE, recipe.side(), Draw.of(0, BATCHES));
          Tensor large = EngineImages.of(sample);
          Tensor smooth =
              EngineImages.resized(
                  smaller(large), Resampling.bicubic(), recipe.side(), recipe.side());
          PerceptualLoss plain = SuperResolution.lossWithPixels();
          PerceptualObjective objective = new PerceptualObjective(network, plain, 0);
          List<Double> errors =
              objective
                  .backward(smooth.requires_grad_(true), objective.targets(large, large))
                  .parts();
          List<Term> terms = new ArrayList<>();
          for (int i = 0; i < errors.size(); i++) {
            Term term = plain.terms().get(i);
            double share = term.layer().equals(FeatureNetwork.PIXELS) ? errors.size() - 1 : 1;
            terms.add(new Term(term.layer(), share / Math.max(1e-30, errors.get(i)), term.loss()));
          }
          return new PerceptualLoss(terms);
        });
  }

  /** The pictures made smaller. */
  private Tensor smaller(Tensor large) {
    int h = (int) large.size(2) / recipe.times();
    int w = (int) large.size(3) / recipe.times();
    return EngineImages.resized(large, Resampling.bicubic(), h, w);
  }

  /** Small pictures made large again, by cubic convolution and what the network adds. */
  private Tensor enlarged(Upscaler net, Tensor small) {
    int h = (int) small.size(2) * recipe.times();
    int w = (int) small.size(3) * recipe.times();
    return means == Means.BICUBIC
        ? EngineImages.resized(small, Resampling.bicubic(), h, w)
        : net.enlarged(small, EngineImages.resized(small, Resampling.bicubic(), h, w));
  }

  private Outcome measured(Upscaler net, Eyes eyes, List<Double> curve) {
    double[] sums = new double[4];
    List<Double> each = new ArrayList<>();
    List<Picture> shown = new ArrayList<>();
    for (Image original : source.get().test()) {
      Image whole = divisible(original);
      Image made =
          Engine.scoped(
              () -> {
                NoGradGuard guard = new NoGradGuard();
                try (guard) {
                  return EngineImages.saved(enlarged(net, smaller(EngineImages.of(whole))));
                }
              });
      Image truth = inner(whole).luma();
      Image luma = inner(made).luma();
      each.add(Psnr.of(luma, truth));
      sums[0] += Psnr.of(luma, truth);
      sums[1] += Ssim.wang(255).of(luma, truth)[0];
      sums[2] += eyes.lpips().distance(made, whole);
      sums[3] += Sharpness.of(made) / Sharpness.of(whole);
      if (shown.size() < 3 && seed == 1) {
        shown.add(new Picture("", crop(made)));
      }
    }
    int n = source.get().test().size();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(PSNR, sums[0] / n);
    metrics.put(SSIM, sums[1] / n);
    metrics.put(DISTANCE, sums[2] / n);
    metrics.put(SHARPNESS, sums[3] / n);
    Map<String, List<Double>> curves = new LinkedHashMap<>(Map.of(BY_PICTURE, each));
    if (!curve.isEmpty()) {
      curves.put(LOSS, curve);
    }
    return new Outcome(metrics, curves, sheets(shown, metrics), Optional.empty());
  }

  /** The crops of a training as one picture; the first arm shows the originals too. */
  private List<Picture> sheets(List<Picture> crops, Map<String, Double> metrics) {
    if (crops.isEmpty()) {
      return List.of();
    }
    List<Picture> sheets = new ArrayList<>();
    if (means == Means.BICUBIC) {
      List<List<BufferedImage>> rows = new ArrayList<>();
      source.get().test().stream().limit(3).forEach(t -> rows.add(List.of(crop(divisible(t)))));
      sheets.add(new Picture("originals", Pictures.grid(rows)));
    }
    List<List<BufferedImage>> rows = crops.stream().map(p -> List.of(p.image())).toList();
    String caption =
        String.format(
            Locale.ROOT,
            "%s: %.2f dB, distance %.3f over all test pictures",
            arm.name(),
            metrics.get(PSNR),
            metrics.get(DISTANCE));
    sheets.add(new Picture(caption, Pictures.grid(rows)));
    return sheets;
  }

  /** The picture without the rows and columns that do not divide. */
  private Image divisible(Image image) {
    int h = image.pixels().length(2) / recipe.times() * recipe.times();
    int w = image.pixels().length(3) / recipe.times() * recipe.times();
    return PictureSet.cut(image, 0, 0, h, w);
  }

  private Image inner(Image image) {
    int off = recipe.times();
    int h = image.pixels().length(2) - 2 * off;
    int w = image.pixels().length(3) - 2 * off;
    return PictureSet.cut(image, off, off, h, w);
  }

  /** The middle of a picture, twice as large. */
  private static BufferedImage crop(Image image) {
    int h = image.pixels().length(2);
    int w = image.pixels().length(3);
    int side = Math.min(CROP, Math.min(h, w));
    Image part = PictureSet.cut(image, (h - side) / 2, (w - side) / 2, side, side);
    BufferedImage small = Pictures.of(part);
    BufferedImage large = new BufferedImage(2 * side, 2 * side, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 4 * side * side; p++) {
      int x = p % (2 * side);
      int y = p / (2 * side);
      large.setRGB(x, y, small.getRGB(x / 2, y / 2));
    }
    return large;
  }
}
