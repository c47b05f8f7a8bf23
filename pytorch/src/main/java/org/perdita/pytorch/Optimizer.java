package org.perdita.pytorch;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LBFGS;
import org.bytedeco.pytorch.LBFGSOptions;
import org.bytedeco.pytorch.LossClosure;
import org.bytedeco.pytorch.RMSprop;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Changes the parameters of a network, step by step.
 *
 * <pre>{@code
 * Optimizer optimizer = Optimizer.sgd(net, 0.1, 0.9, 1e-4);
 * for (int[] batch : batches) {
 *   double value = optimizer.step(
 *       () -> loss.backward(net.forward(EngineTensors.rows(images, batch)), labels(batch)));
 * }
 * }</pre>
 *
 * <p>Its state outlives any scope; {@link #close} frees it.
 */
public final class Optimizer implements AutoCloseable {
  private final org.bytedeco.pytorch.Optimizer engine;
  private long steps;

  private Optimizer(org.bytedeco.pytorch.Optimizer engine) {
    this.engine = engine;
    engine.retainReference();
  }

  /**
   * Stochastic gradient descent: v ← momentum · v + g + weightDecay · θ, θ ← θ − learningRate · v.
   */
  public static Optimizer sgd(Net net, double learningRate, double momentum, double weightDecay) {
    atLeastZero("learningRate", learningRate);
    atLeastZero("momentum", momentum);
    atLeastZero("weightDecay", weightDecay);
    return make(
        () -> {
          SGDOptions options = new SGDOptions(learningRate);
          options.momentum().put(momentum);
          options.weight_decay().put(weightDecay);
          return new SGD(vector(net), options);
        });
  }

  /**
   * Adam (Kingma and Ba 2015) with ε = 1e-8: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ −
   * learningRate · m̂ / (√v̂ + ε), where m̂ and v̂ are divided by 1 − βᵗ.
   */
  public static Optimizer adam(Net net, double learningRate, double beta1, double beta2) {
    atLeastZero("learningRate", learningRate);
    below1("beta1", beta1);
    below1("beta2", beta2);
    return make(
        () -> {
          AdamOptions options = new AdamOptions(learningRate);
          DoublePointer betas = options.betas();
          // A C++ tuple in memory: libstdc++ lays it out backwards, others need not.
          boolean backwards = betas.get(0) > betas.get(1);
          betas.put(backwards ? 1 : 0, beta1);
          betas.put(backwards ? 0 : 1, beta2);
          return new Adam(vector(net), options);
        });
  }

  /**
   * RMSProp (Tieleman and Hinton 2012) with ε = 1e-8: v ← α v + (1 − α) g², θ ← θ − learningRate ·
   * g / (√v + ε).
   *
   * @param alpha how much of v is kept; 0.99 is the engine's own
   */
  public static Optimizer rmsProp(Net net, double learningRate, double alpha) {
    atLeastZero("learningRate", learningRate);
    below1("alpha", alpha);
    return make(
        () -> {
          RMSpropOptions options = new RMSpropOptions(learningRate);
          options.alpha().put(alpha);
          return new RMSprop(vector(net), options);
        });
  }

  /**
   * L-BFGS (Liu and Nocedal 1989) without line search: each step is one iteration and one
   * evaluation, along the direction that the last {@code history} gradients give. For objectives
   * that are the same at every step.
   */
  public static Optimizer lbfgs(Net net, double learningRate, int history) {
    atLeastZero("learningRate", learningRate);
    Refusal.unless(history > 0, "Optimizer: history must be 1 or more, was " + history);
    return make(
        () -> {
          LBFGSOptions options = new LBFGSOptions(learningRate);
          options.max_iter().put(1);
          options.history_size().put(history);
          return new LBFGS(vector(net), options);
        });
  }

  /**
   * One step: clears the gradients, evaluates, and moves the parameters. What {@code evaluate}
   * makes in the engine is freed.
   *
   * @param evaluate runs the network and the backward pass, and says the value of the loss
   * @return that value
   * @throws DivergedException if the value is not finite; the parameters stay as they were
   * @throws EngineException if the engine refuses what {@code evaluate} does
   */
  public double step(DoubleSupplier evaluate) {
    steps++;
    return Engine.scoped(
        () -> {
          engine.zero_grad();
          double value = evaluate.getAsDouble();
          if (!Double.isFinite(value)) {
            throw new DivergedException(steps, value);
          }
          if (engine instanceof LBFGS lbfgs) {
            lbfgs.step(constant(value));
          } else {
            engine.step();
          }
          return value;
        });
  }

  /** What L-BFGS asks for the value, once a step; the gradients are there already. */
  private static LossClosure constant(double value) {
    return new LossClosure() {
      @Override
      public Tensor call() {
        return EngineTensors.of(new float[] {(float) value}, 1);
      }
    };
  }

  /** Sets the learning rate from the next step on. */
  public void learningRate(double learningRate) {
    atLeastZero("learningRate", learningRate);
    Engine.scoped(() -> engine.param_groups().get(0).options().set_lr(learningRate));
  }

  @Override
  public void close() {
    engine.releaseReference();
  }

  private static Optimizer make(Supplier<org.bytedeco.pytorch.Optimizer> engine) {
    return Engine.scoped(() -> new Optimizer(engine.get()));
  }

  private static TensorVector vector(Net net) {
    Refusal.unless(!net.parameters().isEmpty(), "Optimizer: the network has no parameters");
    return new TensorVector(net.parameters().toArray(Tensor[]::new));
  }

  private static void atLeastZero(String what, double was) {
    Refusal.unless(
        was >= 0 && was < Double.POSITIVE_INFINITY,
        "Optimizer: " + what + " must be finite and 0 or more, was " + was);
  }

  private static void below1(String what, double was) {
    Refusal.unless(was >= 0 && was < 1, "Optimizer: " + what + " must be in [0, 1), was " + was);
  }
}
