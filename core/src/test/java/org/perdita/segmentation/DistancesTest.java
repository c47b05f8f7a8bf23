package org.perdita.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.Labels;
import org.perdita.Tensor;

/** Distance transforms against every pair of voxels. */
class DistancesTest {

  private static int[] mask(long seed, double share, int size) {
    Random random = new Random(seed);
    int[] mask = new int[size];
    for (int i = 0; i < size; i++) {
      mask[i] = random.nextDouble() < share ? 1 : 0;
    }
    return mask;
  }

  /** The distance from {@code i} to the nearest voxel of another kind. */
  private static double brute(int[] mask, int[] shape, double[] spacing, int i) {
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < mask.length; j++) {
      if (mask[j] != mask[i]) {
        double sum = 0;
        int a = i;
        int b = j;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
          double d = (a % shape[axis] - b % shape[axis]) * spacing[axis];
          sum += d * d;
          a /= shape[axis];
          b /= shape[axis];
        }
        best = Math.min(best, sum);
      }
    }
    return Math.sqrt(best);
  }

  @ParameterizedTest
  @CsvSource({
    "1 37, 0.5, 1",
    "1 37, 0.1, 2.5",
    "13 21, 0.5, 1",
    "13 21, 0.02, 1",
    "21 13, 0.9, 0.4",
    "9 7 11, 0.5, 1",
    "9 7 11, 0.01, 1",
    "5 17 6, 0.99, 3.3",
    "1 1 40, 0.1, 1",
    "40 1 1, 0.1, 2",
    "17 90, 0.5, 1",
    "17 90, 0.003, 1",
    "17 90, 0.997, 2.5",
    "3 19 40, 0.002, 1",
    "3 19 40, 0.002, 0.7",
    "2 8 300, 0.02, 1"
  })
  void theyAreTheNearestOfAllPairs(String sizes, double share, double first) {
    int[] shape = Stream.of(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
    double[] spacing = new double[shape.length];
    java.util.Arrays.fill(spacing, 1);
    spacing[0] = first;
    int size = java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    for (int seed = 0; seed < 5; seed++) {
      int[] mask = mask(seed, share, size);
      mask[seed] = 1;
      mask[size - 1 - seed] = 0;
      Labels labels = Labels.of(mask, shape);
      Tensor plain = new DistanceTransform(Spacing.of(spacing)).of(labels);
      Tensor signed = SignedDistanceMap.published().withSpacing(Spacing.of(spacing)).of(labels);
      for (int i = 0; i < size; i++) {
        double d = brute(mask, shape, spacing, i);
        assertThat((double) plain.get(i)).isCloseTo(mask[i] == 0 ? 0 : d, within(3e-7 * d));
        assertThat((double) signed.get(i))
            .isCloseTo(mask[i] == 0 ? d : 1 - d, within(3e-7 * d + 1e-7));
      }
    }
  }

  /** So far away that looking row by row is given up for envelopes, at once or on the way. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1990, 1", "0, 0.5", "1990, 0.5", "1000, 3"})
  void farVoxelsAreExactToo(int row, double step) {
    int[] mask = new int[2000 * 70];
    mask[row * 70 + 3] = 1;
    Tensor map =
        SignedDistanceMap.published()
            .withSpacing(Spacing.of(step, 1))
            .of(Labels.of(mask, 2000, 70));
    for (int i = 0; i < mask.length; i++) {
      double d = Math.hypot(step * (i / 70 - row), i % 70 - 3);
      double signed = mask[i] == 0 ? d : 1 - Math.min(step, 1);
      assertThat((double) map.get(i)).isCloseTo(signed, within(3e-7 * d));
    }
  }

  @Test
  void oneKindAloneHasNoBoundary() {
    for (int fill = 0; fill < 2; fill++) {
      int[] mask = new int[12];
      java.util.Arrays.fill(mask, fill);
      Labels labels = Labels.of(mask, 3, 4);
      assertThat(SignedDistanceMap.published().of(labels).toArray()).containsOnly(0);
    }
    int[] full = {1, 1};
    assertThat(DistanceTransform.unit().of(Labels.of(full, 2)).toArray())
        .containsOnly(Float.POSITIVE_INFINITY);
  }

  @Test
  void conventionsPutTheBoundaryWhereTheySay() {
    Labels step = Labels.of(new int[] {0, 0, 1, 1}, 4);
    assertThat(SignedDistanceMap.published().of(step).toArray()).containsExactly(2, 1, 0, -1);
    assertThat(SignedDistanceMap.halfPixel().of(step).toArray())
        .containsExactly(1.5f, 0.5f, -0.5f, -1.5f);
    SignedDistanceMap inSpacing =
        new SignedDistanceMap(
            SignedDistanceMap.Convention.PIXEL_CENTRE_IN_SPACING,
            SignedDistanceMap.Rounding.EXACT,
            Spacing.of(2));
    assertThat(inSpacing.of(step).toArray()).containsExactly(4, 2, 0, -2);
    assertThat(SignedDistanceMap.published().withSpacing(Spacing.of(2)).of(step).toArray())
        .containsExactly(4, 2, -1, -3);
  }

  @Test
  void theCompatibleFormCutsDistancesToIntegers() {
    Labels corner = Labels.of(new int[] {1, 0, 0, 0, 0, 0, 0, 0, 0}, 3, 3);
    SignedDistanceMap cut =
        SignedDistanceMap.published().withRounding(SignedDistanceMap.Rounding.CUT_TO_INTEGER);
    assertThat(cut.of(corner).toArray()).containsExactly(0, 1, 2, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void bitsDoNotDependOnThreads() throws Exception {
    Labels labels = Labels.of(mask(7, 0.001, 60 * 70 * 80), 60, 70, 80);
    float[] one = inPool(1, labels);
    assertThat(inPool(2, labels)).isEqualTo(one);
    assertThat(inPool(7, labels)).isEqualTo(one);
  }

  private static float[] inPool(int threads, Labels labels) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> SignedDistanceMap.published().of(labels).toArray()).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> Spacing.of(1, 0))
        .hasMessage("Spacing: length must be between 1e-6 and 1e6, was 0.0");
    assertThatThrownBy(
            () -> new DistanceTransform(Spacing.of(1, 2)).of(Labels.of(new int[8], 2, 2, 2)))
        .hasMessageEndingWith("number of spacings must be 3, was 2");
    assertThatThrownBy(() -> SignedDistanceMap.published().of(Labels.of(new int[] {0, 2}, 1, 2), 2))
        .hasMessageEndingWith("labels[0, 1] = 2 is not a class in 0 … 1");
  }

  @Test
  void theCacheKeepsWhatItMade(@TempDir Path folder) throws IOException {
    DistanceMapCache cache = new DistanceMapCache(folder, 1 << 20);
    Labels labels = Labels.of(mask(3, 0.2, 200), 2, 10, 10);
    Tensor made = cache.of(SignedDistanceMap.published(), labels, 2);
    assertThat(made.toArray()).isEqualTo(SignedDistanceMap.published().of(labels, 2).toArray());
    List<Path> files = files(folder);
    assertThat(files).hasSize(1);
    Tensor again = cache.of(SignedDistanceMap.published(), labels, 2);
    assertThat(again.toArray()).isEqualTo(made.toArray());
    assertThat(again.shape()).containsExactly(2, 2, 10, 10);
    cache.of(SignedDistanceMap.halfPixel(), labels, 2);
    assertThat(files(folder)).hasSize(2);
  }

  @Test
  void aDamagedFileIsMadeAnew(@TempDir Path folder) throws IOException {
    DistanceMapCache cache = new DistanceMapCache(folder, 1 << 20);
    Labels labels = Labels.of(mask(3, 0.2, 100), 1, 10, 10);
    float[] made = cache.of(SignedDistanceMap.published(), labels, 2).toArray();
    Path file = files(folder).get(0);
    byte[] bytes = Files.readAllBytes(file);
    for (int at : new int[] {0, 5, 20, bytes.length - 1}) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(cache.of(SignedDistanceMap.published(), labels, 2).toArray()).isEqualTo(made);
    }
    Files.write(file, new byte[3]);
    assertThat(cache.of(SignedDistanceMap.published(), labels, 2).toArray()).isEqualTo(made);
  }

  @Test
  void theCacheStaysBelowItsLimit(@TempDir Path folder) throws IOException {
    DistanceMapCache cache = new DistanceMapCache(folder, 3000);
    for (int seed = 0; seed < 6; seed++) {
      cache.of(SignedDistanceMap.published(), Labels.of(mask(seed, 0.2, 100), 1, 10, 10), 2);
      long total = 0;
      for (Path file : files(folder)) {
        total += Files.size(file);
      }
      assertThat(total).isLessThanOrEqualTo(3000);
    }
    assertThat(files(folder)).hasSize(3);
    DistanceMapCache none = new DistanceMapCache(folder.resolve("none"), 0);
    none.of(SignedDistanceMap.published(), Labels.of(mask(1, 0.2, 100), 1, 10, 10), 2);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.forEach(files::add);
    }
    return files;
  }
}
