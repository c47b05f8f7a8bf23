package org.perdita.lab.features;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Crops;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * How well features tell textures apart that the network was never trained on: the share of
 * pictures whose nearest neighbour, by the channels' means over the picture, is of their own kind.
 * Pictures differ in colours, period, angle and light, so the share of guessing is one quarter.
 */
public final class FeatureTest {
  private static final int PICTURES = 400;
  private static final long SEED = 90_001;

  private FeatureTest() {}

  /** The share, in [0, 1]. */
  public static double accuracy(FeatureNetwork network) {
    Crops crops = Crops.draw(SEED, PICTURES, FeatureTraining.SIDE, FeatureTraining.HELD_OUT, false);
    double[][] means = means(network, crops);
    int right = 0;
    for (int i = 0; i < PICTURES; i++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int j = 0; j < PICTURES; j++) {
        double distance = j == i ? Double.POSITIVE_INFINITY : squared(means[i], means[j]);
        if (distance < least) {
          least = distance;
          nearest = j;
        }
      }
      right += crops.kinds().get(nearest).equals(crops.kinds().get(i)) ? 1 : 0;
    }
    return (double) right / PICTURES;
  }

  /** Each picture's channel means, layer by layer, each layer brought to length 1. */
  private static double[][] means(FeatureNetwork network, Crops crops) {
    List<String> layers = network.distanceLayers();
    return Engine.scoped(
        () -> {
          Map<String, Tensor> features = network.features(EngineTensors.of(crops.pixels()), layers);
          List<org.perdita.Tensor> pooled =
              features.values().stream()
                  .map(f -> EngineTensors.view(f.detach().mean(2, 3)))
                  .toList();
          int width = pooled.stream().mapToInt(p -> p.length(1)).sum();
          double[][] means = new double[PICTURES][width];
          for (int i = 0; i < PICTURES; i++) {
            int at = 0;
            for (org.perdita.Tensor p : pooled) {
              int channels = p.length(1);
              double length = 1e-12;
              for (int c = 0; c < channels; c++) {
                length += Math.pow(p.get(i * channels + c), 2);
              }
              for (int c = 0; c < channels; c++) {
                means[i][at++] = p.get(i * channels + c) / Math.sqrt(length);
              }
            }
          }
          return means;
        });
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}
