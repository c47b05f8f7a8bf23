package org.perdita.lab.segmentation;

import org.bytedeco.pytorch.Tensor;
import org.perdita.Labels;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scan;
import org.perdita.pytorch.EngineTensors;
import org.perdita.segmentation.SignedDistanceMap;

/**
 * The slices of some scans of one size, with their neighbours as channels, labels and distances.
 */
final class Slices {
  private final Scan[] scanOf;
  private final int[] sliceOf;
  private final int neighbours;
  private final float[] maps;
  private final int height;
  private final int width;

  /**
   * @param scans of one size
   * @param neighbours how many slices on either side are channels too
   */
  Slices(java.util.List<Scan> scans, int neighbours) {
    this.neighbours = neighbours;
    int n = scans.stream().mapToInt(Scan::depth).sum();
    scanOf = new Scan[n];
    sliceOf = new int[n];
    height = scans.get(0).height();
    width = scans.get(0).width();
    maps = new float[n * 2 * height * width];
    int at = 0;
    for (Scan scan : scans) {
      int[] shape = {scan.depth(), height, width};
      org.perdita.Tensor own = SignedDistanceMap.published().of(Labels.of(scan.mask(), shape), 2);
      own.buffer().get(0, maps, at * 2 * height * width, own.size());
      for (int z = 0; z < scan.depth(); z++) {
        scanOf[at] = scan;
        sliceOf[at++] = z;
      }
    }
  }

  int size() {
    return sliceOf.length;
  }

  /** Channels of the network's input. */
  static int channels(int neighbours) {
    return 2 * neighbours + 1;
  }

  /** A batch in training: some slices, each mirrored left to right or not. */
  Drawn draw(int[] indices, Draw draw) {
    boolean[] mirrored = new boolean[indices.length];
    for (int i = 0; i < mirrored.length; i++) {
      mirrored[i] = draw.chance(0.5);
    }
    return new Drawn(indices, mirrored);
  }

  /** Some slices as the network and the losses take them. */
  final class Drawn {
    private final int[] indices;
    private final boolean[] mirrored;

    private Drawn(int[] indices, boolean[] mirrored) {
      this.indices = indices;
      this.mirrored = mirrored;
    }

    /** The images, in the engine. */
    Tensor images() {
      int area = height * width;
      int channels = channels(neighbours);
      float[] x = new float[indices.length * channels * area];
      for (int i = 0; i < indices.length; i++) {
        for (int c = 0; c < channels; c++) {
          int z = sliceOf[indices[i]] + c - neighbours;
          scanOf[indices[i]].copySlice(z, x, (i * channels + c) * area);
        }
        mirror(x, i, channels);
      }
      return EngineTensors.of(x, indices.length, channels, height, width);
    }

    Labels labels() {
      int area = height * width;
      int[] y = new int[indices.length * area];
      for (int i = 0; i < indices.length; i++) {
        int[] mask = scanOf[indices[i]].mask();
        for (int j = 0; j < area; j++) {
          int column = mirrored[i] ? width - 1 - j % width : j % width;
          y[i * area + j] = mask[sliceOf[indices[i]] * area + j / width * width + column];
        }
      }
      return Labels.of(y, indices.length, height, width);
    }

    org.perdita.Tensor maps() {
      int both = 2 * height * width;
      float[] phi = new float[indices.length * both];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(maps, indices[i] * both, phi, i * both, both);
        mirror(phi, i, 2);
      }
      return org.perdita.Tensor.of(phi, indices.length, 2, height, width);
    }

    private void mirror(float[] x, int i, int channels) {
      if (!mirrored[i]) {
        return;
      }
      for (int row = i * channels * height; row < (i + 1) * channels * height; row++) {
        for (int a = row * width, b = a + width - 1; a < b; a++, b--) {
          float t = x[a];
          x[a] = x[b];
          x[b] = t;
        }
      }
    }
  }
}
