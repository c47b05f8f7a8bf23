package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a reader meets it: in a browser. */
class ReportInBrowserTest {

  /** For people who want to look. */
  private static final Path PICTURES = Path.of("target", "report-pictures");

  /** The canvases on which nothing but one colour is seen. */
  private static final String BLANK =
      """
      [...document.querySelectorAll('canvas')].filter(canvas => {
        const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(data.buffer);
        return pixels.every(pixel => pixel === pixels[0]);
      }).map(canvas => canvas.id)
      """;

  private static final String OVERFLOW =
      "document.documentElement.scrollWidth - document.documentElement.clientWidth";

  @Test
  void drawsEveryChartWithoutNetworkOrComplaint(@TempDir Path out) throws Exception {
    assumeTrue(
        Browser.installed().isPresent(),
        "no chromium on the path and none named by $CHROMIUM: the report was not opened");
    FakeResults.write(out);
    URI report = Report.write(out).toUri();
    Path profile = Files.createTempDirectory(Files.createDirectories(PICTURES), "browser");
    try (Browser browser = new Browser(Browser.installed().orElseThrow(), profile)) {
      for (String scheme : List.of("light", "dark")) {
        browser.scheme(scheme);
        for (int width : List.of(1280, 390)) {
          browser.size(width, 844);
          browser.open(report);
          assertThat(browser.evaluate("document.querySelectorAll('canvas').length").asInt())
              .isGreaterThan(5);
          assertThat(browser.evaluate(BLANK)).as("blank charts at %d px", width).isEmpty();
          assertThat(browser.evaluate(OVERFLOW).asInt()).as("overflow at %d px", width).isZero();
          assertThat(browser.requests())
              .allMatch(u -> u.equals(report.toString()) || u.startsWith("data:"));
          keepPicture(browser, scheme + "-" + width);
        }
      }
      browser.evaluate("document.querySelector('button.zoom').click()");
      assertThat(browser.evaluate("document.getElementById('zoom').open").asBoolean()).isTrue();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void keepPicture(Browser browser, String name) throws Exception {
    Files.write(PICTURES.resolve(name + ".png"), browser.screenshot());
  }
}
