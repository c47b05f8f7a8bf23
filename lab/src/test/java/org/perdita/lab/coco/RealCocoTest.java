package org.perdita.lab.coco;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Published images with boxes, where the environment variable {@code PERDITA_DATA} names a folder
 * that holds {@code detection}; skipped elsewhere.
 */
class RealCocoTest {
  private static Path folder(String name) {
    String data = System.getenv("PERDITA_DATA");
    Assumptions.assumeTrue(data != null, "PERDITA_DATA is not set");
    Path folder = Path.of(data == null ? "" : data).resolve("detection").resolve(name);
    Assumptions.assumeTrue(Files.isDirectory(folder), folder + " does not exist");
    return folder;
  }

  private static int boxes(CocoData data) {
    return data.images().stream().mapToInt(image -> image.objects().size()).sum();
  }

  @Test
  void bloodCellsAreReadWhole() {
    CocoFolder cells = CocoFolder.read(folder("bccd"), false);
    assertThat(cells.train().images()).hasSize(205);
    assertThat(boxes(cells.train())).isEqualTo(2804);
    assertThat(cells.train().images().size() + cells.test().images().size()).isEqualTo(292);
    assertThat(boxes(cells.train()) + boxes(cells.test())).isEqualTo(3941);
  }

  @Test
  void photographsWithoutValidationAreSplit() {
    CocoFolder photographs = CocoFolder.read(folder("coco-free"), false);
    assertThat(photographs.train().categories()).hasSize(80);
    assertThat(photographs.test().images()).hasSize(7);
    assertThat(boxes(photographs.train()) + boxes(photographs.test())).isEqualTo(192);
  }
}
