package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The published data, where the environment variable {@code PERDITA_DATA} names a folder that holds
 * {@code mnist}, {@code cifar10} and others; skipped elsewhere.
 */
class RealDataTest {
  private static Path folder(String name) {
    String data = System.getenv("PERDITA_DATA");
    Assumptions.assumeTrue(data != null, "PERDITA_DATA is not set");
    Path folder = Path.of(data == null ? "" : data).resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), folder + " does not exist");
    return folder;
  }

  @Test
  void lesionMasksHaveTheirKnownSizesAndFitTheirImages() {
    Path folder = folder("segmentation/ms-lesions");
    assertThat(ScanFiles.pairs(folder))
        .extracting(pair -> pair.image().getFileName().toString())
        .containsExactly("patient07_FLAIR.nii.gz", "patient19_FLAIR.nii.gz");
    Volume mask = NiftiFile.read(folder.resolve("patient07_lesion.nii.gz"));
    assertThat(mask.shape()).containsExactly(182, 218, 182);
    assertThat(mask.spacing()).containsExactly(1, 1, 1);
    int lesion = 0;
    for (float voxel : mask.voxels()) {
      lesion += voxel > 0 ? 1 : 0;
    }
    assertThat(lesion).isEqualTo(1300);
    Volume image = NiftiFile.read(folder.resolve("patient07_FLAIR.nii.gz"));
    assertThat(image.alignsWith(mask)).isTrue();
  }

  @Test
  void mattesAreCutFromBothHalvesOfEachPhotograph() {
    assertThat(MatteFiles.read(folder("matting"), 64, 10, 2)).hasSize(4);
  }

  @Test
  void mnistHasItsKnownLabelsAndMoments() {
    TrainTest sets = MnistFiles.read(folder("mnist"));
    assertThat(sets.train().labelCounts())
        .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(sets.train().mean()[0]).isCloseTo(0.1307, Offset.offset(5e-5));
    assertThat(sets.train().standardDeviation()[0]).isCloseTo(0.3081, Offset.offset(5e-5));
    assertThat(sets.test().size()).isEqualTo(10_000);
    assertThat(sets.train().first(5).labels()).containsExactly(5, 0, 4, 1, 9);
  }

  @Test
  void cifarBatchStartsWithItsKnownLabels() {
    Path file = folder("cifar10").resolve("train-first4000.bin.gz");
    ImageSet set = CifarFiles.ten(List.of(file));
    assertThat(set.size()).isEqualTo(4000);
    assertThat(set.first(10).labels()).containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
  }

  @Test
  void jpegRecordsHoldAllOfCifarAndResembleTheLosslessImages() {
    Path folder = folder("cifar10");
    TrainTest sets = CifarFiles.read(folder);
    assertThat(sets.train().labelCounts()).containsOnly(5000);
    assertThat(sets.test().labelCounts()).containsOnly(1000);
    assertThat(sets.train().first(12).labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);

    // The first image of each class among the lossless ones is the first of its class here.
    ImageSet lossless = CifarFiles.ten(List.of(folder.resolve("train-first4000.bin.gz")));
    double squares = 0;
    for (int label = 0; label < 10; label++) {
      squares += squaredError(lossless, firstOf(lossless, label), sets.train(), label);
    }
    // Quality 75 is about 7.6 of 255 from the originals.
    assertThat(Math.sqrt(squares / (10 * 3072))).isBetween(3.0, 12.0);
  }

  private static int firstOf(ImageSet set, int label) {
    int i = 0;
    while (set.label(i) != label) {
      i++;
    }
    return i;
  }

  private static double squaredError(ImageSet a, int i, ImageSet b, int j) {
    float[] x = new float[a.imageSize()];
    float[] y = new float[b.imageSize()];
    a.copyTo(i, x, 0);
    b.copyTo(j, y, 0);
    double sum = 0;
    for (int p = 0; p < x.length; p++) {
      double d = 255 * (x[p] - y[p]);
      sum += d * d;
    }
    return sum;
  }
}
