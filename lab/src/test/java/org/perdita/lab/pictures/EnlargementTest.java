package org.perdita.lab.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.Scenes;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.weights.SafeTensors;

class EnlargementTest {

  @Test
  void tilesLeaveNoSeam() {
    BufferedImage small = Pictures.of(Scenes.draw(1, 40, 52));
    BufferedImage whole = Enlargement.of(small, 64, done -> {});
    BufferedImage tiled = Enlargement.of(small, 16, done -> {});
    assertThat(whole.getWidth()).isEqualTo(208);
    assertThat(whole.getHeight()).isEqualTo(160);
    for (int y = 0; y < 160; y++) {
      for (int x = 0; x < 208; x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          int difference =
              (whole.getRGB(x, y) >> shift & 0xff) - (tiled.getRGB(x, y) >> shift & 0xff);
          assertThat(Math.abs(difference)).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @Test
  void transparencyStaysAndGreyStaysGrey() {
    BufferedImage clear = new BufferedImage(12, 10, BufferedImage.TYPE_INT_ARGB);
    BufferedImage grey = new BufferedImage(12, 10, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 12; x++) {
        clear.setRGB(x, y, x < 6 ? 0xff3060a0 : 0x003060a0);
        grey.setRGB(x, y, 0x010101 * (20 * x));
      }
    }
    BufferedImage large = Enlargement.of(clear, done -> {});
    assertThat(large.getRGB(4, 20) >>> 24).isGreaterThan(245);
    assertThat(large.getRGB(44, 20) >>> 24).isLessThan(10);
    BufferedImage shades = Enlargement.of(grey, done -> {});
    int rgb = shades.getRGB(20, 20);
    assertThat(rgb >> 16 & 0xff).isEqualTo(rgb & 0xff).isEqualTo(rgb >> 8 & 0xff);
  }

  @Test
  void whatIsNotDoneYetIsInterpolated() {
    BufferedImage plain = new BufferedImage(24, 8, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 24 * 8; p++) {
      plain.setRGB(p % 24, p / 24, 0x3060a0);
    }
    List<Integer> last = new ArrayList<>();
    Enlargement.of(plain, 8, progress -> last.add(progress.picture().getRGB(95, 31) & 0xffffff));
    assertThat(last).hasSize(3);
    assertThat(last.get(0)).isEqualTo(0x3060a0);
  }

  @Test
  void aPixelBecomesASquare() {
    BufferedImage one = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    one.setRGB(0, 0, 0x804020);
    BufferedImage large = Enlargement.of(one, done -> {});
    assertThat(large.getWidth()).isEqualTo(4);
    assertThat(large.getRGB(3, 3) & 0xffffff).isEqualTo(0x804020);
  }

  @Test
  void trainingAFewStepsGivesAFile(@TempDir Path folder) throws InterruptedException {
    Path file = folder.resolve("upscaler.safetensors");
    Enlargement.train(1, file, line -> {});
    assertThat(SafeTensors.read(file).metadata().get("made by"))
        .startsWith("perdita train-upscaler");
  }
}
