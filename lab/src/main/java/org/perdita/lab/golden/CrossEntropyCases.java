package org.perdita.lab.golden;

import org.perdita.Batch;
import org.perdita.Target;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;

/** Cases about cross-entropy. */
final class CrossEntropyCases {
  private CrossEntropyCases() {}

  /** Inputs {@code logits} and {@code targets} of one shape; a value an element. */
  static Computed binary(GoldenCase golden) {
    GoldenArray logits = golden.input("logits");
    Batch batch = Batch.of(logits.tensor(), golden.input("targets").tensor());
    return Computed.of(new BinaryCrossEntropyLoss(), batch, golden, logits.shape(), "logits");
  }

  /**
   * Inputs {@code logits} with the classes last, and {@code labels}: class indices without the last
   * axis, or distributions of the logits' shape; a value a row.
   */
  static Computed multiclass(GoldenCase golden) {
    GoldenArray logits = golden.input("logits");
    GoldenArray labels = golden.input("labels");
    Target target =
        labels.shape().length < logits.shape().length
            ? labels.labels()
            : labels.tensor(logits.rows(), logits.last());
    Batch batch = Batch.of(logits.tensor(logits.rows(), logits.last()), target);
    return Computed.of(new CrossEntropyLoss(), batch, golden, logits.leading(), "logits");
  }
}
