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
 * A picture whose pixels are optimised themselves, as Gatys, Ecker and Bethge do it, and cut to [0,
 * 1] after each iteration, as Johnson, Alahi and Fei-Fei do it for a fair comparison.
 *
 * @see <a href="https://arxiv.org/abs/1508.06576">A Neural Algorithm of Artistic Style, 2015</a>
 */
final class Canvas extends Net {
  private final Tensor pixels;
  private final PerceptualObjective objective;
  private final Targets targets;
  private final Optimizer optimizer;

  /** How the pixels are moved. */
  enum Method {
    ADAM,
    LBFGS
  }

  /** A canvas that shows {@code start} to begin with. */
  Canvas(Tensor start, PerceptualObjective objective, Targets targets, Method method) {
    super(1);
    this.objective = objective;
    this.targets = targets;
    pixels = parameter(start.detach().clone());
    optimizer =
        switch (method) {
          case ADAM -> Optimizer.adam(this, 0.03, 0.9, 0.99);
          case LBFGS -> Optimizer.lbfgs(this, 1, 20);
        };
  }

  /** One iteration; the value before it. */
  Value step() {
    Value[] value = new Value[1];
    optimizer.step(
        () -> {
          value[0] = objective.backward(pixels, targets);
          return value[0].total();
        });
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            pixels.clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
          }
        });
    return value[0];
  }

  /** What the canvas shows. */
  Image picture() {
    return EngineImages.saved(pixels);
  }

  @Override
  public Tensor forward(Tensor x) {
    return pixels;
  }

  /** Frees the optimiser; the network's own close frees the pixels. */
  void end() {
    optimizer.close();
    close();
  }
}
