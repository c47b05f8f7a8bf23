package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Rows;

/**
 * Softmax cross-entropy: pulls the probability of the right class up, ever harder the lower it is.
 *
 * <p>With p = softmax(x) over the classes and y the target, {@code l = −Σ y_k log p_k} and {@code
 * dl/dx_j = p_j − y_j}; for a label, y is 1 at its class.
 *
 * <p>Shapes: logits {@code [n, c]} or {@code [n, c, d1, d2, …]}; targets {@code Labels} {@code [n,
 * d1, …]} or distributions shaped like the logits; a unit is a row or a position. The value is in
 * nats, 0 or more, log c where the logits are equal; each entry of the gradient is in [−1, 1] and a
 * unit's entries sum to 0. A value above the largest float counts as that.
 *
 * <p>Limits: {@code SoftmaxFocalLoss} at γ = 0 and {@code BiTemperedLoss} at t1 = t2 = 1 are this
 * loss.
 *
 * <p>Accuracy, measured against the formula in double for 2 … 1000 classes and logits of standard
 * deviation up to 20: for labels the value to 3e-7 and the gradient to 5e-7 of its unit's largest
 * entry, and both keep their digits where p tends to 1, as the sums leave the label out; for
 * distributions the value to 4e-6, which it needs where a distribution is nearly a label and p
 * nearly 1, and the gradient to 3e-7. The curvature p (1 − p) Σ y is computed in double.
 *
 * <p>Refused: labels outside 0 … c − 1; distributions with entries below 0 or NaN, or whose sum is
 * not within 0.001 of 1; class weights that are not one a class.
 *
 * <pre>{@code
 * var loss = new CrossEntropyLoss().withSmoothing(Smoothing.uniform(0.1));
 * Evaluation e = loss.evaluate(Batch.of(logits, Labels.of(classes)), Reduction.mean());
 * }</pre>
 *
 * @param classWeights how much each class counts
 * @param smoothing how much of each target is spread over the classes
 */
public record CrossEntropyLoss(ClassWeights classWeights, Smoothing smoothing)
    implements CurvedLoss {

  private static final SoftmaxKernel KERNEL = new SoftmaxKernel(0);

  /** Every class counts 1, and targets are taken as they are. */
  public CrossEntropyLoss() {
    this(ClassWeights.none(), Smoothing.none());
  }

  /** The same with other class weights. */
  public CrossEntropyLoss withClassWeights(ClassWeights classWeights) {
    return new CrossEntropyLoss(classWeights, smoothing);
  }

  /** The same with other smoothing. */
  public CrossEntropyLoss withSmoothing(Smoothing smoothing) {
    return new CrossEntropyLoss(classWeights, smoothing);
  }

  private Rows rows() {
    return new Rows(this, KERNEL, classWeights, smoothing);
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
