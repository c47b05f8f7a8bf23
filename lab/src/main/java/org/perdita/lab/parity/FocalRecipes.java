package org.perdita.lab.parity;

import java.util.Arrays;
import java.util.List;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.SoftmaxFocalLoss;

/** Other libraries' focal losses. */
final class FocalRecipes {
  private static final String FOCAL = "focal.json";
  private static final String PARITY = "parity.json";
  private static final String KORNIA = "kornia @b4f5a78a1";
  private static final String KERAS = "Keras @3422977a5e";

  private FocalRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of(
                "FocalLoss",
                "torchvision 0.28",
                "ops.sigmoid_focal_loss(x, y, alpha=0.25, gamma=2)")
            .differs(
                "No reduction is the default: one number an element. alpha=-1 is Alpha.none(). The"
                    + " mean divides by all elements, not by the positives.")
            .wrong(
                "Below gamma 1 its gradient is NaN for easy elements, from logits of 17 on in"
                    + " float32: 0 to a negative power.")
            .by(FocalRecipes.class, FocalRecipes::torchvisionFocal, FOCAL, "tv_default"),
        Counterpart.of(
                "FocalLoss", "optax 0.2.8", "losses.sigmoid_focal_loss(x, y, alpha=0.25, gamma=2)")
            .differs("No reduction: one number an element. alpha=None is Alpha.none().")
            .by(FocalRecipes.class, FocalRecipes::optaxFocal, FOCAL, "ox_extreme_gamma2"),
        Counterpart.of(
                "FocalLoss",
                "torchvision 0.28, soft targets",
                "ops.sigmoid_focal_loss(x, y, alpha=0.25, gamma=2)")
            .differs(
                "The same p_t = p y + (1 - p)(1 - y) as here. Libraries with p_t = exp(-CE) give"
                    + " other numbers for 0 < y < 1.")
            .by(FocalRecipes.class, FocalRecipes::torchvisionSoftFocal, FOCAL, "tv_soft"),
        Counterpart.of(
                "FocalStarLoss",
                "fvcore @3378afe",
                "nn.sigmoid_focal_loss_star(x, y, alpha=0.25, gamma=2)")
            .differs("It has no beta, which is 0 then. No reduction is the default.")
            .by(FocalRecipes.class, FocalRecipes::fvcoreStar, FOCAL, "star_gamma2"),
        Counterpart.of(
                "FocalLoss",
                KORNIA,
                "losses.binary_focal_loss_with_logits(x, y, alpha=0.25, gamma=2)")
            .differs("No reduction is the default. Its mean divides by ignored elements too.")
            .by(FocalRecipes.class, FocalRecipes::korniaBinary, PARITY, "kornia_binary"),
        Counterpart.of(
                "FocalLoss",
                KERAS,
                "losses.BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.25,"
                    + " from_logits=True)(y, x)")
            .differs(
                "Without apply_class_balancing its alpha has no effect: that is Alpha.none(). The"
                    + " mean is over all elements.")
            .wrong(
                "It takes the sigmoid first and clips it at 1e-7: a positive at a logit of -17 gets"
                    + " no gradient.")
            .by(FocalRecipes.class, FocalRecipes::kerasBinary, PARITY, "keras_binary"),
        Counterpart.of(
                "FocalLoss",
                "keras-retinanet @7ac91df",
                "losses.focal(alpha=0.25, gamma=2)(y_true, p)")
            .differs(
                "It is given probabilities, and the state of each anchor as a last column of y_true:"
                    + " -1 is ignored. The sum over the number of anchors with an object, at least 1.")
            .wrong("Keras clips p at 1e-7, so an anchor that is wrong beyond that stops moving.")
            .by(FocalRecipes.class, FocalRecipes::kerasRetinaNet, FOCAL, "kr_default"),
        Counterpart.of(
                "SoftmaxFocalLoss",
                KORNIA,
                "losses.focal_loss(x, label, alpha=None, gamma=2, reduction=\"mean\")")
            .differs(
                "Its mean divides by the number of classes as well. Its one-hot labels are 1e-6 where they"
                    + " should be 0; our labels are exact, and differ where an example is easy.")
            .wrong("Below gamma 1 the gradient of an easy example is NaN: 0 to a negative power.")
            .by(FocalRecipes.class, FocalRecipes::korniaSoftmax, PARITY, "kornia_softmax_mean"),
        Counterpart.of(
                "SoftmaxFocalLoss",
                KORNIA + ", with alpha",
                "losses.focal_loss(x, label, alpha=0.25, gamma=2, reduction=\"sum\")")
            .differs("Class 0 weighs 1 - alpha and every other class alpha: a weight a class here.")
            .by(FocalRecipes.class, FocalRecipes::korniaAlpha, PARITY, "kornia_softmax_alpha"),
        Counterpart.of(
                "SoftmaxFocalLoss",
                KORNIA + ", ignored labels",
                "losses.focal_loss(x, label, alpha=None, gamma=2, reduction=\"mean\","
                    + " ignore_index=-100)")
            .differs("An ignored label is a weight of 0 here, at any class.")
            .wrong("Ignored labels count in the mean: the more there are, the smaller the loss.")
            .by(FocalRecipes.class, FocalRecipes::korniaIgnored, PARITY, "kornia_softmax_ignored"),
        Counterpart.of(
                "SoftmaxFocalLoss",
                KERAS,
                "losses.CategoricalFocalCrossentropy(alpha=0.25, gamma=2, from_logits=True)(y, x)")
            .differs(
                "alpha multiplies every class alike, 0.25 if not said; a list is a weight a class.")
            .by(FocalRecipes.class, FocalRecipes::kerasCategorical, PARITY, "keras_categorical"));
  }

  private static Answer torchvisionFocal(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=tv_default
    var loss = new FocalLoss(Alpha.of(0.25), 2);
    var each = loss.values(Batch.of(x, y)); // reduction="none"
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum()); // reduction="sum"; Reduction.mean()
    // @end
    return Answer.values(each).with("gradient.logits", sum.gradient());
  }

  private static Answer optaxFocal(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=ox_extreme_gamma2
    var loss = new FocalLoss(Alpha.of(0.25), 2);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.logits", sum.gradient());
  }

  private static Answer torchvisionSoftFocal(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=tv_soft
    var loss = new FocalLoss(Alpha.of(0.25), 2);
    var each = loss.values(Batch.of(x, y)); // y between 0 and 1
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.logits", sum.gradient());
  }

  private static Answer fvcoreStar(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=star_gamma2
    var loss = new FocalStarLoss(Alpha.of(0.25), 2, 0);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.logits", sum.gradient());
  }

  private static Answer korniaBinary(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=kornia_binary
    var loss = new FocalLoss(Alpha.of(0.25), 2);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.logits", sum.gradient());
  }

  private static Answer kerasBinary(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=keras_binary
    var loss = new FocalLoss(Alpha.of(0.25), 2);
    var e = loss.evaluate(Batch.of(x, y), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer kerasRetinaNet(Counterpart.Inputs in) {
    Tensor p = in.tensor("probabilities");
    Tensor y = in.tensor("labels");
    Tensor state = in.tensor("anchor_state");
    float[] logits = p.toArray();
    float[] weights = new float[logits.length];
    long objects = 0;
    for (int i = 0; i < state.size(); i++) {
      objects += state.get(i) == 1 ? 1 : 0;
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (Math.log(p.get(i)) - Math.log1p(-p.get(i)));
      weights[i] = state.get(i / (logits.length / state.size())) == -1 ? 0 : 1;
    }
    Tensor x = Tensor.of(logits, p.shape());
    Tensor notIgnored = Tensor.of(weights, p.shape());
    // @start region=kr_default
    var loss = FocalLoss.retinaNet();
    var batch = Batch.of(x, y).weighted(notIgnored); // x: the logits of p
    var e = loss.evaluate(batch, Reduction.perPositive(objects));
    // @end
    float[] slopes = e.gradient().toArray();
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] /= p.get(i) * (1 - p.get(i));
    }
    return Answer.value(e.value()).with("gradient.probabilities", Tensor.of(slopes, p.shape()));
  }

  private static Answer korniaSoftmax(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = korniaOneHot(in.tensor("labels"), x);
    // @start region=kornia_softmax_mean
    var loss = new SoftmaxFocalLoss(2);
    var batch = Batch.of(x, y); // y: one-hot, 1e-6 where kornia's is
    var e = loss.evaluate(batch, Reduction.dividedBy(x.size()));
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer korniaAlpha(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = korniaOneHot(in.tensor("labels"), x);
    // @start region=kornia_softmax_alpha
    var loss = new SoftmaxFocalLoss(2, ClassWeights.of(0.75, 0.25, 0.25));
    var e = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer korniaIgnored(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor labels = in.tensor("labels");
    Tensor y = korniaOneHot(labels, x);
    float[] weights = new float[labels.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = labels.get(i) < 0 ? 0 : 1;
    }
    Tensor notIgnored = Tensor.of(weights, labels.shape());
    // @start region=kornia_softmax_ignored
    var batch = Batch.of(x, y).weighted(notIgnored);
    var theirs = new SoftmaxFocalLoss(2).evaluate(batch, Reduction.dividedBy(x.size()));
    // Reduction.mean() leaves the ignored ones out of the count
    // @end
    return Answer.of(theirs, "logits");
  }

  /** Distributions [n, c, d] of labels [n, d]; an ignored label is some distribution. */
  private static Tensor korniaOneHot(Tensor labels, Tensor logits) {
    int classes = logits.shape()[1];
    int positions = logits.shape()[2];
    float[] y = new float[logits.size()];
    Arrays.fill(y, 1e-6f);
    for (int i = 0; i < labels.size(); i++) {
      int label = Math.max(0, (int) labels.get(i));
      y[(i / positions * classes + label) * positions + i % positions] = 1;
    }
    return Tensor.of(y, logits.shape());
  }

  private static Answer kerasCategorical(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("targets");
    // @start region=keras_categorical
    var loss = new SoftmaxFocalLoss(2, ClassWeights.of(0.25, 0.25, 0.25));
    var e = loss.evaluate(Batch.of(x, y), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }
}
