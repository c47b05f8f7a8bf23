package org.perdita.adversarial;

import org.perdita.internal.Check;

/**
 * Keeps the two errors of a boundary equilibrium GAN in proportion. Its critic is an autoencoder;
 * with L its reconstruction error (see {@link ReconstructionError}),
 *
 * <pre>
 *     critic minimises     L(x) − k L(G)
 *     generator minimises  L(G)
 *     next k               k + λ (γ L(x) − L(G)), held in [0, 1]
 *     convergence          M = L(x) + |γ L(x) − L(G)|
 * </pre>
 *
 * <p>It is a value: {@link #next} gives the balance of the following step and changes nothing. k is
 * held in [0, 1] by default; the code of "Are GANs Created Equal?" lets it run, which is {@link
 * Clipping#NONE}.
 *
 * <p>Refuses: γ or λ that is negative or not finite, a k that is not finite, or outside [0, 1] when
 * it is held there.
 *
 * {@snippet :
 * BeganBalance balance = BeganBalance.start(0.5);
 * Evaluation real = ReconstructionError.evaluate(samples, copies);
 * Evaluation fake = ReconstructionError.evaluate(generated, copiesOfGenerated);
 * double critic = balance.critic(real.value(), fake.value()); // its gradients: real's, −k fake's
 * balance = balance.next(real.value(), fake.value());
 * }
 *
 * @param k how much the fakes' error counts for the critic
 * @param gamma the diversity ratio L(G) / L(x) that is aimed at
 * @param lambda the learning rate of k
 * @param clipping whether k is held in [0, 1]
 * @see <a href="https://arxiv.org/abs/1703.10717">Berthelot, Schumm, Metz 2017, sections 3.3,
 *     3.4</a>
 */
public record BeganBalance(double k, double gamma, double lambda, Clipping clipping) {

  /** What happens to a k outside [0, 1]. */
  public enum Clipping {
    /** It is moved to the nearer end. */
    UNIT,
    /** Nothing. */
    NONE
  }

  public BeganBalance {
    boolean held = clipping == Clipping.NONE || (k >= 0 && k <= 1);
    Check.that(Double.isFinite(k) && held, "BeganBalance", "k", k, "in [0, 1]");
    Check.that(
        gamma >= 0 && gamma < Double.POSITIVE_INFINITY,
        "BeganBalance",
        "gamma",
        gamma,
        "a finite number of 0 or more");
    Check.that(
        lambda >= 0 && lambda < Double.POSITIVE_INFINITY,
        "BeganBalance",
        "lambda",
        lambda,
        "a finite number of 0 or more");
  }

  /** k = 0 and λ = 0.001, the paper's. */
  public static BeganBalance start(double gamma) {
    return new BeganBalance(0, gamma, 0.001, Clipping.UNIT);
  }

  /** The same, k running free. */
  public BeganBalance withoutClipping() {
    return new BeganBalance(k, gamma, lambda, Clipping.NONE);
  }

  /** The balance after a step with these errors. */
  public BeganBalance next(double realError, double fakeError) {
    double moved = k + lambda * balance(realError, fakeError);
    double held = clipping == Clipping.NONE ? moved : Math.max(0, Math.min(moved, 1));
    return new BeganBalance(held, gamma, lambda, clipping);
  }

  /** What the critic minimises. */
  public double critic(double realError, double fakeError) {
    return realError - k * fakeError;
  }

  /** γ L(x) − L(G): 0 at the equilibrium. */
  public double balance(double realError, double fakeError) {
    return gamma * realError - fakeError;
  }

  /** M, which falls as training converges. */
  public double convergence(double realError, double fakeError) {
    return realError + Math.abs(balance(realError, fakeError));
  }
}
