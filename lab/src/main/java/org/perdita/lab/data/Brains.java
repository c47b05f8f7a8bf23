package org.perdita.lab.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Brain-like volumes with a few tiny bright lesions: well under 1 % of the voxels. An ellipsoid
 * with a dark rim, a bright cortex, white matter and two dark ventricles; a slowly varying gain and
 * noise; and, to be told from lesions, faint spots and bright single voxels.
 */
public final class Brains {
  private static final double SLICE_MM = 3;

  private Brains() {}

  /**
   * Volumes.
   *
   * @param seed of all of them
   * @param count how many
   * @param depth slices
   * @param side rows and columns
   */
  public static List<Scan> draw(long seed, int count, int depth, int side) {
    List<Scan> scans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scans.add(draw(Draw.of(seed, i), "brain " + (i + 1), depth, side));
    }
    return scans;
  }

  /** A bright ball with a soft edge. */
  private record Spot(double z, double y, double x, double radius, double gain, boolean lesion) {
    /** Distance from the centre over the radius; a slice counts 2.2 voxels. */
    double far(int slice, int row, int column) {
      double dz = (slice - z) * 2.2;
      double dy = row - y;
      double dx = column - x;
      return Math.sqrt(dz * dz + dy * dy + dx * dx) / radius;
    }
  }

  private static Scan draw(Draw draw, String name, int depth, int side) {
    double[] centre = {
      (depth - 1) / 2.0 + 0.3 * draw.bell(),
      side / 2.0 + side / 50.0 * draw.bell(),
      side / 2.0 + side / 50.0 * draw.bell()
    };
    double[] radius = {
      depth * 0.75, side * draw.uniform(0.4, 0.47), side * draw.uniform(0.34, 0.41)
    };
    double tiltRow = draw.uniform(-0.25, 0.25);
    double tiltColumn = draw.uniform(-0.25, 0.25);
    double wave = draw.uniform(0, 6);
    List<Spot> spots = spots(draw, centre, radius, depth, side);
    float[] image = new float[depth * side * side];
    int[] mask = new int[image.length];
    for (int i = 0; i < image.length; i++) {
      int z = i / side / side;
      int y = i / side % side;
      int x = i % side;
      double w = (z - centre[0]) / radius[0];
      double v = (y - centre[1]) / radius[1];
      double u = (x - centre[2]) / radius[2];
      double r = Math.sqrt(u * u + v * v + w * w);
      double noise = 0.05 * draw.bell();
      if (r >= 1) {
        image[i] = 0;
        continue;
      }
      double fold = 0.03 * Math.sin(9 * u + wave) * Math.sin(8 * v - wave);
      double tissue = r > 0.93 ? 0.25 : r > 0.78 + fold ? 0.72 : 0.58;
      double ventricle = ventricle(u, v, w);
      tissue = ventricle < 1 ? 0.18 : ventricle < 1.25 ? tissue + 0.07 : tissue;
      for (Spot spot : spots) {
        double far = spot.far(z, y, x);
        tissue += spot.gain() * Math.max(0, Math.min(1, 2 * (1.25 - far)));
        if (spot.lesion() && far <= 1) {
          mask[i] = 1;
        }
      }
      double gain = 1 + tiltRow * v + tiltColumn * u;
      image[i] = (float) Math.max(1e-3, gain * (tissue + noise));
    }
    return new Scan(
        name, new int[] {depth, side, side}, new double[] {SLICE_MM, 1, 1}, image, mask);
  }

  private static double ventricle(double u, double v, double w) {
    double a = Math.hypot(Math.hypot((u - 0.16) / 0.1, (v + 0.05) / 0.32), w / 0.6);
    double b = Math.hypot(Math.hypot((u + 0.16) / 0.1, (v + 0.05) / 0.32), w / 0.6);
    return Math.min(a, b);
  }

  private static List<Spot> spots(
      Draw draw, double[] centre, double[] radius, int depth, int side) {
    List<Spot> spots = new ArrayList<>();
    int lesions = 2 + draw.below(4);
    while (spots.size() < lesions) {
      double w = draw.uniform(-0.5, 0.5);
      double v = draw.uniform(-0.7, 0.7);
      double u = draw.uniform(-0.7, 0.7);
      double r = Math.sqrt(u * u + v * v + w * w);
      if (r < 0.7 && ventricle(u, v, w) > 1.3) {
        double gain = draw.uniform(0.22, 0.4);
        double size = side / 48.0 * draw.uniform(1.1, 2.4);
        spots.add(
            new Spot(
                centre[0] + w * radius[0],
                centre[1] + v * radius[1],
                centre[2] + u * radius[2],
                size,
                gain,
                true));
      }
    }
    for (int i = 0; i < 6; i++) {
      boolean speck = i % 2 == 0;
      double size = speck ? 0.7 : side / 48.0 * draw.uniform(1, 2.4);
      spots.add(
          new Spot(
              draw.uniform(0, depth - 1),
              centre[1] + draw.uniform(-0.6, 0.6) * radius[1],
              centre[2] + draw.uniform(-0.6, 0.6) * radius[2],
              size,
              speck ? 0.3 : 0.1,
              false));
    }
    return spots;
  }
}
