package org.perdita.lab.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Labels;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scan;
import org.perdita.pytorch.EngineTensors;
import org.perdita.segmentation.SignedDistanceMap;

/** The slices of some scans, with their neighbours as channels, labels and distances. */
final class Slices {
  private final List<Slice> all = new ArrayList<>();
  private final List<Slice> withLesion;
  private final int neighbours;
  private final int height;
  private final int width;

  /**
   * A slice of a scan.
   *
   * @param maps signed distances of both classes over the whole scan, slice by slice
   */
  private record Slice(Scan scan, int z, org.perdita.Tensor maps) {
    int place(int row, int column) {
      return (z * scan.height() + row) * scan.width() + column;
    }

    /** A voxel of the lesion, any of them. */
    int lesion(Draw draw) {
      int left = draw.below(scan.lesionVoxels(z));
      int at = place(0, 0);
      while (scan.mask()[at] == 0 || left-- > 0) {
        at++;
      }
      return at - place(0, 0);
    }
  }

  /** What of a slice is seen: a rectangle whose first pixel is at top, left; mirrored or not. */
  private record View(Slice slice, int top, int left, boolean mirrored) {}

  /**
   * @param scans of one size
   * @param neighbours how many slices on either side are channels too
   * @param crop pixels a side that are seen at a time, of slices that have more
   */
  Slices(List<Scan> scans, int neighbours, int crop) {
    this.neighbours = neighbours;
    height = Math.min(crop, scans.get(0).height());
    width = Math.min(crop, scans.get(0).width());
    for (Scan scan : scans) {
      org.perdita.Tensor maps =
          SignedDistanceMap.published().of(Labels.of(scan.mask(), scan.shape()), 2);
      for (int z = 0; z < scan.depth(); z++) {
        all.add(new Slice(scan, z, maps));
      }
    }
    withLesion = all.stream().filter(s -> s.scan().lesionVoxels(s.z()) > 0).toList();
  }

  /** Channels of the network's input. */
  static int channels(int neighbours) {
    return 2 * neighbours + 1;
  }

  /**
   * The batches of an epoch: in each, {@code lesions} views with a lesion somewhere in them, of
   * slices that have one, in turn, and the rest anywhere in any slice, in turn.
   *
   * @param steps how many batches
   * @param size views in each
   */
  List<Drawn> epoch(int steps, int size, int lesions, Draw draw) {
    int[] any = draw.permutation(all.size());
    int[] some = draw.permutation(withLesion.size());
    List<Drawn> batches = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      List<View> views = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean lesion = i < lesions && some.length > 0;
        int turn = lesion ? step * lesions + i : step * (size - lesions) + i - lesions;
        views.add(
            lesion
                ? around(withLesion.get(some[turn % some.length]), draw)
                : anywhere(all.get(any[Math.floorMod(turn, any.length)]), draw));
      }
      batches.add(new Drawn(views));
    }
    return batches;
  }

  private View around(Slice slice, Draw draw) {
    int at = slice.lesion(draw);
    int row = at / slice.scan().width();
    int column = at % slice.scan().width();
    return new View(
        slice,
        between(row - height + 1, row, slice.scan().height() - height, draw),
        between(column - width + 1, column, slice.scan().width() - width, draw),
        draw.chance(0.5));
  }

  private View anywhere(Slice slice, Draw draw) {
    return new View(
        slice,
        draw.below(slice.scan().height() - height + 1),
        draw.below(slice.scan().width() - width + 1),
        draw.chance(0.5));
  }

  private static int between(int low, int high, int most, Draw draw) {
    int from = Math.max(0, low);
    return from + draw.below(Math.min(most, high) - from + 1);
  }

  /** A batch in training, as the network and the losses take it. */
  final class Drawn {
    private final List<View> views;

    private Drawn(List<View> views) {
      this.views = views;
    }

    /** The images, in the engine. */
    Tensor images() {
      int channels = channels(neighbours);
      float[] x = new float[views.size() * channels * height * width];
      for (int i = 0; i < x.length; i++) {
        View view = views.get(i / (channels * height * width));
        int z = view.slice().z() + i / (height * width) % channels - neighbours;
        x[i] = view.slice().scan().at(z, row(view, i), column(view, i));
      }
      return EngineTensors.of(x, views.size(), channels, height, width);
    }

    Labels labels() {
      int[] y = new int[views.size() * height * width];
      for (int i = 0; i < y.length; i++) {
        View view = views.get(i / (height * width));
        y[i] = view.slice().scan().mask()[view.slice().place(row(view, i), column(view, i))];
      }
      return Labels.of(y, views.size(), height, width);
    }

    org.perdita.Tensor maps() {
      float[] phi = new float[views.size() * 2 * height * width];
      for (int i = 0; i < phi.length; i++) {
        View view = views.get(i / (2 * height * width));
        Slice slice = view.slice();
        int area = slice.scan().height() * slice.scan().width();
        int before = (slice.z() + i / (height * width) % 2) * area;
        phi[i] = slice.maps().get(slice.place(row(view, i), column(view, i)) + before);
      }
      return org.perdita.Tensor.of(phi, views.size(), 2, height, width);
    }

    private int row(View view, int i) {
      return view.top() + i / width % height;
    }

    private int column(View view, int i) {
      return view.left() + (view.mirrored() ? width - 1 - i % width : i % width);
    }
  }
}
