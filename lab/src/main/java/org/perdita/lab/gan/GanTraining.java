package org.perdita.lab.gan;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.lab.data.Draw;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EnginePenalty;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Trains a generator and a critic against each other.
 *
 * <pre>{@code
 * try (Net generator = …; Net critic = …;
 *     GanTraining training =
 *         new GanTraining(GanObjective.nonSaturating(), recipe, generator, critic, real, noise, seed)) {
 *   Optional<String> diverged = training.run(10_000, step -> …);
 *   Tensor samples = training.generate(1000, 0);
 * }
 * }</pre>
 *
 * <p>A step is the recipe's number of critic steps, each on new real and new fake samples, then one
 * step of the generator on new noise. What is random comes from the seed, in a sequence of its own
 * for each step and use: two objectives see the same real samples and the same noise. On one thread
 * the bits are the same every time.
 *
 * <p>Points and images alike: a generator takes noise {@code [n, …]} and gives samples shaped like
 * the real ones; a critic takes samples and gives scores of any shape, or for BEGAN the samples
 * again.
 */
public final class GanTraining implements AutoCloseable {
  /** As many critic steps with one and the same score for every sample are a collapse. */
  private static final int COLLAPSED = 50;

  private static final long REAL = 11;
  private static final long NOISE = 12;
  private static final long PENALTY = 13;
  private static final long GENERATED = 14;
  private static final long JUDGED = 15;
  private static final int GENERATED_BATCH = 1024;

  private final GanObjective objective;
  private final GanRecipe recipe;
  private final Net generator;
  private final Net critic;
  private final Samples real;
  private final Samples noise;
  private final long seed;
  private final Play play;
  private final Optimizer generatorSteps;
  private final Optimizer criticSteps;
  private int number;

  /**
   * A training about to start. Networks stay the caller's, who closes them after it.
   *
   * @param real real samples
   * @param noise what the generator starts from
   * @param seed decides samples, noise and penalty points
   */
  public GanTraining(
      GanObjective objective,
      GanRecipe recipe,
      Net generator,
      Net critic,
      Samples real,
      Samples noise,
      long seed) {
    this.objective = objective;
    this.recipe = recipe;
    this.generator = generator;
    this.critic = critic;
    this.real = real;
    this.noise = noise;
    this.seed = seed;
    play = Play.of(objective.game());
    generatorSteps = recipe.generator().apply(generator);
    criticSteps = recipe.critic().apply(critic);
  }

  /** Is told of every step. */
  @FunctionalInterface
  public interface Watcher {
    /** After a step: measure, make pictures, move a progress bar, change the learning rate. */
    void after(GanStep step) throws InterruptedException;
  }

