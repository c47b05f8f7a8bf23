package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.Rows;

/** Focal loss of the softmax: −Σ y (1 − p)^γ log p, p = softmax(x), unit by unit. */
public record SoftmaxFocalLoss(double gamma, ClassWeights classWeights) implements CurvedLoss {

  public SoftmaxFocalLoss {
    Check.that(gamma >= 0 && gamma < 1000, "SoftmaxFocalLoss", "gamma", gamma, "in [0, 1000)");
  }

  /** Every class counts 1. */
  public SoftmaxFocalLoss(double gamma) {
    this(gamma, ClassWeights.none());
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
