package org.perdita.lab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of the authors' own implementations. */
class GoldenFilesTest {

  @ParameterizedTest
  @CsvSource({
    "bitempered.json, 40, 0",
    "boundary.json, 24, 0",
    "dice.json, 25, 0",
    "distance_transform.json, 15, 0",
    "matting.json, 17, 0",
    "focal.json, 27, 0",
    "fid.json, 10, 0",
    "iou_losses.json, 17, 0",
    "iou_balanced.json, 19, 0",
    "gan.json, 40, 0",
    "gan_penalty.json, 14, 0",
    "coco_ap.json, 14, 0",
    "perceptual.json, 21, 0",
    "ssim.json, 15, 0"
  })
  void everyCasePasses(String file, int passed, int notImplemented) throws URISyntaxException {
    URL resource = Objects.requireNonNull(getClass().getResource("/golden/" + file));
    List<String> told = new ArrayList<>();
    GoldenCheck.Tally tally = new GoldenCheck().check(Path.of(resource.toURI()), told::add);
    assertThat(told).isEmpty();
    assertThat(tally).isEqualTo(new GoldenCheck.Tally(passed, 0, notImplemented));
  }
}
