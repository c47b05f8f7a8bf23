package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.Elements;

/**
 * The focal loss on logits: binary cross-entropy in which an example counts the less the better it
 * is already classified, so that a hundred thousand easy negatives do not drown a few hard
 * positives.
 *
 * <pre>
 * FL(p_t) = −α_t (1 − p_t)^γ log p_t
 * p_t = p y + (1 − p) (1 − y),   α_t = α y + (1 − α) (1 − y),   p = σ(x)
 * </pre>
 *
 * <p>Soft targets: p<sub>t</sub> and α<sub>t</sub> are the mixtures above and −log p<sub>t</sub> is
 * the cross-entropy −y log p − (1 − y) log(1 − p), as in torchvision, fvcore and optax. (Others
 * take p<sub>t</sub> = exp(−cross-entropy), which differs where 0 &lt; y &lt; 1.)
 *
 * <p>Shapes: the target is shaped like the prediction, or holds labels {@code [n, …]} for a
 * prediction {@code [n, c, …]}, where label c means none of the classes. Every element is a unit.
 * Detection divides by the number of positives: {@link Reduction#perPositive}.
 *
 * <p>Range: values from 0 up, growing like α<sub>t</sub> |x| on the wrong side. The gradient of a
 * hard target is α<sub>t</sub> s (1 − p<sub>t</sub>)<sup>γ</sup> (γ p<sub>t</sub> log p<sub>t</sub>
 * + p<sub>t</sub> − 1) with s = 2 y − 1. For γ &gt; 0 the loss is not convex and the curvature may
 * be negative.
 *
 * <p>Limits: γ = 0 is {@link BinaryCrossEntropyLoss} times α<sub>t</sub>, the same bits without α.
 * γ = 2 and p<sub>t</sub> = 0.9 costs a hundred times less than cross-entropy does.
 *
 * <p>Accuracy: at most 8e-7 relative for hard targets and every logit in [−10⁴, 10⁴] whose result
 * is a normal float, for γ up to 5 (measured); for soft targets the gradient's error is relative to
 * its two terms, which may cancel. 1 − p is never formed: everything comes from e = exp(−|x|), and
 * powers of 1 − p<sub>t</sub> from its logarithm in two floats. Value, gradient and curvature are
 * finite for every finite logit and every γ, also between 0 and 1, where torchvision's and fvcore's
 * gradients are NaN from logits of about 17 on.
 *
 * <p>Refuses: γ outside [0, 1000), α outside [0, 1], targets outside [0, 1], labels outside 0 … c,
 * a number of α that is not the number of classes.
 *
 * {@snippet :
 * var logits = Tensor.of(scores, anchors, 80);
 * var batch = Batch.of(logits, Labels.of(classOfEachAnchor));
 * Evaluation e = FocalLoss.retinaNet().evaluate(batch, Reduction.perPositive(positives));
 * }
 *
 * @param alpha the balance of positives and negatives
 * @param gamma the focusing parameter: how fast well-classified examples stop counting
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin, Goyal, Girshick, He, Dollár: Focal Loss for
 *     Dense Object Detection, ICCV 2017, equation 5; gradient: appendix B, equation 10</a>
 */
public record FocalLoss(Alpha alpha, double gamma) implements CurvedLoss {

  public FocalLoss {
    Check.that(gamma >= 0 && gamma < 1000, "FocalLoss", "gamma", gamma, "in [0, 1000)");
  }

  /** α = 0.25, γ = 2: what RetinaNet was trained with. */
  public static FocalLoss retinaNet() {
    return new FocalLoss(Alpha.of(0.25), 2);
  }

  /**
   * What the bias of the last layer starts at, so that every σ(x) starts at {@code prior}: −log((1
   * − π) / π). The paper takes π = 0.01 (section 4.1); started at ½, the negatives' loss swamps the
   * first steps.
   *
   * @param prior the share of positives one expects, above 0 and below 1
   */
  public static double initialBias(double prior) {
    Check.that(prior > 0 && prior < 1, "FocalLoss", "prior", prior, "in (0, 1)");
    return Math.log(prior) - Math.log1p(-prior);
  }

  /** The same with another γ. */
  public FocalLoss withGamma(double gamma) {
    return new FocalLoss(alpha, gamma);
  }

  /** The same with another balance. */
  public FocalLoss withAlpha(Alpha alpha) {
    return new FocalLoss(alpha, gamma);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return Elements.evaluate(this, kernel(), batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return Elements.evaluate(this, kernel(), batch, reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return Elements.values(this, kernel(), batch);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return Elements.curved(this, kernel(), batch, reduction, gradient, curvature);
  }

  private FocalKernel kernel() {
    return new FocalKernel(alpha.balance(), gamma);
  }
}
