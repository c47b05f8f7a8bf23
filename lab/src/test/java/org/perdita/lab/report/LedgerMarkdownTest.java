package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.experiment.Verdict;

class LedgerMarkdownTest {

  @Test
  void hasATableOfEachRun(@TempDir Path out) {
    FakeResults.write(out);
    String page = LedgerMarkdown.whole(Ledger.read(List.of(out))).replace(Numbers.FIXED, " ");
    assertThat(page)
        .startsWith("# Claim ledger\n")
        .contains("\n## fake-digits: made-up digits, quick scale\n")
        .contains("> An invented loss beats another one where labels are wrong.\n")
        .contains(
            "Differs from the published setting: made-up digits instead of other made-up digits.")
        .contains("\n## fake-rings: made-up rings, full scale\n");
    List<String> rows = page.lines().filter(line -> line.startsWith("| ")).toList();
    assertThat(rows).hasSize(7).allMatch(line -> line.endsWith(" |"));
    assertThat(rows.get(2))
        .isEqualTo(
            "| Bi-tempered beats logistic at 40 % noise. | 97.64 → 98.56 % (unconfirmed)"
                + " | 91.30 ± 0.20 → 97.30 ± 0.20 % | +6.00 points [+6.00, +6.00] | 5"
                + " | **different setting**: the claim holds |");
    assertThat(rows.get(3)).endsWith("; 1 diverged |");
    assertThat(rows.get(6)).contains("**reproduced**: the claim holds |");
  }

  @Test
  void hasOneHeadlineOfEachRun(@TempDir Path out) {
    FakeResults.write(out);
    List<String> rows = LedgerMarkdown.headlines(Ledger.read(List.of(out))).lines().toList();
    assertThat(rows).hasSize(4);
    assertThat(rows.get(2)).contains("fake-digits", "Bi-tempered beats logistic at 40 % noise.");
    assertThat(rows.get(3)).contains("fake-rings", "**reproduced**");
  }

  @Test
  void keepsACellInItsCell() {
    Ledger.Row row =
        new Ledger.Row(
            "e",
            "run",
            "data",
            "claim",
            "source",
            "a | b\nc",
            "–",
            true,
            "–",
            "–",
            0,
            Verdict.Kind.NO_RESULT,
            "no pair of trainings has finished",
            "",
            0);
    assertThat(LedgerMarkdown.headlines(new Ledger(List.of(row))).lines().skip(2))
        .containsExactly(
            "| e, data | a \\| b c | – | – | **no result**: no pair of trainings has finished |");
  }
}
