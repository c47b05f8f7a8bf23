package org.perdita.lab.cli;

import org.perdita.lab.report.Ledger;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The claim ledger for a terminal of eighty columns. */
final class LedgerTable {
  private LedgerTable() {}

  static String of(Ledger ledger) {
    TextTable table =
        TextTable.forColumns(
            Help.defaultColorScheme(Help.Ansi.OFF),
            new Column(30, 0, Overflow.WRAP),
            new Column(14, 1, Overflow.WRAP),
            new Column(18, 1, Overflow.WRAP),
            new Column(18, 1, Overflow.WRAP));
    table.addRowValues("CLAIM", "PUBLISHED", "OURS", "VERDICT");
    for (Ledger.Row row : ledger.rows()) {
      table.addRowValues(
          row.experiment() + " (" + row.setting() + "): " + row.sentence(),
          row.theirs() + (row.confirmed() ? "" : " (unconfirmed)"),
          row.ours() + ", difference " + row.difference(),
          row.verdict() + ": " + row.finding());
      table.addEmptyRow();
    }
    return table.toString();
  }
}
