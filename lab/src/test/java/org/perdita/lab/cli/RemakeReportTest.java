package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.FakeExperiment;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemakeReportTest {
  private final Path folder;
  private final Path out;

  RemakeReportTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  @BeforeAll
  void reproduce() {
    Shell shell =
        perdita(List.of(new FakeExperiment("fake")), "reproduce", "--out", out.toString());
    assertThat(shell.code()).isZero();
    assertThat(shell.out())
        .contains("fake, made-up numbers, quick scale: stout beats thin\n")
        .containsPattern("  published  – → 70\\.00.% \\(unconfirmed\\)\n")
        .contains("  verdict    reproduced: the claim holds\n")
        .endsWith("The report: " + out.resolve("report.html") + "\n");
    assertThat(out.resolve("report.html")).isRegularFile();
  }

  @Test
  void reportIsRemadeWithoutTraining() throws IOException {
    Files.delete(out.resolve("report.html"));
    Shell shell = perdita("report", "--out", out.toString());
    assertThat(shell).isEqualTo(new Shell(0, out.resolve("report.html") + "\n", ""));
    assertThat(out.resolve("report.html")).isRegularFile();
  }

  @Test
  void reportOfSeveralFoldersGoesWhereItIsAskedFor() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    perdita("report", out.toString(), out.toString(), "--out", elsewhere.toString());
    assertThat(elsewhere.resolve("report.html")).isRegularFile();
  }

  @Test
  void ledgerIsMarkdownToo() {
    Shell whole = perdita("report", out.toString(), "--markdown");
    assertThat(whole.code()).isZero();
    assertThat(whole.out()).startsWith("# Claim").contains("stout beats thin", "**reproduced**");
    Shell headlines = perdita("report", "--headlines", out.toString());
    assertThat(headlines.code()).isZero();
    assertThat(headlines.out()).startsWith("| experiment |").contains("stout beats thin");
  }

  @Test
  void refusals() {
    Path none = folder.resolve("none");
    assertThat(perdita("report", none.toString()))
        .isEqualTo(new Shell(3, "", "perdita report: " + none + ": no such folder\n"));
    assertThat(perdita("report", out.toString(), "--out", none.toString()))
        .isEqualTo(new Shell(3, "", "perdita report: --out: " + none + ": no such folder\n"));
  }
}
