package org.perdita.lab.bench;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A loss as a libtorch user writes it: from the engine's own operators, in float32, with the
 * engine's memory for every intermediate and for the gradient.
 */
@FunctionalInterface
interface Composition {

  /**
   * Value and gradient.
   *
   * @param logits a leaf that requires a gradient
   * @param target int64 class indices, or a dense target shaped like the logits
   */
  Composed evaluate(Tensor logits, Tensor target);

  /** What came out; the gradient belongs to the innermost open scope. */
  record Composed(double value, Tensor gradient) {}

  /** libtorch's own softmax cross-entropy, mean over rows: one operator forward, one backward. */
  static Composition fusedCrossEntropy() {
    return (logits, target) -> differentiated(torch.cross_entropy_loss(logits, target), logits);
  }

  /** Cross-entropy from elementary operators: mean of logsumexp(x) − x[label], by autograd. */
  static Composition crossEntropy() {
    return (logits, target) -> {
      Tensor normaliser = torch.logsumexp(logits, new long[] {1}, true);
      Tensor own = logits.gather(1, target.unsqueeze(1), false);
      return differentiated(normaliser.sub(own).mean(), logits);
    };
  }

  /**
   * The sigmoid focal loss summed, the way torchvision composes it: cross-entropy on logits times
   * (1 − p_t)^gamma times alpha_t, differentiated by autograd.
   */
  static Composition focal(double alpha, double gamma) {
    return (logits, target) -> {
      Tensor p = logits.sigmoid();
      Tensor crossEntropy =
          torch.binary_cross_entropy_with_logits(
              logits, target, new TensorOptional(), new TensorOptional(), 0);
      Tensor pTrue = p.mul(target).add(oneMinus(p).mul(oneMinus(target)));
      Tensor alphaTrue =
          target.mul(new Scalar(alpha)).add(oneMinus(target).mul(new Scalar(1 - alpha)));
      Tensor loss = alphaTrue.mul(crossEntropy.mul(power(oneMinus(pTrue), gamma)));
      return differentiated(loss.sum(), logits);
    };
  }

  /**
   * The bi-tempered loss, mean over rows, the way its public PyTorch port composes it for t2 above
   * 1: five fixed-point iterations for the normaliser, then the gradient from its closed form, also
   * composed. No autograd graph is built, which is the faster of the two ways for the engine.
   */
  static Composition biTempered(double t1, double t2, int iterations) {
    return (logits, label) -> {
      Tensor x = logits.detach();
      Tensor y = torch.one_hot(label, x.size(1)).to(ScalarType.Float);
      Tensor p = tempered(x.sub(normaliser(x, t2, iterations)), t2);

      Tensor surprise = temperedLog(y.add(new Scalar(1e-10)), t1).sub(temperedLog(p, t1)).mul(y);
      Tensor bias = power(y, 2 - t1).sub(power(p, 2 - t1)).div(new Scalar(2 - t1));
      Tensor loss = rowSum(surprise.sub(bias)).mean();

      Tensor delta = p.sub(y).mul(power(p, t2 - t1));
      Tensor escort = power(p, t2);
      escort = escort.div(rowSum(escort));
      Tensor gradient = delta.sub(escort.mul(rowSum(delta))).div(new Scalar((double) x.size(0)));
      return new Composed(loss.item_double(), gradient);
    };
  }

  private static Tensor normaliser(Tensor x, double t, int iterations) {
    Tensor max = x.amax(new long[] {1}, true);
    Tensor start = x.sub(max);
    Tensor scaled = start;
    for (int i = 0; i < iterations; i++) {
      scaled = start.mul(power(rowSum(tempered(scaled, t)), 1 - t));
    }
    Tensor partition = rowSum(tempered(scaled, t));
    return max.sub(temperedLog(partition.reciprocal(), t));
  }

  /** exp_t. */
  private static Tensor tempered(Tensor u, double t) {
    return power(u.mul(new Scalar(1 - t)).add(new Scalar(1.0)).relu(), 1 / (1 - t));
  }

  /** log_t. */
  private static Tensor temperedLog(Tensor u, double t) {
    return power(u, 1 - t).sub(new Scalar(1.0)).div(new Scalar(1 - t));
  }

  private static Tensor power(Tensor base, double exponent) {
    return base.pow(new Scalar(exponent));
  }

  private static Tensor oneMinus(Tensor a) {
    return torch.rsub(a, new Scalar(1.0));
  }

  private static Tensor rowSum(Tensor a) {
    return a.sum(new long[] {1}, true, new ScalarTypeOptional());
  }

  private static Composed differentiated(Tensor loss, Tensor logits) {
    TensorVector gradients = torch.grad(new TensorVector(loss), new TensorVector(logits));
    return new Composed(loss.item_double(), gradients.get(0));
  }
}
