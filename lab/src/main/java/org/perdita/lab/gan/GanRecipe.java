package org.perdita.lab.gan;

import java.util.function.Function;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * How two networks are trained.
 *
 * @param batch real samples a step, and as many fake ones
 * @param criticSteps steps of the critic before each step of the generator
 * @param critic makes the critic's optimizer
 * @param generator makes the generator's
 */
public record GanRecipe(
    int batch,
    int criticSteps,
    Function<Net, Optimizer> critic,
    Function<Net, Optimizer> generator) {

  public GanRecipe {
    if (batch < 1 || criticSteps < 1) {
      throw new IllegalArgumentException(
          "GanRecipe: batch and criticSteps must be 1 or more, were " + batch + ", " + criticSteps);
    }
  }

  /** Adam for both. */
  public static GanRecipe adam(int batch, int criticSteps, double learningRate, double beta1) {
    Function<Net, Optimizer> adam = net -> Optimizer.adam(net, learningRate, beta1, 0.999);
    return new GanRecipe(batch, criticSteps, adam, adam);
  }
}
