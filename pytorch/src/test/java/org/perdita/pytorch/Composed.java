package org.perdita.pytorch;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
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
 * @param formula the mean loss, from logits {@code [n, c]} and labels or a one-hot target
 */
record Composed(Loss loss, boolean rows, BiFunction<Tensor, Tensor, Tensor> formula) {

  static Stream<Composed> all() {
    return Stream.of(
        new Composed(new CrossEntropyLoss(), true, torch::cross_entropy_loss),
        new Composed(new SoftmaxFocalLoss(2), true, (x, y) -> softmaxFocal(x, y, 2)),
        new Composed(new SoftmaxFocalLoss(0.5), true, (x, y) -> softmaxFocal(x, y, 0.5)),
        new Composed(new BinaryCrossEntropyLoss(), false, torch::binary_cross_entropy_with_logits),
        new Composed(FocalLoss.retinaNet(), false, (x, y) -> focal(x, y, 0.25, 2)),
        new Composed(BiTemperedLoss.of(0.8, 1.2), true, (x, y) -> biTempered(x, y, 0.8, 1.2)));
  }

  /** −(1 − p)^γ log p of the label's p. */
  private static Tensor softmaxFocal(Tensor x, Tensor y, double gamma) {
    Tensor logP = x.log_softmax(1).gather(1, y.unsqueeze(1));
    return one().sub(logP.exp()).pow(new Scalar(gamma)).mul(logP).mean().neg();
  }

  /** −α_t (1 − p_t)^γ log p_t. */
  private static Tensor focal(Tensor x, Tensor y, double alpha, double gamma) {
    Tensor p = x.sigmoid();
    Tensor no = one().sub(y);
    Tensor pT = p.mul(y).add(one().sub(p).mul(no));
    Tensor alphaT = y.mul(new Scalar(alpha)).add(no.mul(new Scalar(1 - alpha)));
    return alphaT.mul(one().sub(pT).pow(new Scalar(gamma))).mul(pT.log()).mean().neg();
  }

  /** −log_t1 p_y − (1 − Σ p^(2 − t1)) / (2 − t1), p the tempered softmax for t2 above 1. */
  private static Tensor biTempered(Tensor x, Tensor y, double t1, double t2) {
    Tensor shifted = x.sub(x.detach().amax(new long[] {1}, true));
    Tensor z = one();
    for (int i = 0; i < 50; i++) {
      Tensor scaled = shifted.mul(z.pow(new Scalar(1 - t2)));
      z = exp(scaled, t2).sum(new long[] {1}, true, new ScalarTypeOptional());
    }
    Tensor p = exp(shifted.add(log(z.reciprocal(), t2)), t2);
    Tensor label = log(p.gather(1, y.unsqueeze(1)), t1).squeeze(1);
    Tensor bias = one().sub(p.pow(new Scalar(2 - t1)).sum(1)).div(new Scalar(2 - t1));
    return label.add(bias).mean().neg();
  }

  private static Tensor exp(Tensor u, double t) {
    return one().add(u.mul(new Scalar(1 - t))).pow(new Scalar(1 / (1 - t)));
  }

  private static Tensor log(Tensor u, double t) {
    return u.pow(new Scalar(1 - t)).sub(one()).div(new Scalar(1 - t));
  }

  private static Tensor one() {
    return torch.ones(1);
  }

  /** The value by the library, its gradient sent into the engine's graph. */
  double ours(Tensor logits, int[] labels) {
    Target target =
        rows
            ? Labels.of(labels)
            : org.perdita.Tensor.of(
                oneHot(labels, classes(logits)), labels.length, classes(logits));
    return new EngineLoss(loss, Reduction.mean()).backward(logits, target);
  }

  /** The value by the engine, its gradient sent into the engine's graph. */
  double theirs(Tensor logits, int[] labels) {
    Tensor target =
        rows
            ? EngineTensors.of(labels, labels.length)
            : EngineTensors.of(oneHot(labels, classes(logits)), logits.shape());
    Tensor value = formula.apply(logits, target);
    value.backward();
    return value.item_double();
  }

  private static int classes(Tensor logits) {
    return Math.toIntExact(logits.size(1));
  }

  private static float[] oneHot(int[] labels, int classes) {
    float[] y = new float[classes * labels.length];
    for (int i = 0; i < labels.length; i++) {
      y[classes * i + labels[i]] = 1;
    }
    return y;
  }

  @Override
  public String toString() {
    return loss.toString();
  }
}
