package org.perdita.classification;

import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.Elements;

/** Focal loss on logits. */
public record FocalLoss(Alpha alpha, double gamma) implements CurvedLoss {

  public FocalLoss {
    Check.that(gamma >= 0 && gamma < 1000, "FocalLoss", "gamma", gamma, "in [0, 1000)");
  }

  /** α = 0.25, γ = 2: what RetinaNet was trained with. */
  public static FocalLoss retinaNet() {
    return new FocalLoss(Alpha.of(0.25), 2);
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
