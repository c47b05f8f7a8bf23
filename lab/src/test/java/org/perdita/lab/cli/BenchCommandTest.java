package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsMeasured(@TempDir Path folder) {
    Path file = folder.resolve("missing").resolve("bench.json");
    Shell shell = perdita("bench", "--json", file.toString());
    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.err())
        .isEqualTo("perdita bench: " + file + ": cannot be written: no such file or folder\n");
  }

  @Test
  void onlyOneSize() {
    Shell shell = perdita("bench", "--quick", "--tiny");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).contains("--quick").contains("--tiny").hasLineCount(1);
  }
}
