package org.perdita.segmentation;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.RegionFormula;
import org.perdita.internal.Regions;

/**
 * The generalised Dice loss: one overlap for all classes of a sample, in which each class counts
 * the more the smaller it is, so that a lesion of ten voxels weighs as much as a brain.
 *
 * <pre>
 * L = 1 − (2 Σ_k w_k I_k + s_n) / (Σ_k w_k (P_k + Y_k) + s_d),   w_k = 1 / Y_k²
 * </pre>
 *
 * <p>with the sums of {@link DiceLoss}. {@link Size} names the weights, {@link Absent} what w is of
 * a class that is nowhere in the target, where 1/Y² is infinite.
 *
 * <p>Shapes, targets and refusals as in {@link DiceLoss}; a unit is a sample, values are {@code [n,
 * 1, 1, …]} (the batch, under {@link Pooling#BATCH}). Range 0 to 1. w is taken from the target and
 * has no gradient.
 *
 * <p>Limits: of one class it is {@link DiceLoss}, but for where the smoothing enters. Accuracy as
 * in {@link DiceLoss}; w and its products are in double.
 *
 * <p>Others: MONAI gives an absent class the largest weight of those present ({@link
 * Absent#LARGEST_PRESENT}). The boundary-loss repository adds 1e-10 to Y, so that an absent class
 * weighs 1e20, the loss is 1 and the other classes' gradient is lost ({@link #published}).
 *
 * {@snippet :
 * var loss = GeneralizedDiceLoss.softmax();
 * Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
 * }
 *
 * @param activation what makes probabilities of the prediction
 * @param classes which classes are looked at, after the activation
 * @param pooling over what the sums go
 * @param size how a class's weight follows from its size
 * @param absent the weight of a class of size 0
 * @param smooth s_n and s_d
 * @see <a href="https://arxiv.org/abs/1707.03237">Sudre, Li, Vercauteren, Ourselin, Cardoso:
 *     Generalised Dice overlap as a deep learning loss function, DLMIA 2017, section 2</a>
 */
public record GeneralizedDiceLoss(
    Activation activation,
    ClassSelection classes,
    Pooling pooling,
    Size size,
    Absent absent,
    Smooth smooth)
    implements Loss {

  /** How a class's weight follows from its size Y. */
  public enum Size {
    /** 1 / Y². */
    INVERSE_SQUARE,
    /** 1 / Y. */
    INVERSE,
    /** 1. */
    UNIFORM
  }

  /** What an absent class weighs. */
  public enum Absent {
    /** As much as the class present that weighs most. */
    LARGEST_PRESENT,
    /** Nothing. */
    LEFT_OUT,
    /** What 1e-10 added to every size makes of it: 1e20 under 1/Y². For parity only. */
    PUBLISHED
  }

  private static final double PUBLISHED_EPSILON = 1e-10;

  /** 1/Y², absent classes as the largest present, smoothing 1e-5: MONAI's default. */
  public static GeneralizedDiceLoss softmax() {
    return of(Activation.SOFTMAX);
  }

  /** As {@link #softmax}, of each element's own probability. */
  public static GeneralizedDiceLoss sigmoid() {
    return of(Activation.SIGMOID);
  }

  /** What the boundary-loss repository computes. */
  public static GeneralizedDiceLoss published() {
    return new GeneralizedDiceLoss(
        Activation.SOFTMAX,
        ClassSelection.all(),
        Pooling.SAMPLE,
        Size.INVERSE_SQUARE,
        Absent.PUBLISHED,
        new Smooth(2 * PUBLISHED_EPSILON, PUBLISHED_EPSILON));
  }

  private static GeneralizedDiceLoss of(Activation activation) {
    return new GeneralizedDiceLoss(
        activation,
        ClassSelection.all(),
        Pooling.SAMPLE,
        Size.INVERSE_SQUARE,
        Absent.LARGEST_PRESENT,
        Smooth.of(1e-5));
  }

  /** The same, looking at other classes. */
  public GeneralizedDiceLoss withClasses(ClassSelection classes) {
    return new GeneralizedDiceLoss(activation, classes, pooling, size, absent, smooth);
  }

  /** The same with other sums. */
  public GeneralizedDiceLoss withPooling(Pooling pooling) {
    return new GeneralizedDiceLoss(activation, classes, pooling, size, absent, smooth);
  }

  /** The same with other weights. */
  public GeneralizedDiceLoss withSize(Size size) {
    return new GeneralizedDiceLoss(activation, classes, pooling, size, absent, smooth);
  }

  /** The same with another policy for absent classes. */
  public GeneralizedDiceLoss withAbsent(Absent absent) {
    return new GeneralizedDiceLoss(activation, classes, pooling, size, absent, smooth);
  }

  /** The same with other smoothing. */
  public GeneralizedDiceLoss withSmooth(Smooth smooth) {
    return new GeneralizedDiceLoss(activation, classes, pooling, size, absent, smooth);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return regions(batch).evaluate(reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return regions(batch).evaluate(reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return regions(batch).values(batch.prediction());
  }

  private Regions regions(Batch batch) {
    boolean pooled = pooling == Pooling.BATCH;
    return new Regions(this, formula(), activation, classes.toArray(), pooled, batch);
  }

  private RegionFormula formula() {
    return new Formula(this);
  }

  private record Formula(GeneralizedDiceLoss loss) implements RegionFormula {
    @Override
    public boolean squares() {
      return false;
    }

    @Override
    public int units(int classes) {
      return 1;
    }

    @Override
    public void evaluate(Group group) {
      double[] w = loss.weights(group.target);
      double numerator = loss.smooth.numerator();
      double denominator = loss.smooth.denominator();
      for (int k = 0; k < w.length; k++) {
        numerator += 2 * w[k] * group.both[k];
        denominator += w[k] * (group.predicted[k] + group.target[k]);
      }
      if (denominator == 0) {
        return; // no class weighs anything
      }
      double overlap = numerator / denominator;
      group.value[0] = 1 - overlap;
      for (int k = 0; k < w.length; k++) {
        group.bySlope[k] = -2 * w[k] / denominator;
        group.predictedSlope[k] = w[k] * overlap / denominator;
      }
    }
  }

  private double[] weights(double[] sizes) {
    double[] w = new double[sizes.length];
    double largest = 0;
    for (int k = 0; k < w.length; k++) {
      double y = absent == Absent.PUBLISHED ? sizes[k] + PUBLISHED_EPSILON : sizes[k];
      if (y > 0) {
        w[k] =
            switch (size) {
              case INVERSE_SQUARE -> 1 / y / y;
              case INVERSE -> 1 / y;
              case UNIFORM -> 1;
            };
        largest = Math.max(largest, w[k]);
      }
    }
    for (int k = 0; k < w.length; k++) {
      if (sizes[k] == 0 && absent == Absent.LARGEST_PRESENT) {
        w[k] = size == Size.UNIFORM ? 1 : largest;
      }
    }
    return w;
  }
}
