package org.perdita.laws;

import static org.perdita.segmentation.BoundaryLoss.Zero.PERFECT_MASK;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.GeneralizedCrossEntropyLoss;
import org.perdita.classification.Smoothing;
import org.perdita.classification.SoftmaxFocalLoss;
import org.perdita.detection.IouLoss;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.matting.AlphaGradientLoss;
import org.perdita.matting.Border;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.matting.GradientOperator;
import org.perdita.matting.LaplacianPyramidLoss;
import org.perdita.perceptual.ChannelDistanceLoss;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.PixelLoss;
import org.perdita.perceptual.Ssim;
import org.perdita.perceptual.Ssim.Window;
import org.perdita.perceptual.SsimLoss;
import org.perdita.perceptual.StyleLoss;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.TverskyLoss;

/**
 * A loss and how to draw a batch for it. A new loss joins every law with one line in {@link
 * #all()}.
 *
 * @param name what the test report says
 * @param loss the loss
 * @param maker draws a batch of the given number of units
 * @param wholeSamples whether entries of a sample depend on each other, so that only all of its
 *     units together can be hidden
 */
record LossCase(
    String name, Loss loss, BiFunction<Random, Integer, Batch> maker, boolean wholeSamples) {

  private LossCase(String name, Loss loss, BiFunction<Random, Integer, Batch> maker) {
    this(name, loss, maker, false);
  }

  /** Every loss of the library, in each form of target it takes. */
  static Stream<LossCase> all() {
    return Stream.of(
        dense(new BinaryCrossEntropyLoss()),
        dense(new BinaryCrossEntropyLoss().withPositiveWeight(3)),
        dense(FocalLoss.retinaNet()),
        dense(FocalLoss.retinaNet().withGamma(0)),
        dense(FocalLoss.retinaNet().withGamma(1)),
        dense(FocalLoss.retinaNet().withGamma(0.5)),
        dense(new FocalLoss(Alpha.none(), 5)),
        labels(new FocalLoss(Alpha.of(0.2, 0.5, 0.7), 1.5), 3),
        positions(FocalLoss.retinaNet(), 4, 3),
        dense(new FocalStarLoss(Alpha.of(0.25), 2, 1)),
        labels(new CrossEntropyLoss(), 5),
        labels(new CrossEntropyLoss(), 700),
        distributions(new CrossEntropyLoss(), 5),
        distributions(new CrossEntropyLoss(), 700),
        positions(new CrossEntropyLoss(), 4, 3),
        labels(new CrossEntropyLoss(ClassWeights.of(1, 2, 0.5), Smoothing.none()), 3),
        distributions(new CrossEntropyLoss(ClassWeights.of(1, 2, 0.5), Smoothing.none()), 3),
        positions(new CrossEntropyLoss(ClassWeights.of(1, 2), Smoothing.uniform(0.1)), 2, 3),
        labels(new CrossEntropyLoss(ClassWeights.none(), Smoothing.offClass(0.2)), 100),
        labels(new SoftmaxFocalLoss(0.5), 5),
        labels(new SoftmaxFocalLoss(2), 700),
        distributions(new SoftmaxFocalLoss(2), 5),
        distributions(new SoftmaxFocalLoss(0.5), 100),
        positions(new SoftmaxFocalLoss(2, ClassWeights.of(1, 2, 0.5)), 3, 3),
        labels(new GeneralizedCrossEntropyLoss(0.7), 5),
        distributions(new GeneralizedCrossEntropyLoss(0.3), 100),
        labels(BiTemperedLoss.of(0.8, 1.2), 5),
        labels(BiTemperedLoss.of(0.8, 1.2), 700),
        labels(BiTemperedLoss.of(0.5, 4), 10),
        labels(BiTemperedLoss.of(1, 1), 5),
        labels(BiTemperedLoss.of(0.5, 1), 5),
        labels(BiTemperedLoss.of(1, 1.5), 100),
        labels(BiTemperedLoss.of(0.3, 0.7), 5),
        distributions(BiTemperedLoss.of(0.8, 1.2), 5),
        distributions(BiTemperedLoss.of(0.5, 1.7), 700),
        distributions(BiTemperedLoss.of(0.3, 0.7), 5),
        positions(BiTemperedLoss.of(0.8, 1.2).withClassWeights(ClassWeights.of(1, 2)), 2, 3),
        labels(BiTemperedLoss.of(0.8, 1.2).withSmoothing(Smoothing.offClass(0.1)), 5),
        dense(BinaryBiTemperedLoss.of(0.2, 4)),
        dense(BinaryBiTemperedLoss.of(0.8, 1.5).withSmoothing(0.1)),
        dense(BinaryBiTemperedLoss.of(0.3, 0.7)),
        dense(BinaryBiTemperedLoss.of(1, 1)),
        dense(new SmoothL1Loss(1)),
        dense(new SmoothL1Loss(0)),
        boxes(IouLoss.iou()),
        boxes(IouLoss.generalized()),
        boxes(IouLoss.distance()),
        boxes(IouLoss.complete().withEpsilon(1e-7)),
        regions(DiceLoss.softmax(), true),
        regions(DiceLoss.softmax().withClasses(ClassSelection.of(1, 2)), true),
        regions(DiceLoss.sigmoid().withForm(DiceLoss.Form.SQUARED_DICE), false),
        regions(DiceLoss.softmax().withForm(DiceLoss.Form.SQUARED_JACCARD), false),
        regions(DiceLoss.sigmoid().withForm(DiceLoss.Form.JACCARD), true),
        regions(TverskyLoss.softmax(0.3, 0.7), true),
        regions(TverskyLoss.sigmoid(0.7, 0.3).withGamma(1.33), false),
        regions(GeneralizedDiceLoss.softmax(), true),
        regions(GeneralizedDiceLoss.sigmoid().withClasses(ClassSelection.of(0, 2)), false),
        prices(BoundaryLoss.softmax(ClassSelection.of(1)).withZero(PERFECT_MASK)),
        prices(BoundaryLoss.softmax(ClassSelection.all()).withZero(PERFECT_MASK)),
        prices(BoundaryLoss.sigmoid().withZero(PERFECT_MASK)),
        planes(GradientConsistencyLoss.ofLogits()),
        planes(GradientConsistencyLoss.ofLogits().withBorder(Border.REPLICATE)),
        planes(GradientConsistencyLoss.ofLogits().withOperator(GradientOperator.scharr())),
        planes(AlphaGradientLoss.ofLogits()),
        planes(LaplacianPyramidLoss.ofLogits(1)),
        dense(PixelLoss.squaredError()),
        dense(PixelLoss.absoluteError()),
        dense(PixelLoss.charbonnier(0.5)),
        maps(FeatureLoss.squaredError(), 3, 2, 2),
        maps(FeatureLoss.absoluteError(), 3, 2, 2),
        maps(FeatureLoss.frobenius(), 2, 3, 1),
        maps(new SsimLoss(Ssim.wang(20).with(Window.gaussian(3, 1.5))), 2, 4, 3),
        maps(new SsimLoss(Ssim.torchmetrics(20).with(Window.uniform(3))), 1, 3, 4),
        maps(new SsimLoss(Ssim.scikitImage(20).with(Window.uniform(3))), 1, 3, 4),
        maps(new ChannelDistanceLoss(List.of(0.5, 0.0, 2.0)), 3, 2, 2),
        grams(StyleLoss.johnson(), 3, 1, 3),
        grams(StyleLoss.johnsonCode(), 2, 2, 1),
        grams(StyleLoss.gatys(), 3, 3, 1),
        grams(StyleLoss.piq(), 2, 1, 2));
  }

  /** Whether the loss has absolute values, whose slopes jump. */
  boolean kinked() {
    return loss instanceof AlphaGradientLoss || loss instanceof LaplacianPyramidLoss;
  }

  Batch draw(long seed, int units) {
    return maker.apply(new Random(seed), units);
  }

  @Override
  public String toString() {
    return name;
  }

  /** An element-wise loss with targets in [0, 1]. */
  static LossCase dense(Loss loss) {
    return new LossCase(
        loss + " dense",
        loss,
        (random, n) ->
            Batch.of(Tensor.of(normal(random, n, 3), n), Tensor.of(unit(random, n, 0.3), n)));
  }

  /** A loss over {@code c} classes with labels; units are rows. */
  static LossCase labels(Loss loss, int c) {
    return new LossCase(
        loss + " labels " + c,
        loss,
        (random, n) ->
            Batch.of(
                Tensor.of(normal(random, n * c, 3), n, c),
                Labels.of(random.ints(n, 0, c).toArray(), n)));
  }

  /** A loss over {@code c} classes with soft distributions; units are rows. */
  static LossCase distributions(Loss loss, int c) {
    return new LossCase(
        loss + " distributions " + c,
        loss,
        (random, n) ->
            Batch.of(
                Tensor.of(normal(random, n * c, 3), n, c),
                Tensor.of(distribution(random, n, c), n, c)));
  }

  /** A loss over {@code c} classes at {@code d} positions a sample; {@code n} counts units. */
  static LossCase positions(Loss loss, int c, int d) {
    return new LossCase(
        loss + " positions " + c + "x" + d,
        loss,
        (random, n) -> {
          int samples = n / d;
          return Batch.of(
              Tensor.of(normal(random, samples * c * d, 3), samples, c, d),
              Labels.of(random.ints((long) samples * d, 0, c).toArray(), samples, d));
        });
  }

  /** A loss over boxes; each overlaps its target, and no two sides coincide. */
  static LossCase boxes(Loss loss) {
    return new LossCase(
        loss + " boxes",
        loss,
        (random, n) -> {
          float[] target = new float[4 * n];
          float[] predicted = new float[4 * n];
          for (int i = 0; i < n; i++) {
            for (int k = 0; k < 4; k++) {
              target[4 * i + k] = random.nextFloat() + (k < 2 ? 0 : 5 + random.nextInt(9));
              float off = (random.nextBoolean() ? 1 : -1) * (0.1f + random.nextFloat());
              predicted[4 * i + k] = target[4 * i + k] + off;
            }
          }
          return Batch.of(Tensor.of(predicted, n, 4), Tensor.of(target, n, 4));
        });
  }

  /** A loss over the regions of 3 classes at 7 positions a sample; a unit is a region. */
  static LossCase regions(Loss loss, boolean labels) {
    return new LossCase(
        loss + (labels ? " labels" : " dense"),
        loss,
        (random, n) -> {
          int s = n / 3;
          Tensor x = Tensor.of(normal(random, s * 21, 3), s, 3, 7);
          return Batch.of(
              x,
              labels
                  ? Labels.of(random.ints(s * 7L, 0, 3).toArray(), s, 7)
                  : Tensor.of(unit(random, s * 21, 0.3), s, 3, 7));
        },
        true);
  }

  /** A loss over 3 classes at 3 positions a sample whose targets are prices. */
  static LossCase prices(Loss loss) {
    return new LossCase(
        loss + " prices",
        loss,
        (random, n) -> {
          int s = n / 3;
          return Batch.of(
              Tensor.of(normal(random, s * 9, 3), s, 3, 3),
              Tensor.of(normal(random, s * 9, 2), s, 3, 3));
        });
  }

  /** A loss over planes of 5 × 6 pixels; a unit is a plane. */
  static LossCase planes(Loss loss) {
    return new LossCase(
        loss.toString(),
        loss,
        (random, n) ->
            Batch.of(
                Tensor.of(normal(random, n * 30, 3), n, 1, 5, 6),
                Tensor.of(unit(random, n * 30, 0.8), n, 1, 5, 6)),
        true);
  }

  /** A loss over feature maps; units are samples. */
  static LossCase maps(Loss loss, int c, int h, int w) {
    return new LossCase(
        loss + " maps " + c + "x" + h + "x" + w,
        loss,
        (random, n) ->
            Batch.of(
                Tensor.of(normal(random, n * c * h * w, 3), n, c, h, w),
                Tensor.of(normal(random, n * c * h * w, 3), n, c, h, w)),
        true);
  }

  /** A loss over maps as large as their Gram matrices, which are its targets; units are samples. */
  static LossCase grams(Loss loss, int c, int h, int w) {
    return new LossCase(
        loss + " grams " + c + "x" + h + "x" + w,
        loss,
        (random, n) ->
            Batch.of(
                Tensor.of(normal(random, n * c * h * w, 1), n, c, h, w),
                Tensor.of(normal(random, n * c * c, 1), n, c, c)),
        true);
  }

  private static float[] normal(Random random, int n, double scale) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) (scale * random.nextGaussian());
    }
    return a;
  }

  /** Zeros, ones, and a share of numbers between. */
  private static float[] unit(Random random, int n, double soft) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = random.nextDouble() < soft ? random.nextFloat() : random.nextInt(2);
    }
    return a;
  }

  private static float[] distribution(Random random, int n, int c) {
    float[] a = new float[n * c];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      double[] row = random.doubles(c).map(u -> u < 0.2 ? 0 : -Math.log(u)).toArray();
      row[random.nextInt(c)] += 1;
      for (double p : row) {
        sum += p;
      }
      for (int k = 0; k < c; k++) {
        a[i * c + k] = (float) (row[k] / sum);
      }
    }
    return a;
  }
}
