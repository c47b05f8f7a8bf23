package org.perdita.segmentation;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.RegionFormula;
import org.perdita.internal.Regions;

/**
 * The Dice loss: grows the overlap of a predicted region with the true one relative to their sizes,
 * so that a region of a few positions counts as much as the background around it.
 *
 * <pre>
 * L = 1 − (2 I + s_n) / (P + Y + s_d),   I = Σ w p y,   P = Σ w p,   Y = Σ w y
 * </pre>
 *
 * <p>for each class of each sample, the sums over its positions. {@link Form} names the variants:
 * squares in P and Y (V-Net), and Jaccard, L = 1 − (2 I + s_n) / (2 (P + Y − I) + s_d).
 *
 * <p>Shapes: prediction {@code [n, c, d1, …]}; target labels {@code [n, d1, …]} (under softmax a
 * class; otherwise label c means none of the classes) or a tensor in [0, 1] shaped like the
 * prediction. A unit is a region: values are {@code [n, classes, 1, …]}, or {@code [1, classes, 1,
 * …]} under {@link Pooling#BATCH}. Weights: one a unit, or one a position {@code [n, d1, …]}.
 *
 * <p>Range: 0 for a perfect mask, up to 1; without unit. The gradient's entries shrink with the
 * size of the region.
 *
 * <p>Limits: {@link TverskyLoss} at α = β = ½ is this loss, but for where the smoothing enters.
 *
 * <p>Accuracy: sums are of float probabilities in double; value and gradient agree with the formula
 * in double to 2e-6 of their largest. Under softmax the gradient is taken relative to the most
 * probable class, so that it keeps its digits where p tends to 1.
 *
 * <p>Refuses: targets outside [0, 1], labels that are no class, probabilities farther than 0.001
 * from [0, 1] under {@link Activation#NONE}, a selected class that is not there.
 *
 * <p>Others: MONAI slices the background off before the activation in some losses, here always
 * after; s_n and s_d are MONAI's smooth_nr and smooth_dr, 1e-5; segmentation_models pools the batch
 * and lets absent classes cost nothing ({@link #segmentationModels}).
 *
 * {@snippet :
 * var loss = DiceLoss.softmax().withClasses(ClassSelection.of(1));
 * Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
 * }
 *
 * @param activation what makes probabilities of the prediction
 * @param classes which classes are looked at, after the activation
 * @param pooling over what the sums go
 * @param form which overlap
 * @param smooth s_n and s_d
 * @param empty what an absent class costs
 * @see <a href="https://arxiv.org/abs/1606.04797">Milletari, Navab, Ahmadi: V-Net, 3DV 2016,
 *     section 3, with squares</a>
 */
public record DiceLoss(
    Activation activation,
    ClassSelection classes,
    Pooling pooling,
    Form form,
    Smooth smooth,
    EmptyClass empty)
    implements Loss {

  /** Which overlap. */
  public enum Form {
    /** 2 I / (P + Y). */
    DICE,
    /** 2 I / (Σ p² + Σ y²), as in V-Net. */
    SQUARED_DICE,
    /** I / (P + Y − I): the intersection over the union. */
    JACCARD,
    /** I / (Σ p² + Σ y² − I). */
    SQUARED_JACCARD
  }

  /** Dice of softmax probabilities, all classes, each sample for itself, smoothing 1e-5. */
  public static DiceLoss softmax() {
    return of(Activation.SOFTMAX);
  }

  /** Dice of each element's own probability, otherwise as {@link #softmax}. */
  public static DiceLoss sigmoid() {
    return of(Activation.SIGMOID);
  }

  /** Dice of probabilities, otherwise as {@link #softmax}. */
  public static DiceLoss ofProbabilities() {
    return of(Activation.NONE);
  }

  /** What segmentation_models computes: the batch pooled, no smoothing, absent classes free. */
  public static DiceLoss segmentationModels(Activation activation) {
    return new DiceLoss(
        activation,
        ClassSelection.all(),
        Pooling.BATCH,
        Form.DICE,
        Smooth.of(0),
        EmptyClass.COSTS_NOTHING);
  }

  private static DiceLoss of(Activation activation) {
    return new DiceLoss(
        activation,
        ClassSelection.all(),
        Pooling.SAMPLE,
        Form.DICE,
        Smooth.of(1e-5),
        EmptyClass.AS_FORMULA);
  }

  /** The same, looking at other classes. */
  public DiceLoss withClasses(ClassSelection classes) {
    return new DiceLoss(activation, classes, pooling, form, smooth, empty);
  }

  /** The same with other sums. */
  public DiceLoss withPooling(Pooling pooling) {
    return new DiceLoss(activation, classes, pooling, form, smooth, empty);
  }

  /** The same with another overlap. */
  public DiceLoss withForm(Form form) {
    return new DiceLoss(activation, classes, pooling, form, smooth, empty);
  }

  /** The same with other smoothing. */
  public DiceLoss withSmooth(Smooth smooth) {
    return new DiceLoss(activation, classes, pooling, form, smooth, empty);
  }

  /** The same with another policy for absent classes. */
  public DiceLoss withEmpty(EmptyClass empty) {
    return new DiceLoss(activation, classes, pooling, form, smooth, empty);
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
    boolean squares = form == Form.SQUARED_DICE || form == Form.SQUARED_JACCARD;
    boolean jaccard = form == Form.JACCARD || form == Form.SQUARED_JACCARD;
    double size = jaccard ? 2 : 1;
    return new OverlapFormula(squares, 2, jaccard ? -2 : 0, size, size, smooth, empty, 1);
  }
}
