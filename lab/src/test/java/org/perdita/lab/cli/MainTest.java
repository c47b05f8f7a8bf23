package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.lab.FakeExperiment;

class MainTest {

  @Test
  void withoutArgumentsThereIsHelp() {
    Shell shell = perdita();
    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("Usage: perdita", "reproduce", "check", "130   interrupted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reproduce", "list", "check", "completion"})
  void everyLevelHasHelpWithExitCodes(String command) {
    Shell shell = perdita(command, "--help");
    assertThat(shell.code()).isZero();
    assertThat(shell.out())
        .contains("Usage: perdita " + command, "Exit codes:", "2     the command line")
        .doesNotContain("--tiny");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void versionNamesLibraryAndJava() {
    assertThat(perdita("--version").out()).matches("perdita \\S+ \\(Java \\S+, \\S+\\)\\s+");
    assertThat(perdita("check", "--version")).isEqualTo(perdita("--version"));
  }

  @Test
  void unknownSubcommandIsOneSentence() {
    Shell shell = perdita("reproduct");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err())
        .isEqualTo(
            "perdita: Unmatched argument at index 0: 'reproduct', did you mean reproduce;"
                + " see perdita --help\n");
  }

  @Test
  void unknownFlagIsOneSentence() {
    assertThat(perdita("list", "--loud"))
        .isEqualTo(
            new Shell(2, "", "perdita list: Unknown option: '--loud'; see perdita list --help\n"));
  }

  @Test
  void listNamesClaimSourceAndData() {
    assertThat(perdita(List.of(new FakeExperiment("fake")), "list").out())
        .isEqualTo(
            """
            fake
              claim   Stout beats thin.
              source  Nobody, Nowhere 2000, Table 0
              data    made-up numbers
            """);
  }

  @Test
  void completionIsAScriptThatKnowsTheSubcommands() {
    Shell shell = perdita("completion");
    assertThat(shell.code()).isZero();
    assertThat(shell.out()).contains("complete", "_complete_perdita", "reproduce", "--scale");
  }

  @Test
  void unexpectedFailureIsOneSentenceWithATraceInAFile() throws IOException {
    FakeExperiment broken =
        new FakeExperiment("fake") {
          @Override
          public String data() {
            throw new IllegalStateException("a bug\nwith details");
          }
        };
    Shell shell = perdita(List.of(broken), "list");
    assertThat(shell.code()).isEqualTo(1);
    String said = shell.err().strip();
    assertThat(said)
        .startsWith(
            "perdita list: something unexpected happened: IllegalStateException: a bug;"
                + " the full trace is in ")
        .doesNotContain("\n");
    Path trace = Path.of(said.substring(said.lastIndexOf(" ") + 1));
    assertThat(Files.readString(trace)).contains("with details", "\tat ");
    Files.delete(trace);

    assertThat(perdita(List.of(broken), "list", "--debug").err())
        .contains("a bug", "\tat ")
        .doesNotContain("full trace is in");
  }
}
