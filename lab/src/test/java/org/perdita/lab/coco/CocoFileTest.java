package org.perdita.lab.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.PictureFile;

class CocoFileTest {
  private static final String GOOD =
      """
      {"categories": [{"id": 7, "name": "cell"}, {"id": 3, "name": "dot"}],
       "images": [{"id": 5, "file_name": "a.png", "width": 40, "height": 30},
                  {"id": 2, "file_name": "b.jpg", "width": 20, "height": 10}],
       "annotations": [
         {"id": 1, "image_id": 5, "category_id": 7, "bbox": [1, 2, 10, 20], "area": 150},
         {"id": 2, "image_id": 5, "category_id": 3, "bbox": [30, 0, 10.5, 5], "iscrowd": 1}]}
      """;

  private final Path folder;
  private final Path json;

  CocoFileTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    json = folder.resolve("train.json");
    ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", at("a.png"));
    ImageIO.write(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB), "jpg", at("b.jpg"));
  }

  private java.io.File at(String name) {
    return folder.resolve(name).toFile();
  }

  private CocoData read(String text, boolean skip) throws IOException {
    Files.writeString(json, text);
    return CocoFile.read(json, folder, skip);
  }

  @Test
  void readsImagesObjectsAndCategories() throws IOException {
    CocoData data = read(GOOD, false);
    assertThat(data.categories()).containsExactly(new Category(3, "dot"), new Category(7, "cell"));
    assertThat(data.images()).extracting(CocoImage::id).containsExactly(5, 2);
    assertThat(data.images().get(0).objects())
        .containsExactly(
            new Truth(5, 7, 1, 2, 10, 20, 150, false),
            new Truth(5, 3, 30, 0, 10, 5, 50, true)); // cut at the edge
    assertThat(data.images().get(1).objects()).isEmpty();
    assertThat(data.leftOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": 2, \"file_name\" | \"id\": 5, \"file_name\" | image 5 stands there twice",
        "\"a.png\" | \"../a.png\" | image 5 has file_name '../a.png', which leads out of the folder",
        "\"width\": 40 | \"width\": 0 | image 5 is 0 × 30 pixels",
        "{\"id\": 5, | {\"id\": \"x\", | image number 0 has no whole id",
        "\"id\": 2, \"image_id\" | \"id\": 1, \"image_id\" | annotation 1 stands there twice",
        "\"category_id\": 3 | \"category_id\": 4 | annotation 2 is of category 4, which the file"
            + " does not have",
        "\"image_id\": 5, \"category_id\": 3 | \"image_id\": 9, \"category_id\": 3 | annotation 2 is"
            + " of image 9, which the file does not have",
        "[1, 2, 10, 20] | [1, 2, 0, 20] | annotation 1 has bbox [1,2,0,20], whose sizes must be"
            + " above 0",
        "[1, 2, 10, 20] | [1, 2, 10, -20] | annotation 1 has bbox [1,2,10,-20], whose sizes must be"
            + " above 0",
        "[1, 2, 10, 20] | [1, 2, 10] | annotation 1 has bbox [1,2,10], allowed: four finite numbers",
        "[1, 2, 10, 20] | [1, 2, 10, 1e999] | annotation 1 has bbox [1,2,10,\"Infinity\"], allowed:"
            + " four finite numbers",
        "[1, 2, 10, 20] | [35, 2, 10, 20] | annotation 1 has bbox [35,2,10,20], outside image 5 of"
            + " 40 × 30 pixels",
        "[1, 2, 10, 20] | [-5, 2, 10, 20] | annotation 1 has bbox [-5,2,10,20], outside image 5 of"
            + " 40 × 30 pixels",
      })
  void aDefectIsOneSentenceAndCanBeSkipped(String from, String to, String sentence)
      throws IOException {
    String bad = GOOD.replace(from, to);
    assertThat(bad).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(bad, false))
        .isInstanceOf(BadData.class)
        .hasMessage(json + ": " + sentence);
    CocoData rest = read(bad, true);
    assertThat(rest.leftOut()).first().isEqualTo(json + ": " + sentence);
    int objects = rest.images().stream().mapToInt(image -> image.objects().size()).sum();
    assertThat(rest.images().size() + objects).isLessThan(4);
  }

  @Test
  void filesThatAreMissingOrLieAreNamed() throws IOException {
    Files.delete(folder.resolve("a.png"));
    assertThatThrownBy(() -> read(GOOD, false))
        .hasMessage(json + ": image 5: " + folder.resolve("a.png") + ": no such file");
    CocoData rest = read(GOOD, true);
    assertThat(rest.images()).extracting(CocoImage::id).containsExactly(2);
    assertThat(rest.leftOut()).contains(json + ": annotation 1 is of image 5, which was left out");
    ImageIO.write(new BufferedImage(41, 30, BufferedImage.TYPE_INT_RGB), "png", at("a.png"));
    assertThatThrownBy(() -> read(GOOD, false))
        .hasMessage(
            json
                + ": image 5 is said to be 40 × 30 pixels, "
                + folder.resolve("a.png")
                + " is 41 × 30");
    Files.writeString(folder.resolve("a.png"), "no picture");
    assertThatThrownBy(() -> read(GOOD, false))
        .hasMessageContaining("image 5: " + folder.resolve("a.png") + ": is not a JPEG or PNG");
  }

  @Test
  void whatIsNotTheFormatIsRefusedEvenWhenSkipping() {
    assertThatThrownBy(() -> read("{", true))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(json + ", line 1: is not JSON: ");
    assertThatThrownBy(() -> read("[]", true)).hasMessage(json + ": is not a JSON object");
    assertThatThrownBy(() -> read("{\"categories\": []}", true))
        .hasMessage(json + ": images is missing");
    assertThatThrownBy(() -> read(GOOD.replace("\"id\": 3,", "\"id\": 7,"), true))
        .hasMessage(json + ": category 7 stands there twice");
    assertThatThrownBy(() -> CocoFile.read(folder.resolve("no.json"), folder, true))
        .hasMessage(folder.resolve("no.json") + ": no such file");
  }

  @Test
  void damageOfAnyKindIsRefusedOrRead() throws IOException {
    Random random = new Random(8);
    byte[] good = GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int trial = 0; trial < 400; trial++) {
      byte[] bytes =
          Arrays.copyOf(good, trial % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int i = 0; i < 3 && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(90));
      }
      Files.write(json, bytes);
      try {
        assertThat(CocoFile.read(json, folder, trial % 2 == 0)).isNotNull();
      } catch (BadData e) {
        assertThat(e).hasMessageStartingWith(json.toString());
      }
    }
  }

  @Test
  void aPictureThatEndsEarlyIsRefused() throws IOException {
    BufferedImage noise = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(9);
    for (int i = 0; i < 64 * 48; i++) {
      noise.setRGB(i % 64, i / 64, random.nextInt());
    }
    for (String format : List.of("png", "jpg")) {
      Path whole = folder.resolve("noise." + format);
      ImageIO.write(noise, format, whole.toFile());
      assertThat(PictureFile.read(whole).getWidth()).isEqualTo(64);
      byte[] bytes = Files.readAllBytes(whole);
      Path cut = folder.resolve("cut." + format);
      Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
      assertThatThrownBy(() -> PictureFile.read(cut))
          .isInstanceOf(BadData.class)
          .hasMessageStartingWith(cut + ": is not a ");
    }
    assertThatThrownBy(() -> PictureFile.read(folder))
        .hasMessage(folder + ": is a folder, a picture is wanted");
  }

  @Test
  void aFolderWithoutValidationKeepsEveryFourthImageForIt() throws IOException {
    StringBuilder images = new StringBuilder();
    for (int id = 1; id <= 8; id++) {
      images.append(id == 1 ? "" : ", ");
      images.append(
          "{\"id\": " + id + ", \"file_name\": \"a.png\", \"width\": 40, \"height\": 30}");
    }
    String text =
        "{\"categories\": [{\"id\": 1, \"name\": \"x\"}], \"annotations\": [], \"images\": ["
            + images
            + "]}";
    Files.writeString(folder.resolve("instances_train2017.json"), text);
    CocoFolder split = CocoFolder.read(folder, false);
    assertThat(split.train().images()).extracting(CocoImage::id).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(split.test().images()).extracting(CocoImage::id).containsExactly(4, 8);
    Files.writeString(folder.resolve("instances_val2017.json"), text);
    assertThat(CocoFolder.read(folder, false).test().images()).hasSize(8);
    Files.writeString(folder.resolve("instances_train2014.json"), text);
    assertThatThrownBy(() -> CocoFolder.read(folder, false))
        .hasMessageStartingWith(folder + ": instances_train*.json must be one file, are [");
    assertThatThrownBy(() -> CocoFolder.read(folder.resolve("none"), false))
        .hasMessage(folder.resolve("none") + ": no such folder");
  }
}
