package org.perdita.lab.pictures;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.features.PerceptualObjective;
import org.perdita.lab.features.PerceptualObjective.Targets;
import org.perdita.lab.features.PerceptualObjective.Value;
import org.perdita.perceptual.Image;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * A picture whose pixels are optimised themselves, as Gatys, Ecker and Bethge do it, within [0, 1]
 * as Johnson, Alahi and Fei-Fei have it for a fair comparison.
 *
 * @see <a href="https://arxiv.org/abs/1508.06576">A Neural Algorithm of Artistic Style, 2015</a>
 */
final class Canvas extends Net {
  /** What a sigmoid can show without standing still. */
  private static final double EDGE = 0.01;

  /**
   * L-BFGS without a line search may run away: at so many times the lowest value it goes back to
   * where that was, and learns the curvature anew.
   */
  private static final double RUNAWAY = 2;

  private final Method method;
  private final Tensor numbers;
  private final Tensor best;
  private final PerceptualObjective objective;
  private final Targets targets;
  private Optimizer optimizer;
  private double lowest = Double.POSITIVE_INFINITY;

  /** How the pixels are moved. */
  enum Method {
    /** Adam on the pixels, cut to the range after each iteration. */
    ADAM,
    /**
     * L-BFGS on numbers of which the pixels are the sigmoid: cut pixels are not where its steps
     * ended, and what it then learns of the curvature is wrong.
     */
    LBFGS
  }

  /** A canvas that shows {@code start} to begin with. */
  Canvas(Tensor start, PerceptualObjective objective, Targets targets, Method method) {
    super(1);
    this.method = method;
    this.objective = objective;
    this.targets = targets;
    numbers =
        parameter(
            switch (method) {
              case ADAM -> start.detach().clone();
              case LBFGS -> cut(start.detach(), EDGE).logit();
            });
    best = numbers.detach().clone();
    optimizer = fresh();
  }

  private Optimizer fresh() {
    return switch (method) {
      case ADAM -> Optimizer.adam(this, 0.03, 0.9, 0.99);
      case LBFGS -> Optimizer.lbfgs(this, 1, 20);
    };
  }

  /** One iteration; the value before it. */
  Value step() {
    Value[] value = new Value[1];
    optimizer.step(
        () -> {
          value[0] = objective.backward(pixels(), targets);
          if (value[0].total() < lowest) {
            lowest = value[0].total();
            copy(numbers, best);
          }
          return value[0].total();
        });
    if (method == Method.ADAM) {
      Engine.scoped(() -> copy(cut(numbers, 0), numbers));
    } else if (value[0].total() > RUNAWAY * lowest) {
      copy(best, numbers);
      optimizer.close();
      optimizer = fresh();
    }
    return value[0];
  }

  private static void copy(Tensor from, Tensor to) {
    NoGradGuard guard = new NoGradGuard();
    try (guard) {
      to.copy_(from);
    }
  }

  /** What the canvas shows: with L-BFGS the best so far, which need not be the last. */
  Image picture() {
    return Engine.scoped(
        () -> EngineImages.saved(method == Method.ADAM ? numbers : best.sigmoid()));
  }

  private Tensor pixels() {
    return method == Method.ADAM ? numbers : numbers.sigmoid();
  }

  private static Tensor cut(Tensor x, double edge) {
    return x.clamp(new ScalarOptional(new Scalar(edge)), new ScalarOptional(new Scalar(1 - edge)));
  }

  @Override
  public Tensor forward(Tensor x) {
    return pixels();
  }

  /** Frees the optimiser; the network's own close frees the pixels. */
  void end() {
    optimizer.close();
    close();
  }
}
