package org.perdita.lab.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Paintings;
import org.perdita.lab.data.Scenes;
import org.perdita.lab.experiment.Refusal;
import org.perdita.perceptual.Image;

class PictureFileTest {
  private final Path folder;

  PictureFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** 16 × 8 pixels, the left half white; as a JPEG that says how the camera was held. */
  private Path turned(int orientation) throws IOException {
    BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        picture.setRGB(x, y, 0xffffff);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", jpeg);
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'I',
      'I',
      42,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] whole = jpeg.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(whole, 0, 2);
    out.write(exif);
    out.write(whole, 2, whole.length - 2);
    return Files.write(folder.resolve("turned.jpg"), out.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16, 8, 2, 4",
    "2, 16, 8, 13, 4",
    "3, 16, 8, 13, 4",
    "4, 16, 8, 2, 4",
    "5, 8, 16, 4, 2",
    "6, 8, 16, 4, 2",
    "7, 8, 16, 4, 13",
    "8, 8, 16, 4, 13",
    "0, 16, 8, 2, 4"
  })
  void turnsPhotographsUpright(int orientation, int w, int h, int whiteX, int whiteY)
      throws IOException {
    BufferedImage read = PictureFile.read(turned(orientation));
    assertThat(read.getWidth()).isEqualTo(w);
    assertThat(read.getHeight()).isEqualTo(h);
    assertThat(read.getRGB(whiteX, whiteY) & 0xff).isGreaterThan(200);
    assertThat(read.getRGB(w - 1 - whiteX, h - 1 - whiteY) & 0xff).isLessThan(60);
  }

  @Test
  void writesWhatItReads() {
    BufferedImage scene = Pictures.of(Scenes.draw(5, 20, 30));
    Path file = folder.resolve("scene.png");
    PictureFile.write(scene, file);
    BufferedImage read = PictureFile.read(file);
    for (int p = 0; p < 600; p++) {
      assertThat(read.getRGB(p % 30, p / 30)).isEqualTo(scene.getRGB(p % 30, p / 30));
    }
  }

  @Test
  void refusesInOneSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("t.png"), "no picture");
    refused(text, ": is no picture of a kind known here; known are PNG, JPEG, BMP, GIF and TIFF");
    refused(folder, ": is a folder, a picture is wanted");
    refused(folder.resolve("absent.png"), ": no such file");
    assertThatThrownBy(() -> PictureFile.requireWritable(folder.resolve("x.txt")))
        .isInstanceOf(Refusal.class)
        .hasMessageEndingWith("x.txt: the name must end with .png, .jpg or .jpeg");
    assertThatThrownBy(() -> PictureFile.requireWritable(folder.resolve("no/x.png")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(": there is no folder ");
  }

  private static void refused(Path file, String why) {
    assertThatThrownBy(() -> PictureFile.read(file))
        .isInstanceOf(Refusal.class)
        .hasMessage(file + why);
  }

  @Test
  void givesAPictureOrASentenceWhateverTheFileHolds() throws IOException {
    byte[] good = Files.readAllBytes(turned(6));
    Path file = folder.resolve("fuzzed.jpg");
    for (int round = 0; round < 300; round++) {
      Draw draw = Draw.of(round, 8);
      byte[] bytes = draw.chance(0.3) ? Arrays.copyOf(good, draw.below(good.length)) : good.clone();
      for (int i = 1 + draw.below(6); i > 0 && bytes.length > 0; i--) {
        bytes[draw.below(Math.min(bytes.length, draw.chance(0.5) ? 60 : bytes.length))] =
            (byte) draw.bits();
      }
      Files.write(file, bytes);
      try {
        assertThat(PictureFile.read(file).getWidth()).isPositive();
      } catch (Refusal e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
        assertThat(e.toString().lines()).hasSize(1);
      }
    }
  }

  @Test
  void resamplingKeepsPlainPicturesAndSizes() {
    for (Resampling kernel :
        new Resampling[] {Resampling.bicubic(), Resampling.bicubicWithoutAntialiasing()}) {
      for (int[] sizes : new int[][] {{7, 21}, {21, 7}, {5, 5}, {1, 4}}) {
        for (double[] row : kernel.weights(sizes[0], sizes[1])) {
          assertThat(Arrays.stream(row).sum()).isCloseTo(1, within(1e-12));
          assertThat(row).hasSize(sizes[0]);
        }
      }
    }
    double[][] same = Resampling.bicubic().weights(6, 6);
    for (int i = 0; i < 6; i++) {
      assertThat(same[i][i]).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void aPaletteIsTakenOver() {
    Image model = Paintings.draw("mosaic", 1, 24, 24);
    Image matched = Palette.matched(Scenes.draw(1, 24, 24), model);
    for (int c = 0; c < 3; c++) {
      assertThat(mean(matched, c)).isCloseTo(mean(model, c), within(0.06));
    }
  }

  private static double mean(Image image, int channel) {
    double sum = 0;
    for (int p = 0; p < 576; p++) {
      sum += image.pixels().get(channel * 576 + p);
    }
    return sum / 576;
  }
}
