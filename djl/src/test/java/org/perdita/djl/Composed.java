package org.perdita.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.perdita.Loss;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.SoftmaxFocalLoss;

/**
 * A loss of the library beside the same formula composed of the engine's operations, whose gradient
 * is the engine's autograd's.
 *
 * @param rows whether a unit is a row with a label, or else an element of a one-hot target
 * @param formula the mean loss of logits {@code [n, c]} for a one-hot target
 */
record Composed(Loss loss, boolean rows, BinaryOperator<NDArray> formula) {

  static Stream<Composed> all() {
    return Stream.of(
        new Composed(new CrossEntropyLoss(), true, Composed::crossEntropy),
        new Composed(new SoftmaxFocalLoss(2), true, (x, y) -> softmaxFocal(x, y, 2)),
        new Composed(new SoftmaxFocalLoss(0.5), true, (x, y) -> softmaxFocal(x, y, 0.5)),
        new Composed(new BinaryCrossEntropyLoss(), false, Composed::binaryCrossEntropy),
        new Composed(FocalLoss.retinaNet(), false, (x, y) -> focal(x, y, 0.25, 2)),
        new Composed(BiTemperedLoss.of(0.8, 1.2), true, (x, y) -> biTempered(x, y, 0.8, 1.2)));
  }

  private static NDArray crossEntropy(NDArray x, NDArray y) {
    return x.logSoftmax(1).mul(y).sum(new int[] {1}).mean().neg();
  }

  private static NDArray softmaxFocal(NDArray x, NDArray y, double gamma) {
    NDArray logP = x.logSoftmax(1).mul(y).sum(new int[] {1});
    return logP.exp().neg().add(1).pow(gamma).mul(logP).mean().neg();
  }

  /** Not the engine's own, whose gradient at a logit of 0 is that of neither side. */
  private static NDArray binaryCrossEntropy(NDArray x, NDArray y) {
    NDArray p = sigmoid(x);
    NDArray no = y.neg().add(1).mul(p.neg().add(1).log());
    return y.mul(p.log()).add(no).mean().neg();
  }

  /** −α_t (1 − p_t)^γ log p_t. */
  private static NDArray focal(NDArray x, NDArray y, double alpha, double gamma) {
    NDArray p = sigmoid(x);
    NDArray no = y.neg().add(1);
    NDArray pT = p.mul(y).add(p.neg().add(1).mul(no));
    NDArray alphaT = y.mul(alpha).add(no.mul(1 - alpha));
    return alphaT.mul(pT.neg().add(1).pow(gamma)).mul(pT.log()).mean().neg();
  }

  private static NDArray sigmoid(NDArray x) {
    return x.neg().exp().add(1).pow(-1);
  }

  /** −log_t1 p_y − (1 − Σ p^(2 − t1)) / (2 − t1), p the tempered softmax for t2 above 1. */
  private static NDArray biTempered(NDArray x, NDArray y, double t1, double t2) {
    NDArray shifted = x.sub(x.stopGradient().max(new int[] {1}, true));
    NDArray z = x.getManager().create(1.0);
    for (int i = 0; i < 50; i++) {
      z = exp(shifted.mul(z.pow(1 - t2)), t2).sum(new int[] {1}, true);
    }
    NDArray p = exp(shifted.add(log(z.pow(-1), t2)), t2);
    NDArray label = log(p.mul(y).sum(new int[] {1}), t1);
    NDArray bias = p.pow(2 - t1).sum(new int[] {1}).neg().add(1).div(2 - t1);
    return label.add(bias).mean().neg();
  }

  private static NDArray exp(NDArray u, double t) {
    return u.mul(1 - t).add(1).pow(1 / (1 - t));
  }

  private static NDArray log(NDArray u, double t) {
    return u.pow(1 - t).sub(1).div(1 - t);
  }

  /** What the engine's loss is given as labels: class indices, or one-hot. */
  NDArray labels(NDArray classes, int depth) {
    return rows ? classes : oneHot(classes, depth);
  }

  /** The labels for {@link #formula}. */
  static NDArray oneHot(NDArray classes, int depth) {
    return classes.oneHot(depth, DataType.FLOAT32);
  }

  @Override
  public String toString() {
    return loss.toString();
  }
}
