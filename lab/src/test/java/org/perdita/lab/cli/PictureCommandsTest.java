package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.Paintings;
import org.perdita.lab.data.Scenes;
import org.perdita.lab.image.PictureFile;
import org.perdita.lab.image.Pictures;

class PictureCommandsTest {
  private final Path folder;

  PictureCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    PictureFile.write(Pictures.of(Scenes.landscape(3, 40, 56)), folder.resolve("content.png"));
    PictureFile.write(
        Pictures.of(Paintings.draw("mosaic", 1, 40, 40)), folder.resolve("style.png"));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void stylizeWritesAPictureAndSaysHowFarItIs() {
    Shell shell =
        perdita(
            "stylize",
            "--content",
            at("content.png"),
            "--style",
            at("style.png"),
            "--size",
            "48",
            "--iterations",
            "3",
            "--preview",
            "-o",
            at("out.png"));
    assertThat(shell.err()).isEmpty();
    assertThat(shell.code()).isZero();
    assertThat(shell.out())
        .contains("own features from ", "SHA-256", "48 × 32 pixels", "iteration 1 of 3: objective");
    BufferedImage made = PictureFile.read(folder.resolve("out.png"));
    assertThat(made.getWidth()).isEqualTo(48);
    assertThat(made.getHeight()).isEqualTo(32);
  }

  @Test
  void upscaleWritesAPictureFourTimesAsLarge() {
    Shell shell = perdita("upscale", at("content.png"), "-o", at("large.jpg"));
    assertThat(shell.err()).isEmpty();
    assertThat(shell.out()).contains("100 %", "224 × 160");
    assertThat(PictureFile.read(folder.resolve("large.jpg")).getWidth()).isEqualTo(224);
  }

  @Test
  void whatCannotBeIsOneSentenceAndWritesNothing() {
    Shell size =
        perdita(
            "stylize",
            "--content",
            at("content.png"),
            "--style",
            at("style.png"),
            "--size",
            "9999",
            "-o",
            at("o.png"));
    assertThat(size.code()).isEqualTo(Exit.REFUSED);
    assertThat(size.err().strip())
        .isEqualTo("perdita stylize: --size must be in 32 … 2048, was 9999");
    Shell absent = perdita("upscale", at("absent.png"), "-o", at("o.png"));
    assertThat(absent.code()).isEqualTo(Exit.REFUSED);
    assertThat(absent.err().strip()).endsWith("absent.png: no such file");
    Shell features =
        perdita(
            "stylize",
            "--content",
            at("content.png"),
            "--style",
            at("style.png"),
            "--features",
            at("style.png"),
            "-o",
            at("o.png"));
    assertThat(features.code()).isEqualTo(Exit.REFUSED);
    assertThat(features.err().strip().lines()).hasSize(1);
    assertThat(Files.exists(folder.resolve("o.png"))).isFalse();
  }
}
