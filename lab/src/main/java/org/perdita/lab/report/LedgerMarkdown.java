package org.perdita.lab.report;

import java.util.List;
import java.util.stream.Collectors;
import org.perdita.lab.report.Ledger.Row;

/** The claim ledger in Markdown, for a repository's pages. */
public final class LedgerMarkdown {
  private LedgerMarkdown() {}

  /** One table: the first claim of each run, which is what its experiment is about. */
  public static String headlines(Ledger ledger) {
    StringBuilder page = new StringBuilder();
    page.append("| experiment | claim | ours (95 % interval) | difference | verdict |\n");
    page.append("| --- | --- | --- | --- | --- |\n");
    String run = "";
    for (Row row : ledger.rows()) {
      if (!row.run().equals(run)) {
        page.append(
            line(
                row.experiment() + ", " + row.setting(),
                row.sentence(),
                row.ours(),
                row.difference(),
                verdict(row)));
        run = row.run();
      }
    }
    return page.toString();
  }

  /** Every claim, a table for each run. */
  public static String whole(Ledger ledger) {
    StringBuilder page = new StringBuilder("# Claim ledger\n");
    String run = "";
    for (Row row : ledger.rows()) {
      if (!row.run().equals(run)) {
        page.append("\n## ").append(row.experiment()).append(": ").append(row.setting());
        page.append("\n\n> ").append(oneLine(row.claim())).append("\n>\n> ");
        page.append(oneLine(row.source())).append("\n\n");
        if (!row.differs().isEmpty()) {
          page.append("Differs from the published setting: ");
          page.append(oneLine(row.differs())).append(".\n\n");
        }
        page.append(
            "| claim | published | ours (95 % interval) | difference | pairs | verdict |\n");
        page.append("| --- | --- | --- | --- | --: | --- |\n");
        run = row.run();
      }
      page.append(
          line(
              row.sentence(),
              row.theirs() + (row.confirmed() ? "" : " (unconfirmed)"),
              row.ours(),
              row.difference(),
              Integer.toString(row.seeds()),
              verdict(row)));
    }
    return page.toString();
  }

  private static String verdict(Row row) {
    String diverged = row.diverged() == 0 ? "" : "; " + row.diverged() + " diverged";
    return "**" + row.verdict() + "**: " + row.finding() + diverged;
  }

  private static String line(String... cells) {
    return List.of(cells).stream()
        .map(cell -> oneLine(cell).replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String oneLine(String text) {
    return text.lines().collect(Collectors.joining(" "));
  }
}
