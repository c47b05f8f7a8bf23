package org.perdita.segmentation;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.PositionCosts;

/**
 * The boundary loss: charges each position for its distance to the true boundary, so that mistakes
 * far from it cost more, and the size of a region does not matter. Beside a regional loss, it pulls
 * small lesions' contours into place.
 *
 * <pre>
 * l(q) = (1 / |K|) Σ_{k ∈ K} p_k(q) φ_k(q),   K the classes looked at
 * </pre>
 *
 * <p>φ is the signed distance to the class's boundary, below 0 inside: {@link SignedDistanceMap}
 * makes it. The loss is linear in the probabilities, and its gradient with respect to them is φ.
 *
 * <p>Shapes: prediction {@code [n, c, d1, …]}, target a tensor of finite distances of the same
 * shape; a unit is a position, weights are {@code [n, d1, …]}.
 *
 * <p>Range: in units of φ, and <em>negative</em> where the mask is good, as published ({@link
 * Zero#AS_PUBLISHED}): the best value is the mean of φ over the inside. Counted from there ({@link
 * Zero#PERFECT_MASK}), a perfect mask costs 0 and the gradient is the same.
 *
 * <p>Limits: alone, on a small foreground, its minimum is near an empty mask; that is why the paper
 * adds a regional loss and shifts the weight slowly ({@link WeightSchedule}). Where the class is
 * absent φ is 0, and so are value and gradient.
 *
 * <p>Accuracy: value and gradient to 2e-6 of their largest. Refuses: targets that are labels or not
 * finite, a selected class that is not there.
 *
 * <p>The authors' mean is over the batch, the classes and the positions: {@link Reduction#mean}.
 *
 * {@snippet :
 * var maps = SignedDistanceMap.published().of(labels, 2);
 * var loss = BoundaryLoss.softmax(ClassSelection.of(1));
 * Evaluation e = loss.evaluate(Batch.of(logits, maps), Reduction.mean());
 * }
 *
 * @param activation what makes probabilities of the prediction
 * @param classes which classes are looked at, after the activation
 * @param zero what the value is counted from
 * @see <a href="https://arxiv.org/abs/1812.07032">Kervadec, Bouchtiba, Desrosiers, Granger, Dolz,
 *     Ben Ayed: Boundary loss for highly unbalanced segmentation, MIDL 2019, equation 5</a>
 */
public record BoundaryLoss(Activation activation, ClassSelection classes, Zero zero)
    implements Loss {

  /** What the value is counted from. */
  public enum Zero {
    /** Σ p φ, which is negative for good masks. */
    AS_PUBLISHED,
    /** The value of a perfect mask, which then costs 0. */
    PERFECT_MASK
  }

  /** Of softmax probabilities, counted as published. */
  public static BoundaryLoss softmax(ClassSelection classes) {
    return new BoundaryLoss(Activation.SOFTMAX, classes, Zero.AS_PUBLISHED);
  }

  /** Of each element's own probability, counted as published. */
  public static BoundaryLoss sigmoid() {
    return new BoundaryLoss(Activation.SIGMOID, ClassSelection.all(), Zero.AS_PUBLISHED);
  }

  /** The same, counted from elsewhere. */
  public BoundaryLoss withZero(Zero zero) {
    return new BoundaryLoss(activation, classes, zero);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return costs(batch).evaluate(reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return costs(batch).evaluate(reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return costs(batch).values();
  }

  private PositionCosts costs(Batch batch) {
    boolean fromPerfect = zero == Zero.PERFECT_MASK;
    return new PositionCosts(this, activation, classes.toArray(), fromPerfect, batch);
  }
}
