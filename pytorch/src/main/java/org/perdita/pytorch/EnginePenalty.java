package org.perdita.pytorch;

import java.nio.FloatBuffer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Evaluation;
import org.perdita.adversarial.GradientPenalty;

/**
 * A gradient penalty on a critic of the engine. The engine differentiates the critic in its input
 * and keeps the graph of that; the penalty gives value and gradient at the result; the engine's
 * second backward carries the gradient on to the critic's parameters and to the points.
 *
 * <pre>{@code
 * EnginePenalty penalty = new EnginePenalty(GradientPenalty.wganGp(), 10);
 * double value = optimizer.step(
 *     () -> {
 *       BackwardPass pass = new BackwardPass();
 *       double game = …;                                        // the critic's own loss
 *       double paid = penalty.add(pass, critic::forward, points);
 *       pass.run();
 *       return game + paid;
 *     });
 * }</pre>
 *
 * <p>A critic in float64 is penalised in double.
 *
 * <p>A critic with batch normalisation mixes the samples of a batch, and the gradient in one sample
 * is then not its own: the authors' critics have none.
 *
 * @param penalty what a sample's gradient costs
 * @param lambda what the penalty is multiplied by
 */
public record EnginePenalty(GradientPenalty penalty, double lambda) {
  public EnginePenalty {
    Refusal.unless(
        lambda >= 0 && lambda < Double.POSITIVE_INFINITY,
        "EnginePenalty: lambda must be a finite number of 0 or more, was " + lambda);
  }

  /**
   * Evaluates the penalty at {@code points} and remembers its gradient for {@link
   * BackwardPass#run}. Where {@code points} asks for a gradient it gets one.
   *
   * @param critic gives one score a sample, or several; their sum is differentiated
   * @param points where, {@code [n, …]}; a leaf of the engine
   * @return λ times the penalty
   */
  public double add(BackwardPass pass, Layer critic, Tensor points) {
    Tensor slopes = slopes(critic, points);
    if (EngineTensors.isDouble(slopes)) {
      return addDouble(pass, slopes);
    }
    Evaluation evaluation = penalty.evaluate(EngineTensors.view(slopes));
    pass.add(slopes, times(evaluation.gradient(), (float) lambda));
    return lambda * evaluation.value();
  }

  /** As the penalty itself does it, without a rounding to float. */
  private double addDouble(BackwardPass pass, Tensor slopes) {
    double[] g = EngineTensors.doubles(slopes);
    int n = EngineTensors.shape(slopes)[0];
    int each = g.length / n;
    double value = 0;
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int j = i * each; j < (i + 1) * each; j++) {
        squares += g[j] * g[j];
      }
      value += lambda * penalty.cost(squares) / n;
      double by = lambda * penalty.slope(squares) / n;
      for (int j = i * each; j < (i + 1) * each; j++) {
        g[j] *= by;
      }
    }
    pass.add(slopes, Tensor.create(g, slopes.shape()));
    return value;
  }

  /** d critic / d points, with its graph. */
  private static Tensor slopes(Layer critic, Tensor points) {
    boolean asked = points.requires_grad();
    points.requires_grad_(true);
    try {
      return Engine.scoped(
          () ->
              torch
                  .grad(
                      new TensorVector(critic.forward(points).sum()),
                      new TensorVector(points),
                      new TensorVector(),
                      new BoolOptional(true),
                      true,
                      false)
                  .get(0));
    } finally {
      points.requires_grad_(asked);
    }
  }

  private static org.perdita.Tensor times(org.perdita.Tensor gradient, float by) {
    FloatBuffer g = gradient.buffer();
    for (int i = 0; i < gradient.size(); i++) {
      g.put(i, by * g.get(i));
    }
    return gradient;
  }
}
