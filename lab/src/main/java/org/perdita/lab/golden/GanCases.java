package org.perdita.lab.golden;

import java.util.Arrays;
import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.adversarial.RelativisticGanLoss;
import org.perdita.adversarial.Scores;

/** Cases about the scores of two players, in the words of the libraries they come from. */
final class GanCases {
  private GanCases() {}

  /** Both players' means of the current compare_gan, and the critic's by kind of score. */
  static GoldenFunction compareGan(GanLoss loss) {
    return compareGan(loss, 1);
  }

  /** compare_gan halves the sum of both squares, and shows each of them whole. */
  static Computed compareGanLeastSquares(GoldenCase golden) {
    return compareGan(GanLoss.leastSquaresOfTheStudy(), 2).compute(golden);
  }

  /** {@code times} is what it shows each kind of score multiplied by. */
  private static GoldenFunction compareGan(GanLoss loss, double times) {
    return golden -> {
      GoldenArray real = golden.input("d_real_logits");
      GoldenArray fake = golden.input("d_fake_logits");
      PairEvaluation critic = loss.critic(real.tensor(), fake.tensor());
      Evaluation generator = loss.generator(fake.tensor());
      return Computed.inFloat()
          .with("value.d_loss", GoldenArray.scalar(critic.value()))
          .with("value.d_loss_real", GoldenArray.scalar(times * ofReal(loss, real).value()))
          .with("value.d_loss_fake", GoldenArray.scalar(times * ofFake(loss, fake)))
          .with("value.g_loss", GoldenArray.scalar(generator.value()))
          .with(
              "gradient.d_loss/d_real_logits", GoldenArray.of(critic.realGradient(), real.shape()))
          .with(
              "gradient.d_loss/d_fake_logits", GoldenArray.of(critic.fakeGradient(), fake.shape()))
          .with(
              "gradient.g_loss/d_fake_logits", GoldenArray.of(generator.gradient(), fake.shape()));
    };
  }

  /** tfgan's critic of minimax; its smoothing moves both labels towards a half. */
  static Computed tfganMinimaxCritic(GoldenCase golden) {
    return tfganCritic(golden, new GanLoss.Minimax(tfganSmoothing(golden)));
  }

  /** tfgan's saturating generator: minus the critic's loss with every real score at 1. */
  static Computed tfganMinimaxGenerator(GoldenCase golden) {
    GoldenArray ones = GoldenArray.scalar(1);
    double constant = ofReal(new GanLoss.Minimax(tfganSmoothing(golden)), ones).value();
    Evaluation generator = GanLoss.minimax().generator(golden.input("d_fake_logits").tensor());
    return tfganGenerator(golden, generator.value() - constant, generator.gradient());
  }

  /** tfgan's non-saturating generator: cross-entropy with a label that smoothing moves. */
  static Computed tfganModifiedGenerator(GoldenCase golden) {
    // The label, and so the curve, is that of real scores in the critic's eyes.
    GanLoss mirrored = new GanLoss.NonSaturating(tfganSmoothing(golden));
    PairEvaluation generator = ofReal(mirrored, golden.input("d_fake_logits"));
    return tfganGenerator(golden, generator.value(), generator.realGradient());
  }

  /** tfgan's least squares. */
  static Computed tfganLeastSquaresCritic(GoldenCase golden) {
    double a = golden.param("fake_label", 0);
    double b = golden.param("real_label", 1);
    return tfganCritic(golden, GanLoss.leastSquares(a, b, b));
  }

  /** tfgan's least squares for the generator. */
  static Computed tfganLeastSquaresGenerator(GoldenCase golden) {
    GanLoss loss = GanLoss.leastSquares(0, 1, golden.param("real_label", 1));
    Evaluation generator = loss.generator(golden.input("d_fake_logits").tensor());
    return tfganGenerator(golden, generator.value(), generator.gradient());
  }

  private static double tfganSmoothing(GoldenCase golden) {
    return golden.param("label_smoothing", 0) / 2;
  }

  private static Computed tfganCritic(GoldenCase golden, GanLoss loss) {
    Tensor real = golden.input("d_real_logits").tensor();
    Tensor fake = golden.input("d_fake_logits").tensor();
    return pair(golden, loss.critic(real, fake), 1, "d_real_logits", "d_fake_logits");
  }

