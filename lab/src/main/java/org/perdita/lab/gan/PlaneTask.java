package org.perdita.lab.gan;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Mixture;
import org.perdita.lab.metrics.Features;
import org.perdita.lab.net.Mlp;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * A mixture to be learnt, and networks for it.
 *
 * @param mixture what real points are drawn from
 * @param noise how many normal numbers the generator starts from
 * @param layers hidden layers of both networks
 * @param units units of each
 * @param activation after each hidden layer
 */
record PlaneTask(Mixture mixture, int noise, int layers, int units, Layer activation) {
  private static final int POINT = 2;

  /** Seeds of critics, apart from those of generators. */
  private static final long CRITIC = 1000;

  /** Points that no training sees. */
  private static final long FRESH = 21;

  /** A generator of points. */
  Net generator(long seed) {
    return new Mlp(seed, activation, widths(noise, POINT));
  }

  /**
   * A critic of points: one score each or, where the objective reconstructs, the points again
   * through a single number, which is less than a point has.
   */
  Net critic(GanObjective objective, long seed) {
    return objective.reconstructs()
        ? new Mlp(CRITIC + seed, activation, POINT, units, 1, units, POINT)
        : new Mlp(CRITIC + seed, activation, widths(POINT, 1));
  }

  private int[] widths(int inputs, int outputs) {
    int[] widths = new int[layers + 2];
    Arrays.fill(widths, units);
    widths[0] = inputs;
    widths[widths.length - 1] = outputs;
    return widths;
  }

  /** The networks in training, from nothing. */
  GanTraining training(
      GanObjective objective, GanRecipe recipe, Net generator, Net critic, long seed) {
    return new GanTraining(
        objective, recipe, generator, critic, this::points, Samples.normal(noise), seed);
  }

  private Tensor points(int n, Draw draw) {
    return EngineTensors.of(mixture.draw(n, draw), n, POINT);
  }

  /** Real points for measuring. */
  Features fresh(int n, long seed) {
    return Features.of(mixture.draw(n, Draw.of(seed, FRESH)), POINT);
  }
}
