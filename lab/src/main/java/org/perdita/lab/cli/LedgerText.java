package org.perdita.lab.cli;

import java.util.stream.Collectors;
import org.perdita.lab.report.Ledger;

/** The claim ledger for a terminal: four lines a claim, so that it is readable at any width. */
final class LedgerText {
  private LedgerText() {}

  static String of(Ledger ledger) {
    return ledger.rows().stream().map(LedgerText::row).collect(Collectors.joining("\n"));
  }

  private static String row(Ledger.Row row) {
    return String.format(
        """
        %s, %s: %s
          published  %s%s
          ours       %s, difference %s
          verdict    %s: %s%s
        """,
        row.experiment(),
        row.setting(),
        row.sentence(),
        row.theirs(),
        row.confirmed() ? "" : " (unconfirmed)",
        row.ours(),
        row.difference(),
        row.verdict(),
        row.finding(),
        row.differs().isEmpty() ? "" : "; differs: " + row.differs());
  }
}
