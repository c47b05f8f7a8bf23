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

class DetectTest {

  @Test
  void whatIsTrainedDraws(@TempDir Path folder) throws IOException {
    Path weights = folder.resolve("w.safetensors");
    Shell train =
        perdita("train-detector", "--weights", weights.toString(), "--side", "64", "--steps", "2");
    assertThat(train.err()).isEmpty();
    assertThat(train.code()).isZero();
    assertThat(train.out()).contains("step 2 of 2, loss ", "The weights: " + weights);
    Path picture = folder.resolve("a.jpg");
    ImageIO.write(new BufferedImage(80, 50, BufferedImage.TYPE_INT_RGB), "jpg", picture.toFile());
    Path out = folder.resolve("drawn");
    Path missing = folder.resolve("none.jpg");
    Shell detect =
        perdita(
            "detect",
            "--weights",
            weights.toString(),
            "--score",
            "0.001",
            "--out",
            out.toString(),
            missing.toString(),
            picture.toString());
    assertThat(detect.err()).isEqualTo("perdita detect: " + missing + ": no such file\n");
    assertThat(detect.code()).isEqualTo(Exit.REFUSED);
    assertThat(detect.out().lines())
        .allSatisfy(line -> assertThat(line.split("\t")).hasSize(7).startsWith(picture.toString()));
    assertThat(ImageIO.read(out.resolve("a.png").toFile()).getWidth()).isEqualTo(80);
  }

  @Test
  void whatCannotBeIsOneSentence(@TempDir Path folder) throws IOException {
    String weights = folder.resolve("w.safetensors").toString();
    assertThat(perdita("detect", "--weights", weights, "x.png").err())
        .isEqualTo("perdita detect: " + weights + ": no such file\n");
    assertThat(perdita("train-detector", "--weights", weights, "--backbone", "huge").err())
        .isEqualTo(
            "perdita train-detector: --backbone must be one of tiny, small, resnet18, resnet50, was"
                + " huge\n");
    assertThat(perdita("train-detector", "--weights", weights, "--side", "100").err())
        .isEqualTo("perdita train-detector: --side must be a multiple of 16 up to 4096, was 100\n");
    Path none = folder.resolve("none");
    assertThat(perdita("train-detector", "--weights", none.resolve("w").toString()).err())
        .isEqualTo("perdita train-detector: --weights: " + none + ": no such folder\n");
    Files.createDirectory(none);
    assertThat(perdita("train-detector", "--weights", weights, "--data", none.toString()).err())
        .startsWith("perdita train-detector: " + none + ": holds no COCO annotations");
  }
}
