package org.perdita.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table = new Table("", "heap", "");

  TableTest() {
    table.add("focal", "2.1", "met");
    table.add("cross-entropy", "10.75", "");
  }

  @Test
  void wordsToTheLeftNumbersToTheRight() {
    assertThat(table.text())
        .isEqualTo(
            """
                            heap
            focal            2.1  met
            cross-entropy  10.75
            """);
  }

  @Test
  void markdown() {
    assertThat(table.markdown())
        .isEqualTo(
            """
            |  | heap |  |
            |---|--:|---|
            | focal | 2.1 | met |
            | cross-entropy | 10.75 |  |
            """);
  }
}
