package org.perdita.lab.gan;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * How near a trained generator can come to given samples: the least Euclidean distance over its
 * noise, uniform in [−1, 1].
 *
 * <p>Each search starts from the nearest of a pool of generated samples and goes down the squared
 * distance by Adam, the noise clipped to [−1, 1] after every step. The lesser distance of start and
 * end counts; it may lie above the least there is, never below it.
 *
 * @param pool how many samples to start from
 * @param steps of Adam
 * @param learningRate of Adam
 */
record Inversion(int pool, int steps, double learningRate) {
  private static final long POOL = 31;

  /** Noise that is looked for; a network without layers, so that an optimizer takes it. */
  private static final class Codes extends Net {
    private final Tensor codes;

    Codes(Tensor start) {
      super(0);
      codes = parameter(start);
    }

    @Override
    public Tensor forward(Tensor x) {
      return codes;
    }
  }

  /**
   * The distance to each sample; infinite where the generator gives no number.
   *
   * @param noise how many numbers a sample starts from
   * @param samples shaped like the generator's
   * @param seed decides the pool
   */
  double[] distances(Net generator, int noise, Tensor samples, long seed) {
    return Engine.scoped(
        () -> {
          Tensor codes = Samples.uniform(noise).draw(pool, Draw.of(seed, POOL));
          int n = Math.toIntExact(samples.size(0));
          int[] nearest = new int[n];
          double[] distances = nearest(generator.predict(codes), samples, nearest);
          try (Codes moving = new Codes(EngineTensors.rows(codes, nearest));
              Optimizer adam = Optimizer.adam(moving, learningRate, 0.9, 0.999)) {
            for (int step = 0; step < steps; step++) {
              adam.step(
                  () -> {
                    Tensor missed = generator.predictFrozen(moving.forward(samples)).sub(samples);
                    Tensor sum = missed.mul(missed).sum();
                    sum.backward();
                    return sum.item_double();
                  });
              moving.clip(1);
            }
            Tensor missed = generator.predict(moving.forward(samples)).sub(samples);
            org.perdita.Tensor end = EngineTensors.view(missed.mul(missed).flatten(1, -1).sum(1));
            Arrays.setAll(distances, i -> lesser(distances[i], Math.sqrt(end.get(i))));
          } catch (DivergedException e) {
            // The starts count.
          }
          return distances;
        });
  }

  private static double lesser(double start, double end) {
    return end < start ? end : start;
  }

  /** The distance of each sample to the nearest of the pool, and which one that is. */
  private static double[] nearest(Tensor pool, Tensor samples, int[] which) {
    float[] candidates = EngineTensors.view(pool).toArray();
    float[] wanted = EngineTensors.view(samples).toArray();
    int size = wanted.length / which.length;
    double[] distances = new double[which.length];
    for (int i = 0; i < which.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int from = 0; from < candidates.length; from += size) {
        double square = 0;
        for (int p = 0; p < size; p++) {
          double d = candidates[from + p] - wanted[i * size + p];
          square += d * d;
        }
        if (square < least) {
          least = square;
          which[i] = from / size;
        }
      }
      distances[i] = Math.sqrt(least);
    }
    return distances;
  }
}