  /**
   * Takes steps until there were {@code steps} of them, or the training is lost: a value that is
   * not finite, or a critic that has given every sample the same score for {@value #COLLAPSED}
   * steps and has nothing left to teach.
   *
   * @return why it stopped early, if it did
   */
  public Optional<String> run(int steps, Watcher watcher) throws InterruptedException {
    int indifferent = 0;
    while (number < steps) {
      GanStep step;
      try {
        step = step();
      } catch (DivergedException e) {
        return Optional.of(e.getMessage() + ", in generator step " + number);
      }
      watcher.after(step);
      indifferent = step.spread() == 0 ? indifferent + 1 : 0;
      if (indifferent == COLLAPSED) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "the critic collapsed: it gave every sample the same score in the %d steps up to %d",
                COLLAPSED,
                number));
      }
    }
    return Optional.empty();
  }

  /**
   * One step: the critic's, then the generator's.
   *
   * @throws DivergedException if a value is not finite
   */
  public GanStep step() {
    number++;
    return Engine.scoped(
        () -> {
          CriticStep last = criticStep(0);
          for (int i = 1; i < recipe.criticSteps(); i++) {
            last = criticStep(i);
          }
          return generatorStep(last);
        });
  }

  /** One step of the critic alone, for whoever wants it better than the recipe makes it. */
  public double criticStep() {
    number++;
    return Engine.scoped(() -> criticStep(0).seen().value());
  }

  /** What a step of the critic leaves for the generator's. */
  private record CriticStep(Tensor real, Play.Judgement seen, double penalty) {}

  private CriticStep criticStep(int i) {
    Tensor x = real.draw(recipe.batch(), draw(REAL, i));
    Tensor fake = generator.forwardDetached(noise.draw(Math.toIntExact(x.size(0)), draw(NOISE, i)));
    Play.Judgement[] seen = new Play.Judgement[1];
    double[] paid = new double[1];
    criticSteps.step(
        () -> {
          BackwardPass pass = new BackwardPass();
          seen[0] = play.critic(pass, critic, x, fake);
          if (objective.constraint() instanceof Constraint.Penalty penalty) {
            paid[0] = penalise(pass, penalty, x, fake, draw(PENALTY, i));
          }
          double value = seen[0].value() + paid[0];
          if (Double.isFinite(value)) {
            pass.run();
          }
          return value;
        });
    if (objective.constraint() instanceof Constraint.Clipping clipping) {
      critic.clip(clipping.weights().bound());
    }
    return new CriticStep(x, seen[0], paid[0]);
  }

  private double penalise(
      BackwardPass pass, Constraint.Penalty penalty, Tensor x, Tensor fake, Draw draw) {
    org.perdita.Tensor points =
        penalty.points().at(EngineTensors.view(x), EngineTensors.view(fake), draw);
    Layer scores =
        penalty.of() == Constraint.Output.PROBABILITY
            ? at -> torch.sigmoid(critic.forward(at))
            : critic::forward;
    return new EnginePenalty(penalty.cost(), penalty.lambda())
        .add(pass, scores, EngineTensors.of(points));
  }

  private GanStep generatorStep(CriticStep before) {
    Tensor z = noise.draw(recipe.batch(), draw(NOISE, recipe.criticSteps()));
    double value =
        generatorSteps.step(
            () -> {
              BackwardPass pass = new BackwardPass();
              Tensor fake = generator.forward(z);
              double loss = play.generator(pass, critic, before.real(), fake);
              if (Double.isFinite(loss)) {
                pass.run();
              }
              return loss;
            });
    return new GanStep(
        number,
        before.seen().value(),
        before.penalty(),
        value,
        before.seen().spread(),
        play.balance(),
        play.convergence());
  }

  private Draw draw(long use, long i) {
    return Draw.of(seed, use, number, i);
  }

  /**
   * {@code n} samples of the generator as it is after training (see {@link Net#predict}), from
   * noise of their own.
   *
   * @param stream which noise; the same noise for the same number
   */
  public org.perdita.Tensor generate(int n, long stream) {
    return Engine.scoped(
        () -> generator.predict(noise.draw(n, Draw.of(seed, GENERATED, stream)), GENERATED_BATCH));
  }

  /**
   * The critic's value as it stands, without penalty, at samples of their own. For Wasserstein,
   * less this is the estimated distance; for minimax and non-saturating, 2 log 2 less this is twice
   * the estimated Jensen–Shannon divergence.
   *
   * @param n real samples, and as many fake ones
   * @param stream which; the same for the same number
   */
  public double judge(int n, long stream) {
    return Engine.scoped(
        () -> {
          Tensor x = real.draw(n, Draw.of(seed, JUDGED, stream, 0));
          Tensor z = noise.draw(n, Draw.of(seed, JUDGED, stream, 1));
          return play.judge(critic, x, generator.predict(z));
        });
  }

  /**
   * How large the gradient is that the critic, as it stands, gives the generator: ‖∂ value / ∂
   * generator‖ over all of its parameters. Nothing is moved.
   *
   * @param n fake samples, and as many real ones
   * @param stream which; the same for the same number
   */
  public double slope(int n, long stream) {
    double[] squares = new double[1];
    try (Optimizer still = Optimizer.sgd(generator, 0, 0, 0)) {
      Engine.scoped(
          () -> {
            Tensor x = real.draw(n, Draw.of(seed, JUDGED, stream, 0));
            Tensor z = noise.draw(n, Draw.of(seed, JUDGED, stream, 1));
            still.step(
                () -> {
                  BackwardPass pass = new BackwardPass();
                  double value =
                      Play.of(objective.game()).generator(pass, critic, x, generator.forward(z));
                  pass.run();
                  for (Tensor parameter : generator.parameters()) {
                    Tensor gradient = parameter.grad();
                    squares[0] += gradient.mul(gradient).sum().item_double();
                  }
                  return value;
                });
          });
    }
    return Math.sqrt(squares[0]);
  }

  /** How many steps were taken. */
  public int steps() {
    return number;
  }

  /** Sets both learning rates from the next step on. */
  public void learningRates(double critic, double generator) {
    criticSteps.learningRate(critic);
    generatorSteps.learningRate(generator);
  }

  @Override
  public void close() {
    criticSteps.close();
    generatorSteps.close();
  }
}
