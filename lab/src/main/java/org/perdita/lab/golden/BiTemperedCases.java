package org.perdita.lab.golden;

import org.perdita.Batch;
import org.perdita.Tensor;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.Normalization;
import org.perdita.classification.Smoothing;
import org.perdita.classification.TemperedSigmoid;
import org.perdita.classification.TemperedSoftmax;

/** Cases about the bi-tempered loss and its probabilities; the classes are on the last axis. */
final class BiTemperedCases {
  /** From this many iterations on, a case counts as converged. */
  private static final int CONVERGED = 60;

  private BiTemperedCases() {}

  /** Inputs {@code activations} and {@code labels}, distributions of one shape; a value a row. */
  static Computed multiclass(GoldenCase golden) {
    GoldenArray x = golden.input("activations");
    BiTemperedLoss loss =
        new BiTemperedLoss(
            golden.param("t1"),
            golden.param("t2"),
            normalization(golden),
            Smoothing.offClass(golden.param("label_smoothing", 0)),
            ClassWeights.none());
    Tensor logits = rows(x);
    Batch batch = Batch.of(logits, rows(golden.input("labels", x.shape())));
    return Computed.of(loss, batch, golden, x.leading(), "activations")
        .with("probabilities", GoldenArray.of(loss.predict(logits), x.shape()));
  }

  /** Inputs {@code activations} and {@code labels} in [0, 1], of one shape; a value an element. */
  static Computed binary(GoldenCase golden) {
    GoldenArray x = golden.input("activations");
    BinaryBiTemperedLoss loss =
        new BinaryBiTemperedLoss(
            golden.param("t1"),
            golden.param("t2"),
            normalization(golden),
            golden.param("label_smoothing", 0));
    Batch batch = Batch.of(x.tensor(), golden.input("labels", x.shape()).tensor());
    return Computed.of(loss, batch, golden, x.shape(), "activations");
  }

  /** Input {@code activations}; probabilities of their shape. */
  static Computed softmax(GoldenCase golden) {
    GoldenArray x = golden.input("activations");
    Tensor p = new TemperedSoftmax(golden.param("t"), normalization(golden)).of(rows(x));
    return Computed.inFloat().with("value", GoldenArray.of(p, x.shape()));
  }

  /** Input {@code activations}; probabilities of their shape. */
  static Computed sigmoid(GoldenCase golden) {
    GoldenArray x = golden.input("activations");
    Tensor p = new TemperedSigmoid(golden.param("t"), normalization(golden)).of(x.tensor());
    return Computed.inFloat().with("value", GoldenArray.of(p, x.shape()));
  }

  private static Tensor rows(GoldenArray array) {
    return array.tensor(array.rows(), array.last());
  }

  /** The published iterations if they are few, else the solver that users get. */
  private static Normalization normalization(GoldenCase golden) {
    double iterations = golden.param("num_iters", CONVERGED);
    return iterations < CONVERGED
        ? Normalization.published((int) iterations)
        : Normalization.solved();
  }
}
