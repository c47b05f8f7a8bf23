package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NiftiFileTest {
  private final Path folder;

  NiftiFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Voxel i of 3 columns, 2 rows and 2 slices is i. */
  private static byte[] volume(ByteOrder order, int type, int bytes, float slope, float add) {
    ByteBuffer b = ByteBuffer.allocate(352 + 12 * bytes).order(order);
    b.putInt(0, 348);
    short[] dim = {3, 3, 2, 2, 1, 1, 1, 1};
    float[] pixdim = {-1, 0.5f, 2, 3, 0, 0, 0, 0};
    for (int i = 0; i < 8; i++) {
      b.putShort(40 + 2 * i, dim[i]).putFloat(76 + 4 * i, pixdim[i]);
    }
    b.putShort(70, (short) type).putShort(72, (short) (8 * bytes));
    b.putFloat(108, 352).putFloat(112, slope).putFloat(116, add);
    b.putFloat(280, -0.5f).putFloat(292, 90);
    b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    b.position(352);
    for (int i = 0; i < 12; i++) {
      switch (type) {
        case 2, 256 -> b.put((byte) i);
        case 4, 512 -> b.putShort((short) i);
        case 8, 768 -> b.putInt(i);
        case 16 -> b.putFloat(i);
        case 64 -> b.putDouble(i);
        default -> b.putLong(i);
      }
    }
    return b.array();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1", "4, 2", "8, 4", "16, 4", "64, 8", "256, 1", "512, 2", "768, 4", "1024, 8", "1280, 8"
  })
  void everyTypeInBothByteOrdersIsRead(int type, int bytes) {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      Path file = Samples.write(folder, "a.nii", volume(order, type, bytes, 2, -1));
      Volume volume = NiftiFile.read(file);
      assertThat(volume.shape()).containsExactly(2, 2, 3);
      assertThat(volume.spacing()).containsExactly(3, 2, 0.5);
      for (int i = 0; i < 12; i++) {
        assertThat(volume.voxels()[i]).isEqualTo(2 * i - 1f);
      }
    }
  }

  @Test
  void aSlopeOfZeroMeansNoScaling() {
    byte[] bytes = volume(ByteOrder.LITTLE_ENDIAN, 4, 2, 0, 5);
    assertThat(NiftiFile.read(Samples.write(folder, "a.nii", bytes)).voxels()[7]).isEqualTo(7);
  }

  @Test
  void labelsComeBackWithTheirPlaceInSpace() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      Volume image =
          NiftiFile.read(Samples.write(folder, "a.nii.gz", zip(volume(order, 16, 4, 1, 0))));
      float[] mask = {0, 1, 0, 0, 2, 255, 0, 0, 0, 1, 1, 0};
      Path out = folder.resolve("mask.nii.gz");
      NiftiFile.writeLabels(out, image.with(mask));
      Volume back = NiftiFile.read(out);
      assertThat(back.voxels()).isEqualTo(mask);
      assertThat(back.alignsWith(image)).isTrue();
      assertThat(Arrays.copyOfRange(back.header(), 252, 344))
          .isEqualTo(Arrays.copyOfRange(image.header(), 252, 344));
    }
    Volume fresh =
        Volume.of(new int[] {1, 2, 2}, new double[] {3, 1, 0.5}, new float[] {1, 0, 0, 1});
    Path out = folder.resolve("fresh.nii");
    NiftiFile.writeLabels(out, fresh);
    assertThat(NiftiFile.read(out).alignsWith(fresh)).isTrue();
  }

  private static byte[] zip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void lyingHeadersAreRefusedInOneSentence() throws IOException {
    refused(b -> b.putShort(42, (short) -3), "the length of axis 1 at offset 42 is -3");
    refused(b -> b.putShort(40, (short) 9), "the number of axes at offset 40 is 9, allowed: 2 … 7");
    refused(b -> b.putShort(40, (short) 4).putShort(48, (short) 5), "the length of axis 4");
    refused(
        b -> b.putShort(42, (short) 30000).putShort(44, (short) 30000).putShort(46, (short) 30000),
        "the number of voxels at offset 40 is 27000000000000");
    refused(b -> b.putShort(42, (short) 3000), "the voxels would take 24000 bytes");
    refused(b -> b.putFloat(108, 1e9f), "vox_offset at offset 108 is 1.0E9");
    refused(b -> b.putFloat(108, Float.NaN), "vox_offset at offset 108 is NaN");
    refused(b -> b.putShort(70, (short) 128), "datatype at offset 70 is 128, allowed: 2, 4, 8");
    refused(b -> b.putShort(72, (short) 8), "bitpix at offset 72 is 8, allowed: 16");
    refused(
        b -> b.put(345, (byte) 'i'), "its magic is 'ni1', which has its voxels in another file");
    refused(b -> b.putFloat(80, Float.POSITIVE_INFINITY), "the spacing of axis 1 at offset 80");
    refused(b -> b.putFloat(112, Float.POSITIVE_INFINITY), "its scaling is Infinity x");
    byte[] bomb = volume(ByteOrder.LITTLE_ENDIAN, 2, 1, 1, 0);
    ByteBuffer.wrap(bomb)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(42, (short) 600)
        .putShort(44, (short) 600)
        .putShort(46, (short) 600);
    Path file = Samples.write(folder, "bomb.nii.gz", zip(bomb));
    assertThatThrownBy(() -> NiftiFile.read(file))
        .isInstanceOf(BadData.class)
        .hasMessageContaining("the file can unpack to at most");
  }

  @Test
  void voxelsThatAreNoNumbersAreRefused() {
    byte[] bytes = volume(ByteOrder.LITTLE_ENDIAN, 16, 4, 1, 0);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(352 + 4 * 10, Float.NaN);
    Path file = Samples.write(folder, "nan.nii", bytes);
    assertThatThrownBy(() -> NiftiFile.read(file))
        .hasMessage(file + ": voxel [1, 1, 1] is NaN, not a number");
  }

  private interface Change {
    ByteBuffer of(ByteBuffer header);
  }

  private void refused(Change change, String sentence) {
    byte[] bytes = volume(ByteOrder.LITTLE_ENDIAN, 4, 2, 1, 0);
    assertThat(change.of(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))).isNotNull();
    Path file = Samples.write(folder, "lying.nii", bytes);
    assertThatThrownBy(() -> NiftiFile.read(file))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(sentence);
  }

  @Test
  void whateverAFileHoldsItIsAVolumeOrASentence() throws IOException {
    int refused = 0;
    for (int round = 0; round < 600; round++) {
      Draw draw = Draw.of(round, 77);
      byte[] bytes = volume(ByteOrder.LITTLE_ENDIAN, 16, 4, 1, 0);
      for (int k = draw.below(6); k >= 0; k--) {
        bytes[draw.chance(0.5) ? 40 + draw.below(80) : draw.below(bytes.length)] =
            (byte) draw.bits();
      }
      if (draw.chance(0.3)) {
        bytes = Arrays.copyOf(bytes, draw.below(bytes.length));
      }
      if (draw.chance(0.5)) {
        bytes = zip(bytes);
        if (draw.chance(0.5)) {
          bytes[draw.below(bytes.length)] ^= (byte) (1 + draw.below(255));
        }
      }
      Path file = folder.resolve("fuzzed.nii");
      Files.write(file, bytes);
      try {
        Volume volume = NiftiFile.read(file);
        int[] shape = volume.shape();
        assertThat(volume.voxels()).hasSize(shape[0] * shape[1] * shape[2]);
      } catch (BadData e) {
        refused++;
        assertThat(e.toString().lines()).as("round %d", round).hasSize(1);
      }
    }
    assertThat(refused).isBetween(150, 599);
  }

  @Test
  void pairsAreFoundByName() throws IOException {
    for (String name :
        new String[] {
          "a_FLAIR.nii.gz",
          "a_T1.nii.gz",
          "a_lesion.nii.gz",
          "b_lesion.nii.gz",
          "c.png",
          "c_labels.png",
          "d_mask.nii",
          "d.nii",
          "d_extra.png"
        }) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(ScanFiles.pairs(folder))
        .extracting(p -> p.image().getFileName() + " " + p.mask().getFileName())
        .containsExactly(
            "a_FLAIR.nii.gz a_lesion.nii.gz", "c.png c_labels.png", "d.nii d_mask.nii");
  }

  @Test
  void masksThatDoNotFitAreRefused() {
    Path image = Samples.write(folder, "a_FLAIR.nii", volume(ByteOrder.LITTLE_ENDIAN, 4, 2, 1, 0));
    byte[] other = volume(ByteOrder.LITTLE_ENDIAN, 4, 2, 1, 0);
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, 0.7f);
    Path mask = Samples.write(folder, "a_lesion.nii", other);
    assertThatThrownBy(() -> ScanFiles.read(folder, 9, 9, 1, 1))
        .isInstanceOf(BadData.class)
        .hasMessageContaining(mask + ": is 2 × 2 × 3 voxels of 3.0 × 2.0 × 0.69")
        .hasMessageContaining("its image " + image);
    assertThatThrownBy(() -> ScanFiles.read(folder.resolve("none"), 9, 9, 1, 1))
        .hasMessageContaining("no such folder");
  }
}
