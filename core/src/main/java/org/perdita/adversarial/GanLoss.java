package org.perdita.adversarial;

import org.perdita.Evaluation;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * What critic and generator of a generative adversarial network minimise, each from raw scores: the
 * critic's value with a gradient for the real and one for the fake scores, the generator's with one
 * for the fake scores. Both are minimised, so signs cannot be mixed up.
 *
 * <pre>
 *                      critic: a real score r       a fake score f           generator: a fake score f
 * minimax              log(1 + e^−r)                log(1 + e^f)             −log(1 + e^f)
 * non-saturating       the same                     the same                 log(1 + e^−f)
 * least squares        (r − b)² / 2                 (f − a)² / 2             (f − c)² / 2
 * Wasserstein          −r                           f                        −f
 * hinge                max(0, 1 − r)                max(0, 1 + f)            −f
 * </pre>
 *
 * <p>The value is the mean over real scores plus the mean over fake ones; weights count as under
 * {@link org.perdita.Reduction#mean()}. Scores may have any shape, and real and fake ones different
 * numbers of them. Every finite score gives finite values and gradients of the right sign.
 *
 * <p>A Wasserstein critic must be held Lipschitz, by {@link WeightClipping} or {@link
 * GradientPenalty}; its value then estimates a distance, which is what this class cannot see.
 *
 * {@snippet :
 * GanLoss gan = GanLoss.nonSaturating();
 * PairEvaluation critic = gan.critic(Tensor.of(real, 64), Tensor.of(fake, 64));
 * Evaluation generator = gan.generator(Tensor.of(fake, 64));
 * }
 *
 * @see <a href="https://arxiv.org/abs/1711.10337">Lucic, Kurach, Michalski, Gelly, Bousquet: Are
 *     GANs Created Equal? NeurIPS 2018, table 1</a>
 */
public sealed interface GanLoss {

  /** What a real score costs the critic. */
  ScoreCurve real();

  /** What a fake score costs the critic. */
  ScoreCurve fake();

  /** What a fake score costs the generator. */
  ScoreCurve generator();

  /**
   * The original game: the generator maximises what the critic minimises. Its gradient vanishes
   * where the critic is sure.
   *
   * @see <a href="https://arxiv.org/abs/1406.2661">Goodfellow et al. 2014, equation 1</a>
   */
  static GanLoss minimax() {
    return new Minimax(0);
  }

  /**
   * The generator minimises −log σ(f) instead, whose gradient is largest where minimax has none.
   *
   * @see <a href="https://arxiv.org/abs/1406.2661">Goodfellow et al. 2014, section 3</a>
   */
  static GanLoss nonSaturating() {
    return new NonSaturating(0);
  }

  /**
   * Targets on the raw scores: 0 for fakes, 1 for reals, and 1 for fakes in the generator's eyes.
   *
   * @see <a href="https://arxiv.org/abs/1611.04076">Mao et al. 2017, equation 9</a>
   */
  static GanLoss leastSquares() {
    return new LeastSquares(0, 1, 1);
  }

  /** The targets −1, 1 and 0, which minimise Pearson's χ² divergence (equation 8 there). */
  static GanLoss leastSquaresPearson() {
    return new LeastSquares(-1, 1, 0);
  }

  /**
   * Targets of one's own.
   *
   * @param a for fake scores
   * @param b for real scores
   * @param c for fake scores in the generator's eyes
   */
  static GanLoss leastSquares(double a, double b, double c) {
    return new LeastSquares(a, b, c);
  }

  /**
   * Least squares of σ(score), as the code of "Are GANs Created Equal?" has it and the paper of
   * least squares has not: it saturates on both sides.
   */
  static GanLoss leastSquaresOfTheStudy() {
    return new LeastSquaresOfProbabilities();
  }

  /**
   * The critic's value is minus the estimated distance, for a critic that is held Lipschitz.
   *
   * @see <a href="https://arxiv.org/abs/1701.07875">Arjovsky, Chintala, Bottou 2017</a>
   */
  static GanLoss wasserstein() {
    return new Wasserstein();
  }

  /**
   * A critic that stops caring about scores on the right side of ±1.
   *
   * @see <a href="https://arxiv.org/abs/1802.05957">Miyato et al. 2018, equations 16 and 17</a>
   */
  static GanLoss hinge() {
    return new Hinge();
  }

  /** The critic's value, and the gradients of the real and of the fake scores. */
  default PairEvaluation critic(Scores real, Scores fake) {
    Tensor realGradient = Tensor.zeros(real.values().shape());
    Tensor fakeGradient = Tensor.zeros(fake.values().shape());
    double value =
        MeanCost.of(this, real(), real, 0, realGradient)
            + MeanCost.of(this, fake(), fake, 0, fakeGradient);
    return new PairEvaluation(value, realGradient, fakeGradient);
  }

  /** The same, every score counting alike. */
  default PairEvaluation critic(Tensor real, Tensor fake) {
    return critic(Scores.of(real), Scores.of(fake));
  }

  /** The generator's value, and the gradient of the fake scores. */
  default Evaluation generator(Scores fake) {
    Tensor gradient = Tensor.zeros(fake.values().shape());
    double value = MeanCost.of(this, generator(), fake, 0, gradient);
    return new Evaluation(value, gradient);
  }

  /** The same, every score counting alike. */
  default Evaluation generator(Tensor fake) {
    return generator(Scores.of(fake));
  }

  /**
   * See {@link #minimax()}.
   *
   * @param labelSmoothing the critic's label for reals is 1 less this, and stays 0 for fakes; in
   *     [0, 1)
   */
  record Minimax(double labelSmoothing) implements GanLoss {
    public Minimax {
      checkSmoothing("Minimax", labelSmoothing);
    }

    /** The same with another smoothing of the real label. */
    public Minimax withLabelSmoothing(double labelSmoothing) {
      return new Minimax(labelSmoothing);
    }

    @Override
    public ScoreCurve real() {
      return new ScoreCurve.CrossEntropy(1 - labelSmoothing);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.CrossEntropy(0);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.Saturating();
    }
  }

  /**
   * See {@link #nonSaturating()}.
   *
   * @param labelSmoothing as in {@link Minimax}
   */
  record NonSaturating(double labelSmoothing) implements GanLoss {
    public NonSaturating {
      checkSmoothing("NonSaturating", labelSmoothing);
    }

    /** The same with another smoothing of the real label. */
    public NonSaturating withLabelSmoothing(double labelSmoothing) {
      return new NonSaturating(labelSmoothing);
    }

    @Override
    public ScoreCurve real() {
      return new ScoreCurve.CrossEntropy(1 - labelSmoothing);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.CrossEntropy(0);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.CrossEntropy(1);
    }
  }

  /**
   * See {@link #leastSquares(double, double, double)}.
   *
   * @param a for fake scores
   * @param b for real scores
   * @param c for fake scores in the generator's eyes
   */
  record LeastSquares(double a, double b, double c) implements GanLoss {
    public LeastSquares {
      boolean finite = Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c);
      String was = a + ", " + b + ", " + c;
      Check.that(finite, "LeastSquares", "a, b, c", was, "finite numbers");
    }

    @Override
    public ScoreCurve real() {
      return new ScoreCurve.HalfSquare(b);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.HalfSquare(a);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.HalfSquare(c);
    }
  }

  /** See {@link #leastSquaresOfTheStudy()}. */
  record LeastSquaresOfProbabilities() implements GanLoss {
    @Override
    public ScoreCurve real() {
      return new ScoreCurve.HalfSquareOfProbability(1);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.HalfSquareOfProbability(0);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.HalfSquareOfProbability(1);
    }
  }

  /** See {@link #wasserstein()}. */
  record Wasserstein() implements GanLoss {
    @Override
    public ScoreCurve real() {
      return new ScoreCurve.Linear(-1);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.Linear(1);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.Linear(-1);
    }
  }

  /** See {@link #hinge()}. */
  record Hinge() implements GanLoss {
    @Override
    public ScoreCurve real() {
      return new ScoreCurve.Hinge(-1);
    }

    @Override
    public ScoreCurve fake() {
      return new ScoreCurve.Hinge(1);
    }

    @Override
    public ScoreCurve generator() {
      return new ScoreCurve.Linear(-1);
    }
  }

  private static void checkSmoothing(String who, double smoothing) {
    Check.that(smoothing >= 0 && smoothing < 1, who, "labelSmoothing", smoothing, "in [0, 1)");
  }
}
