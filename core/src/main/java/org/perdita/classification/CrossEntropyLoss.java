package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Rows;

/** Cross-entropy of the softmax: −Σ y log softmax(x), unit by unit. */
public record CrossEntropyLoss(ClassWeights classWeights, Smoothing smoothing)
    implements CurvedLoss {

  private static final SoftmaxKernel KERNEL = new SoftmaxKernel(0);

  /** Every class counts 1, and targets are taken as they are. */
  public CrossEntropyLoss() {
    this(ClassWeights.none(), Smoothing.none());
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
