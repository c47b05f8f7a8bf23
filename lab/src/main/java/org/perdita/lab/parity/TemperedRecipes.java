package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.Smoothing;

/** The authors' code of the bi-tempered loss. */
final class TemperedRecipes {
  private static final String TEMPERED = "bitempered.json";
  private static final String AUTHORS = "google/bi-tempered-loss (authors), jax/loss.py @1c65c77";

  private TemperedRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of("BiTemperedLoss", AUTHORS, "bi_tempered_logistic_loss(x, y, t1=0.8, t2=1.2)")
            .differs(
                "Five iterations for the normaliser, which withIterations(5) repeats. No reduction:"
                    + " one number a row. Labels are distributions.")
            .wrong(
                "After five iterations the probabilities need not sum to 1: they were off by up to"
                    + " 0.2 at t2 = 1.5 with 1000 classes.")
            .by(
                TemperedRecipes.class,
                TemperedRecipes::authorsBiTempered,
                TEMPERED,
                "mc_0.8_1.2_onehot"),
        Counterpart.of(
                "BiTemperedLoss",
                AUTHORS + ", converged",
                "bi_tempered_logistic_loss(x, y, t1=0.8, t2=2, num_iters=400)")
            .differs("Our solver is what enough iterations lead to.")
            .by(
                TemperedRecipes.class,
                TemperedRecipes::convergedBiTempered,
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
                TemperedRecipes.class,
                TemperedRecipes::smoothedBiTempered,
                TEMPERED,
                "mc_0.8_1.2_ls0.1"),
        Counterpart.of(
                "BinaryBiTemperedLoss",
                AUTHORS,
                "bi_tempered_binary_logistic_loss(x, y, t1=0.2, t2=4)")
            .differs("The two logits are 0 and x. Five iterations, no reduction.")
            .by(TemperedRecipes.class, TemperedRecipes::authorsBinary, TEMPERED, "bin_0.2_4"));
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
