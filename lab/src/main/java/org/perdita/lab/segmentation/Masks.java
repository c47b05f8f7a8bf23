package org.perdita.lab.segmentation;

import org.perdita.lab.data.Scan;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** The masks that a trained network gives. */
public final class Masks {
  private static final int SLICES_AT_A_TIME = 16;

  private Masks() {}

  /** {@link #of(Net, Scan, int, int)} with the next slices as neighbours. */
  public static int[] of(Net net, Scan scan, int neighbours) {
    return of(net, scan, neighbours, 1);
  }

  /**
   * The mask of a scan: 1 where the second class's logit is the larger.
   *
   * @param neighbours how many slices on either side the network sees
   * @param stride how many slices it is from one of them to the next
   */
  public static int[] of(Net net, Scan scan, int neighbours, int stride) {
    int area = scan.height() * scan.width();
    int channels = Slices.channels(neighbours);
    int[] mask = new int[scan.depth() * area];
    for (int from = 0; from < scan.depth(); from += SLICES_AT_A_TIME) {
      int start = from;
      int n = Math.min(SLICES_AT_A_TIME, scan.depth() - from);
      float[] x = new float[n * channels * area];
      for (int i = 0; i < n * channels; i++) {
        int away = stride * (i % channels - neighbours);
        scan.copySlice(start + i / channels + away, x, i * area);
      }
      Engine.scoped(
          () -> {
            org.perdita.Tensor logits =
                EngineTensors.view(
                    net.predict(EngineTensors.of(x, n, channels, scan.height(), scan.width())));
            for (int j = 0; j < n * area; j++) {
              int at = j / area * 2 * area + j % area;
              mask[start * area + j] = logits.get(at + area) > logits.get(at) ? 1 : 0;
            }
          });
    }
    return mask;
  }
}
