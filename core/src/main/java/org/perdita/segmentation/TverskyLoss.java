package org.perdita.segmentation;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.RegionFormula;
import org.perdita.internal.Regions;

/**
 * The Tversky loss: the Dice loss with a say in what is worse, a false positive or a false
 * negative. For small lesions a larger β buys recall.
 *
 * <pre>
 * T = (I + s_n) / (I + α (P − I) + β (Y − I) + s_d),   L = (1 − T)^γ
 * I = Σ w p y,   P − I = Σ w p (1 − y),   Y − I = Σ w (1 − p) y
 * </pre>
 *
 * <p>for each class of each sample. γ above 1 is the focal form: regions that are nearly right
 * count less.
 *
 * <p>Shapes, weights, targets and refusals as in {@link DiceLoss}; range 0 to 1. α, β and γ:
 * finite, α and β 0 or more, γ in [1, 100]: below 1 the gradient of a perfect mask would be
 * infinite.
 *
 * <p>Limits: α = β = ½ is {@link DiceLoss}, α = β = 1 its Jaccard form, but for where the smoothing
 * enters. Accuracy as in {@link DiceLoss}.
 *
 * <p>Others: α weighs false <em>positives</em>, as in the paper and in MONAI. The focal paper's
 * exponent is 1/γ with γ = 4/3; segmentation_models takes the power of the mean over classes, here
 * it is each region's.
 *
 * {@snippet :
 * var loss = TverskyLoss.softmax(0.3, 0.7).withClasses(ClassSelection.of(1));
 * Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
 * }
 *
 * @param activation what makes probabilities of the prediction
 * @param classes which classes are looked at, after the activation
 * @param pooling over what the sums go
 * @param alpha the price of a false positive
 * @param beta the price of a false negative
 * @param gamma the focal exponent
 * @param smooth s_n and s_d
 * @param empty what an absent class costs
 * @see <a href="https://arxiv.org/abs/1706.05721">Salehi, Erdogmus, Gholipour: Tversky loss
 *     function for image segmentation using 3D fully convolutional deep networks, MLMI 2017,
 *     equation 3</a>
 */
public record TverskyLoss(
    Activation activation,
    ClassSelection classes,
    Pooling pooling,
    double alpha,
    double beta,
    double gamma,
    Smooth smooth,
    EmptyClass empty)
    implements Loss {

  public TverskyLoss {
    finite("alpha", alpha);
    finite("beta", beta);
    Check.that(gamma >= 1 && gamma <= 100, "TverskyLoss", "gamma", gamma, "in [1, 100]");
  }

  private static void finite(String what, double was) {
    Check.that(
        was >= 0 && was < Double.POSITIVE_INFINITY, "TverskyLoss", what, was, "finite, 0 or more");
  }

  /** All classes, each sample for itself, γ = 1, smoothing 1e-5. */
  public static TverskyLoss softmax(double alpha, double beta) {
    return of(Activation.SOFTMAX, alpha, beta);
  }

  /** As {@link #softmax}, of each element's own probability. */
  public static TverskyLoss sigmoid(double alpha, double beta) {
    return of(Activation.SIGMOID, alpha, beta);
  }

  private static TverskyLoss of(Activation activation, double alpha, double beta) {
    return new TverskyLoss(
        activation,
        ClassSelection.all(),
        Pooling.SAMPLE,
        alpha,
        beta,
        1,
        Smooth.of(1e-5),
        EmptyClass.AS_FORMULA);
  }

  /** The same, looking at other classes. */
  public TverskyLoss withClasses(ClassSelection classes) {
    return new TverskyLoss(activation, classes, pooling, alpha, beta, gamma, smooth, empty);
  }

  /** The same with other sums. */
  public TverskyLoss withPooling(Pooling pooling) {
    return new TverskyLoss(activation, classes, pooling, alpha, beta, gamma, smooth, empty);
  }

  /** The same with another exponent. */
  public TverskyLoss withGamma(double gamma) {
    return new TverskyLoss(activation, classes, pooling, alpha, beta, gamma, smooth, empty);
  }

  /** The same with other smoothing. */
  public TverskyLoss withSmooth(Smooth smooth) {
    return new TverskyLoss(activation, classes, pooling, alpha, beta, gamma, smooth, empty);
  }

  /** The same with another policy for absent classes. */
  public TverskyLoss withEmpty(EmptyClass empty) {
    return new TverskyLoss(activation, classes, pooling, alpha, beta, gamma, smooth, empty);
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
    double own = 1 - alpha - beta;
    return new OverlapFormula(false, 1, own, alpha, beta, smooth, empty, gamma);
  }
}
