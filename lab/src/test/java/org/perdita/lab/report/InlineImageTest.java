package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.experiment.Refusal;

class InlineImageTest {
  private final Path file;

  InlineImageTest(@TempDir Path folder) {
    this.file = folder.resolve("picture.png");
  }

  @Test
  void keepsASmallPictureAsItIs() throws IOException {
    noise(16);
    InlineImage image = InlineImage.of(file);
    assertThat(image.uri()).startsWith("data:image/png;base64,iVBORw0KGgo");
    assertThat(image.width()).isEqualTo(16);
    assertThat(image.height()).isEqualTo(16);
  }

  @Test
  void makesALargePictureSmaller() throws IOException {
    noise(256);
    InlineImage image = InlineImage.of(file);
    assertThat(image.uri()).startsWith("data:image/jpeg;base64,");
    assertThat(image.uri().length()).isLessThan((int) Files.size(file));
    assertThat(image.width()).isEqualTo(256);
  }

  @Test
  void refusesWhatIsNoPictureOrClaimsToBeHuge() throws IOException {
    assertThatThrownBy(() -> InlineImage.of(file))
        .isInstanceOf(Refusal.class)
        .hasMessage("picture.png: cannot be read: no such file or folder");
    Files.writeString(file, "words");
    assertThatThrownBy(() -> InlineImage.of(file)).hasMessage("picture.png is not a PNG");
    noise(16);
    byte[] png = Files.readAllBytes(file);
    Files.write(file, ByteBuffer.wrap(png).putInt(16, 1 << 30).array());
    assertThatThrownBy(() -> InlineImage.of(file))
        .hasMessage("picture.png is 1073741824 × 16 pixels");
  }

  private void noise(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(i % side, i / side, random.nextInt());
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
