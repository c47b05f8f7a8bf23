package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.Smoothing;

/** Other libraries' losses of classification. */
final class ClassificationRecipes {
  private static final String FOCAL = "focal.json";
  private static final String TEMPERED = "bitempered.json";
  private static final String AUTHORS = "google/bi-tempered-loss (authors), jax/loss.py @1c65c77";

  private ClassificationRecipes() {}

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
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::torchvisionFocal,
                FOCAL,
                "tv_default"),
        Counterpart.of(
                "FocalLoss", "optax 0.2.8", "losses.sigmoid_focal_loss(x, y, alpha=0.25, gamma=2)")
            .differs("No reduction: one number an element. alpha=None is Alpha.none().")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::optaxFocal,
                FOCAL,
                "ox_extreme_gamma2"),
        Counterpart.of(
                "FocalLoss",
                "torchvision 0.28, soft targets",
                "ops.sigmoid_focal_loss(x, y, alpha=0.25, gamma=2)")
            .differs(
                "The same p_t = p y + (1 - p)(1 - y) as here. Libraries with p_t = exp(-CE) give"
                    + " other numbers for 0 < y < 1.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::torchvisionSoftFocal,
                FOCAL,
                "tv_soft"),
        Counterpart.of(
                "FocalStarLoss",
                "fvcore @3378afe",
                "nn.sigmoid_focal_loss_star(x, y, alpha=0.25, gamma=2)")
            .differs("It has no beta, which is 0 then. No reduction is the default.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::fvcoreStar,
                FOCAL,
                "star_gamma2"),
        Counterpart.of("BiTemperedLoss", AUTHORS, "bi_tempered_logistic_loss(x, y, t1=0.8, t2=1.2)")
            .differs(
                "Five iterations for the normaliser, which withIterations(5) repeats. No reduction:"
                    + " one number a row. Labels are distributions.")
            .wrong(
                "After five iterations the probabilities need not sum to 1: they were off by up to"
                    + " 0.2 at t2 = 1.5 with 1000 classes.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::authorsBiTempered,
                TEMPERED,
                "mc_0.8_1.2_onehot"),
        Counterpart.of(
                "BiTemperedLoss",
                AUTHORS + ", converged",
                "bi_tempered_logistic_loss(x, y, t1=0.8, t2=2, num_iters=400)")
            .differs("Our solver is what enough iterations lead to.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::convergedBiTempered,
                TEMPERED,
                "mc_0.8_2.0_converged"),
        Counterpart.of(
                "BiTemperedLoss",
                AUTHORS + ", smoothed",
                "bi_tempered_logistic_loss(x, y, t1=0.8, t2=1.2, label_smoothing=0.1)")
            .differs(
                "The right class keeps 1 - s, the others share s: Smoothing.offClass. PyTorch, Keras"
                    + " and optax leave it 1 - s + s / K: Smoothing.uniform.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::smoothedBiTempered,
                TEMPERED,
                "mc_0.8_1.2_ls0.1"),
        Counterpart.of(
                "BinaryBiTemperedLoss",
                AUTHORS,
                "bi_tempered_binary_logistic_loss(x, y, t1=0.2, t2=4)")
            .differs("The two logits are 0 and x. Five iterations, no reduction.")
            .by(
                ClassificationRecipes.class,
                ClassificationRecipes::authorsBinary,
                TEMPERED,
                "bin_0.2_4"));
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

  private static Answer authorsBiTempered(Counterpart.Inputs in) {
    Tensor x = in.tensor("activations");
    Tensor y = in.tensor("labels");
    // @start region=mc_0.8_1.2_onehot
    var loss = BiTemperedLoss.of(0.8, 1.2).withIterations(5);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.activations", sum.gradient());
  }

  private static Answer convergedBiTempered(Counterpart.Inputs in) {
    Tensor x = in.tensor("activations");
    Tensor y = in.tensor("labels");
    // @start region=mc_0.8_2.0_converged
    var loss = BiTemperedLoss.of(0.8, 2);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.activations", sum.gradient());
  }

  private static Answer smoothedBiTempered(Counterpart.Inputs in) {
    Tensor x = in.tensor("activations");
    Tensor y = in.tensor("labels");
    // @start region=mc_0.8_1.2_ls0.1
    var loss = BiTemperedLoss.of(0.8, 1.2).withIterations(5).withSmoothing(Smoothing.offClass(0.1));
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.activations", sum.gradient());
  }

  private static Answer authorsBinary(Counterpart.Inputs in) {
    Tensor x = in.tensor("activations");
    Tensor y = in.tensor("labels");
    // @start region=bin_0.2_4
    var loss = BinaryBiTemperedLoss.of(0.2, 4).withIterations(5);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.activations", sum.gradient());
  }
}
