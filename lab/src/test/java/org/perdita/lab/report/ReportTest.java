package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.run.ResultStore;

class ReportTest {
  /** What would make a browser ask for something that is not in the file. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?i)(src|href|action)\\s*=\\s*[\"']?(https?:|//)|\\burl\\(|@import|sourceMappingURL");

  private final Path out;

  ReportTest(@TempDir Path out) {
    this.out = out;
  }

  @Test
  void isOneFileThatNamesNoOther() throws IOException {
    FakeResults.write(out);
    Path file = Report.write(out);
    assertThat(file).isEqualTo(out.resolve("report.html"));
    String html = Files.readString(file);
    assertThat(ELSEWHERE.matcher(html).results().map(MatchResult::group)).isEmpty();
    assertThat(Files.size(file)).isLessThan(3_000_000);
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("fake-digits", "fake-rings", "report.html");
    }
  }

  @Test
  void saysNumbersAndVerdicts() throws IOException {
    FakeResults.write(out);
    String html = Files.readString(Report.write(out)).replace(Numbers.FIXED, " ");
    // five seeds 0.001 apart: mean at seed 3, t(4) = 2.776, half width 2.776 · 0.1581 / √5 = 0.196
    assertThat(html)
        .contains("91.30 ± 0.20 → 97.30 ± 0.20 %")
        .contains("97.64 → 98.56 %")
        .contains("+6.00 points [+6.00, +6.00]")
        .contains("different setting")
        .contains("differs: made-up digits instead of other made-up digits")
        .contains("reproduced")
        .contains("50 % noise")
        .contains("loss was NaN at step 12")
        .contains("small enough for the invented machine");
  }

  @Test
  void escapesWhatComesFromFiles() throws IOException {
    FakeResults.write(out);
    String html = Files.readString(Report.write(out));
    assertThat(html).contains("surface &lt;script&gt;").doesNotContain(FakeResults.SCRIPT);
  }

  @Test
  void leavesATornLineOutAndSaysSo() throws IOException {
    FakeResults.write(out);
    Path lines = out.resolve("fake-digits/quick-made-up-digits.jsonl");
    Files.writeString(lines, "{\"experiment\":\"fake-", StandardOpenOption.APPEND);
    String html = Files.readString(Report.write(out));
    assertThat(html).contains("the last line was cut short").contains("97.30");
  }

  @Test
  void showsAnExperimentThatHasNotFinished() throws IOException {
    FakeResults.write(out);
    Files.delete(out.resolve("fake-digits/quick-made-up-digits.jsonl"));
    String html = Files.readString(Report.write(out));
    assertThat(html).contains("No training has finished yet").contains("no result");
  }

  @Test
  void namesAPictureThatCannotBeShown() throws IOException {
    FakeResults.write(out);
    Path pictures = out.resolve("fake-rings/pictures");
    Files.delete(pictures.resolve("no-noiselogistic1.png"));
    Files.writeString(pictures.resolve("random-40-logistic1.png"), "no picture at all, just words");
    String html = Files.readString(Report.write(out));
    assertThat(html)
        .contains("no-noiselogistic1.png: cannot be read: no such file or folder")
        .contains("random-40-logistic1.png is not a PNG");
  }

  @Test
  void refusesFoldersWithoutResults() {
    assertThatThrownBy(() -> Report.write(out))
        .isInstanceOf(Refusal.class)
        .hasMessage(out + ": no results to report; perdita reproduce makes some");
    Path missing = out.resolve("missing");
    assertThatThrownBy(() -> Report.write(missing))
        .isInstanceOf(Refusal.class)
        .hasMessage(missing + ": no such folder");
  }

  @Test
  void joinsSeveralFolders(@TempDir Path other) throws IOException {
    FakeResults.digits(new ResultStore(out), 2);
    FakeResults.rings(new ResultStore(other), other);
    Path file = Report.write(List.of(out, other), other.resolve("both.html"));
    assertThat(Files.readString(file)).contains("fake-digits").contains("fake-rings");
  }
}
