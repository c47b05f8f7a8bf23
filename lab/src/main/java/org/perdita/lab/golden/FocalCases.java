package org.perdita.lab.golden;

import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.classification.Alpha;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;

/** Cases about the focal loss on independent logits. In all of them α = −1 means none. */
final class FocalCases {
  private FocalCases() {}

  /** Inputs {@code logits} and {@code targets} of one shape; a value an element. */
  static Computed sigmoid(GoldenCase golden) {
    return elements(new FocalLoss(alpha(golden), golden.param("gamma")), golden);
  }

  /** FL* of the paper's appendix; β may be missing, and is 0 then. */
  static Computed star(GoldenCase golden) {
    double beta = golden.param("beta", 0);
    return elements(new FocalStarLoss(alpha(golden), golden.param("gamma"), beta), golden);
  }

  private static Computed elements(Loss loss, GoldenCase golden) {
    GoldenArray logits = golden.input("logits");
    Batch batch = Batch.of(logits.tensor(), golden.input("targets").tensor());
    return Computed.of(loss, batch, golden, logits.shape(), "logits");
  }

  /** The case's α; −1 means none. */
  static Alpha alpha(GoldenCase golden) {
    double alpha = golden.param("alpha");
    return alpha == -1 ? Alpha.none() : Alpha.of(alpha);
  }
}
