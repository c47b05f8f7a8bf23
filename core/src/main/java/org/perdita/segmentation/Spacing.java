package org.perdita.segmentation;

import java.util.Arrays;
import java.util.List;
import org.perdita.internal.Check;

/**
 * How far apart the centres of neighbouring voxels are, axis by axis, outermost first, in
 * millimetres or whatever distances shall be in.
 *
 * @param lengths one a spatial axis; none given means 1 along each
 */
public record Spacing(List<Double> lengths) {

  public Spacing {
    lengths = List.copyOf(lengths);
    for (double length : lengths) {
      Check.that(
          length > 1e-6 && length < 1e6, "Spacing", "length", length, "between 1e-6 and 1e6");
    }
  }

  /** 1 along each axis: distances are in voxels. */
  public static Spacing unit() {
    return new Spacing(List.of());
  }

  /** One length a spatial axis, outermost first. */
  public static Spacing of(double... lengths) {
    return new Spacing(Arrays.stream(lengths).boxed().toList());
  }

  /** The lengths of {@code axes} axes. */
  double[] along(Object who, int axes) {
    double[] along = new double[axes];
    Arrays.fill(along, 1);
    if (!lengths.isEmpty()) {
      Check.that(lengths.size() == axes, who, "number of spacings", lengths.size(), axes + "");
      Arrays.setAll(along, lengths::get);
    }
    return along;
  }

  @Override
  public String toString() {
    return lengths.isEmpty() ? "unit" : lengths.toString();
  }
}
