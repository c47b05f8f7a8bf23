package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.NiftiFile;
import org.perdita.lab.data.Volume;

class SegmentCommandTest {
  private final Path folder;

  SegmentCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path picture(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 5, 0xffffff);
    Path file = folder.resolve("photo.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void trainsWritesWeightsAndMasksPicturesAndVolumes() throws IOException {
    Path weights = folder.resolve("unet.safetensors");
    float[] voxels = new float[3 * 20 * 18];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = i % 7;
    }
    Volume volume = Volume.of(new int[] {3, 20, 18}, new double[] {3, 1, 1}, voxels);
    Path scan = folder.resolve("scan.nii.gz");
    NiftiFile.writeLabels(scan, volume);
    String out = folder.resolve("masks").toString();
    Shell shell =
        perdita(
            "segment",
            "--weights",
            weights.toString(),
            "--train",
            "--tiny",
            "--out",
            out,
            picture(21, 17).toString(),
            scan.toString());
    assertThat(shell.err()).doesNotContain("perdita segment");
    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("on the test scans", "photo_mask.png", "scan_mask.nii.gz");
    BufferedImage mask = ImageIO.read(Path.of(out).resolve("photo_mask.png").toFile());
    assertThat(mask.getWidth()).isEqualTo(21);
    assertThat(mask.getHeight()).isEqualTo(17);
    Volume found = NiftiFile.read(Path.of(out).resolve("scan_mask.nii.gz"));
    assertThat(found.alignsWith(volume)).isTrue();
    for (float v : found.voxels()) {
      assertThat(v == 0 || v == 1).isTrue();
    }
    byte[] first = Files.readAllBytes(Path.of(out).resolve("scan_mask.nii.gz"));
    Shell again =
        perdita("segment", "--weights", weights.toString(), "--out", out, scan.toString());
    assertThat(again.code()).isZero();
    assertThat(Files.readAllBytes(Path.of(out).resolve("scan_mask.nii.gz"))).isEqualTo(first);
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    Path none = folder.resolve("none.safetensors");
    Shell missing = perdita("segment", "--weights", none.toString(), picture(9, 9).toString());
    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.err()).isEqualTo("perdita segment: " + none + ": no such file\n");
    Shell nothing = perdita("segment", "--weights", none.toString());
    assertThat(nothing.code()).isEqualTo(2);
    assertThat(nothing.err()).startsWith("perdita segment: no IMAGE is named");
  }

  @Test
  void anImageThatIsNoneDoesNotStopTheOthers() throws IOException {
    Path weights = folder.resolve("unet.safetensors");
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    Path lying = Files.write(folder.resolve("lying.nii"), new byte[400]);
    Shell shell =
        perdita(
            "segment",
            "--weights",
            weights.toString(),
            "--train",
            "--tiny",
            "--out",
            folder.toString(),
            text.toString(),
            lying.toString(),
            picture(16, 16).toString());
    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.err())
        .contains("perdita segment: " + text + ": is no picture that can be read")
        .contains("perdita segment: " + lying + ": the header's size at offset 0 is 0");
    assertThat(shell.out()).contains("photo_mask.png");
  }
}
