package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.RowKernel;
import org.perdita.internal.Rows;

/**
 * The bi-tempered logistic loss: cross-entropy made robust to wrong labels at both ends. A bounded
 * loss (t1 &lt; 1) stops far-off wrong labels from dominating; a heavy-tailed softmax (t2 &gt; 1)
 * stops those near the border from bending it.
 *
 * <p>Formula, with log<sub>t</sub> and exp<sub>t</sub> of {@link Tempered}:
 *
 * <pre>    p = exp<sub>t2</sub>(x − λ),  Σ p = 1
 *     loss = Σ y (log<sub>t1</sub> y − log<sub>t1</sub> p) − (y<sup>2−t1</sup> − p<sup>2−t1</sup>) / (2 − t1)
 * </pre>
 *
 * <p>Shapes: logits {@code [n, c]} or {@code [n, c, d…]}; labels without the class axis, or
 * distributions shaped like the logits. The unit is a row or position.
 *
 * <p>Range: 0 or more; for labels at most 1 / (1 − t1) when t1 &lt; 1.
 *
 * <p>Limits: t1 = t2 = 1 is {@link CrossEntropyLoss} for labels, to the bit, and for soft targets
 * the Kullback–Leibler divergence, as in the authors' JAX code; t2 = 1 is generalised cross-entropy
 * with its bias term; t1 = 1 is t-logistic regression.
 *
 * <p>Accuracy: for 0 ≤ t1 ≤ t2 ≤ 1000 in float, value and gradient within 4e-6 of the entry plus
 * 1e-6 of the batch's largest; 1 − p of the likeliest class is the sum of the others, so that both
 * keep their digits where the label's p tends to 1. Below t2 = 1, where a class is at the edge of
 * the support, add what rounding its logit to a float changes. At other temperatures in double, one
 * unit at a time: below t1 the gradient grows without bound where p tends to 0, and float would not
 * do.
 *
 * <p>Curvature is computed in double. The loss is not convex in the logits but for t1 = t2 = 1: it
 * is negative far on the wrong side. Where t2 &lt; 1 it is that of the support's inside.
 *
 * <p>The normaliser is solved until Σ p is 1 to within rounding; the authors' fixed number of
 * iterations is {@link #withIterations}, for parity. Their gradient is NaN where t2 &lt; t1 and
 * some p is 0; here such classes have none. They add 1e-10 inside one logarithm; here nothing is
 * added.
 *
 * @param t1 temperature of the loss: a finite number of at most 1
 * @param t2 temperature of the softmax: a finite number above 0
 * @param normalization how p is made to sum to 1
 * @param smoothing how targets are smoothed; the authors' convention is {@link Smoothing#offClass}
 * @param classWeights how much each class counts
 * @see <a href="https://arxiv.org/abs/1906.03361">Amid, Warmuth, Anil, Koren: Robust Bi-Tempered
 *     Logistic Loss Based on Bregman Divergences, NeurIPS 2019</a>
 */
public record BiTemperedLoss(
    double t1,
    double t2,
    Normalization normalization,
    Smoothing smoothing,
    ClassWeights classWeights)
    implements CurvedLoss {

  public BiTemperedLoss {
    checkTemperatures("BiTemperedLoss", t1, t2);
  }

  static void checkTemperatures(String who, double t1, double t2) {
    Check.that(
        t1 <= 1 && t1 > Double.NEGATIVE_INFINITY, who, "t1", t1, "a finite number of at most 1");
    Check.that(t2 > 0 && t2 < Double.POSITIVE_INFINITY, who, "t2", t2, "a finite number above 0");
  }

  /** Solved to tolerance, without smoothing, every class counting 1. */
  public static BiTemperedLoss of(double t1, double t2) {
    return new BiTemperedLoss(
        t1, t2, Normalization.solved(), Smoothing.none(), ClassWeights.none());
  }

  /** The same with other smoothing. */
  public BiTemperedLoss withSmoothing(Smoothing smoothing) {
    return new BiTemperedLoss(t1, t2, normalization, smoothing, classWeights);
  }

  /** The same with other class weights. */
  public BiTemperedLoss withClassWeights(ClassWeights classWeights) {
    return new BiTemperedLoss(t1, t2, normalization, smoothing, classWeights);
  }

  /** The authors' algorithm with that many iterations; they use 5. For parity, and slow. */
  public BiTemperedLoss withIterations(int iterations) {
    return new BiTemperedLoss(t1, t2, Normalization.published(iterations), smoothing, classWeights);
  }

  /**
   * The probabilities that this loss trains: the tempered softmax at t2, shaped like the logits.
   */
  public Tensor predict(Tensor logits) {
    return new TemperedSoftmax(t2, normalization).of(logits);
  }

  private Rows rows(Batch batch) {
    return new Rows(this, kernel(batch.target()), classWeights, smoothing);
  }

  private RowKernel kernel(Target target) {
    boolean solved = normalization.iterations() == 0;
    if (solved && t1 == 1 && t2 == 1 && smoothing.epsilon() == 0 && target instanceof Labels) {
      return new SoftmaxKernel(0);
    }
    return solved && TemperedKernel.covers(t1, t2)
        ? new TemperedKernel(t1, t2)
        : new TemperedUnitKernel(t1, t2, normalization);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return rows(batch).evaluate(batch, reduction, gradient);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient, Tensor curvature) {
    return rows(batch).evaluate(batch, reduction, gradient, curvature);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return rows(batch).value(batch, reduction);
  }

  @Override
  public Tensor values(Batch batch) {
    return rows(batch).values(batch);
  }
}
