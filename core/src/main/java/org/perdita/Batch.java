package org.perdita;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a loss is asked about: predictions, what they should have been, and how much each unit
 * counts.
 *
 * <p>A <em>unit</em> is what is averaged: an element for element-wise losses, a row for predictions
 * {@code [n, c]}, a position for {@code [n, c, d1, d2, …]}; the class axis is always axis 1. Units
 * of weight 0 are never read: NaN or a label out of range may stand there.
 *
 * @param prediction what the last linear layer gives: logits, scores, features
 * @param target class indices ({@link Labels}) or a dense target or distribution ({@link Tensor})
 * @param weights one finite number of 0 or more for each unit; null means that each counts 1
 */
public record Batch(Tensor prediction, Target target, @Nullable Tensor weights) {

  public Batch {
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(target, "target");
  }

  /** Every unit counts 1. */
  public static Batch of(Tensor prediction, Target target) {
    return new Batch(prediction, target, null);
  }

  /** The same predictions and targets, each unit counting as {@code weights} says. */
  public Batch weighted(Tensor weights) {
    return new Batch(prediction, target, Objects.requireNonNull(weights, "weights"));
  }
}
