package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.Rows;

/**
 * Focal loss over exclusive classes: cross-entropy in which examples already answered well count
 * little, so that many easy ones do not drown few hard ones.
 *
 * <p>With p = softmax(x) and y the target, {@code l = −Σ y_k (1 − p_k)^γ log p_k}; for a label y is
 * 1 at its class. Its gradient is {@code dl/dx_j = Σ_k y_k m_k (p_j − [j = k])} with {@code m = (1
 * − p)^γ − γ p (1 − p)^(γ − 1) log p}. This is the softmax of the classes, not one sigmoid a class,
 * which is {@link FocalLoss}.
 *
 * <p>Shapes: logits {@code [n, c]} or {@code [n, c, d1, d2, …]}; targets {@code Labels} {@code [n,
 * d1, …]} or distributions shaped like the logits. The value is in nats, 0 or more; a value above
 * the largest float counts as that. The loss is not convex, and its curvature may be negative.
 *
 * <p>Limits: γ = 0 is {@link CrossEntropyLoss}. At γ = 2 a label with p = 0.9 costs a hundred times
 * less than there.
 *
 * <p>Accuracy, measured against the formula in double for γ up to 5, 2 … 1000 classes and logits of
 * standard deviation up to 20: for labels value and gradient to 1.2e-6, of the value and of the
 * unit's largest entry; for distributions, which are computed in double and slower, to 1e-7. With q
 * = 1 − p kept as a sum over the other classes, the label's gradient is −q<sup>γ</sup> (q − γ p log
 * p), in which nothing is divided by q: value, gradient and curvature are finite for every finite
 * logit, γ between 0 and 1 included.
 *
 * <p>Refused: γ outside [0, 1000); labels outside 0 … c − 1; distributions with entries below 0 or
 * NaN, or whose sum is not within 0.001 of 1; class weights that are not one a class.
 *
 * <pre>{@code
 * var loss = new SoftmaxFocalLoss(2);
 * Evaluation e = loss.evaluate(Batch.of(logits, Labels.of(classes)), Reduction.mean());
 * }</pre>
 *
 * @param gamma γ, in [0, 1000): how fast easy examples lose weight
 * @param classWeights how much each class counts; Lin et al.'s α, one number a class
 * @see <a href="https://arxiv.org/abs/1708.02002">Lin et al. 2017, Focal Loss for Dense Object
 *     Detection, equations 4 and 5</a>
 */
public record SoftmaxFocalLoss(double gamma, ClassWeights classWeights) implements CurvedLoss {

  public SoftmaxFocalLoss {
    Check.that(gamma >= 0 && gamma < 1000, "SoftmaxFocalLoss", "gamma", gamma, "in [0, 1000)");
  }

  /** Every class counts 1. */
  public SoftmaxFocalLoss(double gamma) {
    this(gamma, ClassWeights.none());
  }

  /** The same with another γ. */
  public SoftmaxFocalLoss withGamma(double gamma) {
    return new SoftmaxFocalLoss(gamma, classWeights);
  }

  /** The same with other class weights. */
  public SoftmaxFocalLoss withClassWeights(ClassWeights classWeights) {
    return new SoftmaxFocalLoss(gamma, classWeights);
  }

  private Rows rows() {
    return new Rows(this, new SoftmaxKernel(gamma), classWeights, Smoothing.none());
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return rows().evaluate(batch, reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return rows().value(batch, reduction);
  }

  @Override
  public Tensor values(Batch batch) {
    return rows().values(batch);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return rows().evaluate(batch, reduction, gradient, curvature);
  }
}
