package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.experiment.Verdict;

class LedgerTest {

  @Test
  void isATableInMarkdown(@TempDir Path out) {
    FakeResults.write(out);
    List<String> lines = Ledger.read(List.of(out)).markdown().lines().toList();
    assertThat(lines).hasSize(5).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
    assertThat(lines.get(2).replace(Numbers.FIXED, " "))
        .isEqualTo(
            "| Bi-tempered beats logistic at 40 % noise. (fake-digits, made-up digits, quick scale)"
                + " | 97.64 → 98.56 % (unconfirmed) | 91.30 ± 0.20 → 97.30 ± 0.20 %"
                + " | +6.00 points [+6.00, +6.00] | **different setting**: the claim holds;"
                + " differs: made-up digits instead of other made-up digits |");
    assertThat(lines.get(3)).endsWith("; 1 diverged |");
    assertThat(lines.get(4)).contains("**reproduced**: the claim holds |");
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
    assertThat(new Ledger(List.of(row)).markdown().lines().skip(2))
        .containsExactly(
            "| a \\| b c (e, data) | – | – | – |"
                + " **no result**: no pair of trainings has finished |");
  }
}
