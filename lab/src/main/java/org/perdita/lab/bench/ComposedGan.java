package org.perdita.lab.bench;

import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.lab.data.Draw;
import org.perdita.lab.gan.Constraint;
import org.perdita.lab.gan.Game;
import org.perdita.lab.gan.GanObjective;
import org.perdita.lab.gan.GanRecipe;
import org.perdita.lab.gan.Points;
import org.perdita.lab.gan.Samples;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * A training like {@link org.perdita.lab.gan.GanTraining} whose losses, penalties and interpolation
 * are composed from the engine's operations, as one would write them in Python.
 */
final class ComposedGan implements AutoCloseable {
  private static final long REAL = 1;
  private static final long NOISE = 2;
  private static final long PENALTY = 3;

  private final GanObjective objective;
  private final GanRecipe recipe;
  private final Net generator;
  private final Net critic;
  private final Samples real;
  private final Samples noise;
  private final Optimizer generatorSteps;
  private final Optimizer criticSteps;
  private double k;
  private double realError;
  private int number;

  ComposedGan(
      GanObjective objective,
      GanRecipe recipe,
      Net generator,
      Net critic,
      Samples real,
      Samples noise) {
    this.objective = objective;
    this.recipe = recipe;
    this.generator = generator;
    this.critic = critic;
    this.real = real;
    this.noise = noise;
    generatorSteps = recipe.generator().apply(generator);
    criticSteps = recipe.critic().apply(critic);
    k = objective.game() instanceof Game.Reconstruction began ? began.start().k() : 0;
  }

  /** The critic's steps, then the generator's, whose value it gives. */
  double step() {
    number++;
    return Engine.scoped(
        () -> {
          for (int i = 0; i < recipe.criticSteps(); i++) {
            criticStep(i);
          }
          Tensor z = noise.draw(recipe.batch(), draw(NOISE, recipe.criticSteps()));
          return generatorSteps.step(() -> generatorValue(generator.forward(z)));
        });
  }

  private void criticStep(int i) {
    Tensor x = real.draw(recipe.batch(), draw(REAL, i));
    Tensor fake = generator.forwardDetached(noise.draw(recipe.batch(), draw(NOISE, i)));
    DoubleSupplier evaluate =
        () -> {
          Tensor value = criticValue(x, fake);
          if (objective.constraint() instanceof Constraint.Penalty penalty) {
            value = value.add(penalty(penalty, x, fake, draw(PENALTY, i)));
          }
          value.backward();
          return value.item_double();
        };
    criticSteps.step(evaluate);
    if (objective.constraint() instanceof Constraint.Clipping clipping) {
      critic.clip(clipping.weights().bound());
    }
  }

  private Tensor criticValue(Tensor x, Tensor fake) {
    if (objective.game() instanceof Game.Reconstruction) {
      Tensor ofReal = critic.forward(x).sub(x).abs().mean();
      realError = ofReal.item_double();
      return k == 0
          ? ofReal
          : ofReal.sub(critic.forward(fake).sub(fake).abs().mean().mul(new Scalar(k)));
    }
    Tensor r = critic.forward(x);
    Tensor f = critic.forward(fake);
    GanLoss loss = loss();
    if (loss instanceof GanLoss.Minimax || loss instanceof GanLoss.NonSaturating) {
      return torch.softplus(r.neg()).mean().add(torch.softplus(f).mean());
    }
    if (loss instanceof GanLoss.LeastSquares squares) {
      return halfSquare(r, squares.b()).add(halfSquare(f, squares.a()));
    }
    if (loss instanceof GanLoss.Wasserstein) {
      return f.mean().sub(r.mean());
    }
    Scalar one = new Scalar(1);
    return torch.relu(r.neg().add(one)).mean().add(torch.relu(f.add(one)).mean());
  }

  private double generatorValue(Tensor fake) {
    Tensor judged = critic.forwardFrozen(fake);
    Tensor value;
    if (objective.game() instanceof Game.Reconstruction began) {
      value = judged.sub(fake).abs().mean();
      BeganBalance start = began.start();
      double moved = k + start.lambda() * (start.gamma() * realError - value.item_double());
      k = Math.max(0, Math.min(moved, 1));
    } else if (loss() instanceof GanLoss.Minimax) {
      value = torch.softplus(judged).mean().neg();
    } else if (loss() instanceof GanLoss.NonSaturating) {
      value = torch.softplus(judged.neg()).mean();
    } else if (loss() instanceof GanLoss.LeastSquares squares) {
      value = halfSquare(judged, squares.c());
    } else {
      value = judged.mean().neg();
    }
    value.backward();
    return value.item_double();
  }

  private GanLoss loss() {
    return ((Game.Scores) objective.game()).loss();
  }

  private static Tensor halfSquare(Tensor scores, double target) {
    Tensor off = scores.sub(new Scalar(target));
    return off.mul(off).mean().mul(new Scalar(0.5));
  }

  private Tensor penalty(Constraint.Penalty penalty, Tensor x, Tensor fake, Draw draw) {
    long[] each = x.shape();
    for (int axis = 1; axis < each.length; axis++) {
      each[axis] = 1;
    }
    Tensor shares = uniform(draw, each);
    Tensor away =
        penalty.points() == Points.BETWEEN
            ? fake.sub(x)
            : uniform(draw, x.shape()).mul(torch.std(x, false)).mul(new Scalar(0.5));
    Tensor points = x.add(shares.mul(away)).requires_grad_(true);
    Tensor slopes =
        torch
            .grad(
                new TensorVector(critic.forward(points).sum()),
                new TensorVector(points),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false)
            .get(0)
            .flatten(1, -1);
    Tensor norms = slopes.mul(slopes).sum(1).add(new Scalar(penalty.cost().epsilon())).sqrt();
    Tensor off = norms.sub(new Scalar(penalty.cost().target()));
    return off.mul(off).mean().mul(new Scalar(penalty.lambda()));
  }

  private static Tensor uniform(Draw draw, long... shape) {
    int size = 1;
    for (long length : shape) {
      size *= (int) length;
    }
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) draw.uniform();
    }
    return EngineTensors.of(numbers, shape);
  }

  private Draw draw(long use, long i) {
    return Draw.of(1, use, number, i);
  }

  @Override
  public void close() {
    criticSteps.close();
    generatorSteps.close();
  }
}