  private static Computed tfganGenerator(GoldenCase golden, double value, Tensor gradient) {
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(value))
        .with(
            "gradient.d_fake_logits",
            GoldenArray.of(gradient, golden.input("d_fake_logits").shape()));
  }

  /** torchgan's critic of minimax: one-sided smoothing, a value a pair. */
  static Computed torchganMinimaxCritic(GoldenCase golden) {
    return pairs(golden, new GanLoss.Minimax(golden.param("label_smoothing", 0)), "dx", "dgz");
  }

  /** torchgan's generator of either minimax game. */
  static Computed torchganMinimaxGenerator(GoldenCase golden) {
    boolean nonSaturating = golden.flag("nonsaturating", true);
    return singles(golden, nonSaturating ? GanLoss.nonSaturating() : GanLoss.minimax(), "dgz");
  }

  /** torchgan's least squares. */
  static Computed torchganLeastSquaresCritic(GoldenCase golden) {
    GanLoss loss = GanLoss.leastSquares(golden.param("a", 0), golden.param("b", 1), 1);
    return pairs(golden, loss, "dx", "dgz");
  }

  /** torchgan's least squares for the generator. */
  static Computed torchganLeastSquaresGenerator(GoldenCase golden) {
    return singles(golden, GanLoss.leastSquares(0, 1, golden.param("c", 1)), "dgz");
  }

  /** torchgan's Wasserstein critic. */
  static Computed torchganWassersteinCritic(GoldenCase golden) {
    return pairs(golden, GanLoss.wasserstein(), "fx", "fgz");
  }

  /** torchgan's Wasserstein generator. */
  static Computed torchganWassersteinGenerator(GoldenCase golden) {
    return singles(golden, GanLoss.wasserstein(), "fgz");
  }

  /** A relativistic critic; {@code times} is what the source multiplies our value by. */
  static GoldenFunction relativisticCritic(
      RelativisticGanLoss loss, double times, String real, String fake) {
    return golden ->
        pair(
            golden,
            loss.critic(golden.input(real).tensor(), golden.input(fake).tensor()),
            times,
            real,
            fake);
  }

  /** A relativistic generator. */
  static GoldenFunction relativisticGenerator(
      RelativisticGanLoss loss, double times, String real, String fake) {
    return golden ->
        pair(
            golden,
            loss.generator(golden.input(real).tensor(), golden.input(fake).tensor()),
            times,
            real,
            fake);
  }

  private static Computed pair(
      GoldenCase golden, PairEvaluation found, double times, String real, String fake) {
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(times * found.value()))
        .with("gradient." + real, scaled(found.realGradient(), times, golden.input(real)))
        .with("gradient." + fake, scaled(found.fakeGradient(), times, golden.input(fake)));
  }

  private static GoldenArray scaled(Tensor gradient, double times, GoldenArray like) {
    return GoldenArray.of(gradient, like.shape()).map(g -> times * g);
  }

  /** What the critic pays for real scores alone. */
  private static PairEvaluation ofReal(GanLoss loss, GoldenArray real) {
    Tensor flat = real.tensor(real.data().length);
    return loss.critic(Scores.of(flat), uncounted());
  }

  private static double ofFake(GanLoss loss, GoldenArray fake) {
    return loss.critic(uncounted(), Scores.of(fake.tensor())).value();
  }

  private static Scores uncounted() {
    return Scores.of(Tensor.zeros(1)).weighted(Tensor.zeros(1));
  }

  /** The critic's value of each pair of scores, reduced as the case says. */
  private static Computed pairs(GoldenCase golden, GanLoss loss, String real, String fake) {
    GoldenArray r = golden.input(real);
    GoldenArray f = golden.input(fake, r.shape());
    if (golden.reduction().equals("mean")) {
      return pair(golden, loss.critic(r.tensor(), f.tensor()), 1, real, fake);
    }
    double[] values = new double[r.data().length];
    double[] ofReal = new double[values.length];
    double[] ofFake = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      PairEvaluation one = loss.critic(single(r, i), single(f, i));
      values[i] = one.value();
      ofReal[i] = one.realGradient().get(0);
      ofFake[i] = one.fakeGradient().get(0);
    }
    return Computed.inFloat()
        .with("value", values(golden, new GoldenArray(r.shape(), values)))
        .with("gradient." + real, new GoldenArray(r.shape(), ofReal))
        .with("gradient." + fake, new GoldenArray(r.shape(), ofFake));
  }

  /** The generator's value of each score, reduced as the case says. */
  private static Computed singles(GoldenCase golden, GanLoss loss, String fake) {
    GoldenArray f = golden.input(fake);
    if (golden.reduction().equals("mean")) {
      Evaluation mean = loss.generator(f.tensor());
      return Computed.inFloat()
          .with("value", GoldenArray.scalar(mean.value()))
          .with("gradient." + fake, GoldenArray.of(mean.gradient(), f.shape()));
    }
    double[] values = new double[f.data().length];
    double[] ofFake = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      Evaluation one = loss.generator(single(f, i));
      values[i] = one.value();
      ofFake[i] = one.gradient().get(0);
    }
    return Computed.inFloat()
        .with("value", values(golden, new GoldenArray(f.shape(), values)))
        .with("gradient." + fake, new GoldenArray(f.shape(), ofFake));
  }

  private static GoldenArray values(GoldenCase golden, GoldenArray each) {
    return switch (golden.reduction()) {
      case "none" -> each;
      case "sum" -> GoldenArray.scalar(Arrays.stream(each.data()).sum());
      default ->
          throw golden.refusal(
              "reduction", "is '" + golden.reduction() + "', not one of none, sum, mean");
    };
  }

  private static Tensor single(GoldenArray scores, int i) {
    return Tensor.of(new float[] {(float) scores.data()[i]}, 1);
  }
}
