package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atLeast;
import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.perdita.Labels;
import org.perdita.lab.bench.RegionContest.Kernel;
import org.perdita.segmentation.SignedDistanceMap;

/** What the goals of segmentation and matting speak of: distance maps, and losses over regions. */
final class RegionKernels {
  private static final String DISTANCES = "signed distances";
  private static final String CUBES = DISTANCES + ", cubes";
  private static final int SMALLEST_CUBE = 32;
  private static final int[] BRAIN = {182, 218, 182};

  /** A label is an int. */
  private static final double MASK_BYTES = Integer.BYTES;

  private final Size size;
  private final Race race;

  RegionKernels(Size size) {
    this.size = size;
    this.race = new Race(size);
  }

  /** Distance maps: a plane, a volume with and without spacing, a brain, growth, two threads. */
  List<Figure> distances() throws InterruptedException, ExecutionException {
    double plane = nanos(Kernel.DISTANCES_PLANE);
    double volume = nanos(Kernel.DISTANCES_VOLUME);
    double spaced = nanos(Kernel.DISTANCES_SPACED);
    List<Figure> figures = new ArrayList<>();
    figures.add(atMost(11, Kernel.DISTANCES_PLANE.title(), "ns/voxel", plane));
    figures.add(atMost(22, Kernel.DISTANCES_VOLUME.title(), "ns/voxel", volume));
    figures.add(
        atMost(
            1.3, Kernel.DISTANCES_SPACED.title(), "of the time of unit spacing", spaced / volume));
    figures.addAll(brain());
    figures.addAll(growth());
    figures.add(secondThread());
    return figures;
  }

  private double nanos(Kernel kernel) {
    try (RegionContest contest = new RegionContest(kernel, size)) {
      return race.alone(contest::perdita).cpuNanos() / contest.elements();
    }
  }

  private List<Figure> brain() {
    int[] shape = {size.side(BRAIN[0]), size.side(BRAIN[1]), size.side(BRAIN[2])};
    Labels mask = RegionContest.blobs(shape);
    SignedDistanceMap map = SignedDistanceMap.published();
    double nanos = race.alone(() -> map.of(mask).get(0)).cpuNanos();
    long bytes = Scaling.allocated(() -> map.of(mask).get(0));
    String subject = String.format(DISTANCES + ", %d × %d × %d", shape[0], shape[1], shape[2]);
    return List.of(
        atMost(0.3, subject, "seconds", nanos / 1e9),
        atMost(
            12,
            subject,
            "bytes a voxel, mask included",
            MASK_BYTES + (double) bytes / mask.size()));
  }

  /** Nanoseconds a voxel of ever larger cubes. */
  private List<Figure> growth() {
    List<Figure> figures = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int side = SMALLEST_CUBE; side <= size.longestCube(); side *= 2) {
      Labels mask = RegionContest.blobs(side, side, side);
      SignedDistanceMap map = SignedDistanceMap.published();
      double nanos = race.alone(() -> map.of(mask).get(0)).cpuNanos() / mask.size();
      figures.add(told(CUBES, "ns/voxel at " + side + "³", nanos));
      least = Math.min(least, nanos);
      most = Math.max(most, nanos);
    }
    figures.add(
        atMost(
            30,
            CUBES,
            "growth: ± % around the middle of these",
            100 * (most - least) / (most + least)));
    return figures;
  }

  private Figure secondThread() throws InterruptedException, ExecutionException {
    Figure none =
        atLeast(1.6, Kernel.DISTANCES_VOLUME.title(), "two threads, times faster", Double.NaN)
            .noting(Scaling.NOT_FREE);
    ForkJoinPool two = new ForkJoinPool(2);
    try (RegionContest contest = new RegionContest(Kernel.DISTANCES_VOLUME, size)) {
      return new Scaling(size).gated(two, contest::perdita, none);
    } finally {
      two.shutdown();
    }
  }

  /** Losses from probabilities, of the time that moving their numbers takes; others, composed. */
  List<Figure> losses() {
    return List.of(
        ofTheFloor(Kernel.DICE_PROBABILITIES),
        timesComposed(Kernel.DICE_LOGITS, 2),
        ofTheFloor(Kernel.BOUNDARY_PROBABILITIES),
        timesComposed(Kernel.CONSISTENCY, 3));
  }

  private Figure ofTheFloor(Kernel kernel) {
    try (RegionContest contest = new RegionContest(kernel, size)) {
      List<Timing> times = race.run(List.of(contest::perdita, contest::moving));
      return atMost(
          1.7,
          kernel.title(),
          "of the time of reading both and writing as much",
          times.get(0).cpuNanos() / times.get(1).cpuNanos());
    }
  }

  private Figure timesComposed(Kernel kernel, double goal) {
    try (RegionContest contest = new RegionContest(kernel, size)) {
      List<Timing> times = race.run(List.of(contest::perdita, contest::composed));
      return atLeast(
          goal,
          kernel.title(),
          Quantity.COMPOSED.title(),
          times.get(1).cpuNanos() / times.get(0).cpuNanos());
    }
  }
}
