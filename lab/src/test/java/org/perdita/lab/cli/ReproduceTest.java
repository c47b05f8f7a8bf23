package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.FakeExperiment;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.run.ResultStore;

class ReproduceTest {
  private final Path folder;

  ReproduceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Shell reproduce(Experiment experiment, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = "reproduce";
    all[1] = "--out";
    all[2] = folder.resolve("out").toString();
    System.arraycopy(args, 0, all, 3, args.length);
    return perdita(List.of(experiment, new FakeExperiment("other")), all);
  }

  private static void refused(Shell shell, int code, String sentence) {
    assertThat(shell.err()).isEqualTo(sentence + "\n");
    assertThat(shell.code()).isEqualTo(code);
  }

  @Test
  void runsEverythingByDefault() {
    Shell shell = reproduce(new FakeExperiment("fake"));
    assertThat(shell.code()).isZero();
    assertThat(ResultStore.readAll(folder.resolve("out")))
        .extracting(results -> results.protocol().experiment() + results.lines().size())
        .containsExactly("fake12", "other12");
  }

  @Test
  void runsWhatIsNamedAtTheScaleAndSeedsAskedFor() {
    Shell shell =
        reproduce(
            new FakeExperiment("fake"),
            "fake",
            "--scale",
            "full",
            "--seeds",
            "2",
            "--threads",
            "1");
    assertThat(shell.code()).isZero();
    assertThat(ResultStore.readAll(folder.resolve("out")))
        .extracting(results -> results.protocol().scale() + results.lines().size())
        .containsExactly("full8");
  }

  @Test
  void failedTrainingIsExitCodeOne() {
    FakeExperiment failing =
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              throw new OutOfMemoryError("no more");
            });
    Shell shell = reproduce(failing, "fake");
    assertThat(shell.code()).isEqualTo(1);
    assertThat(shell.err()).contains("failed: OutOfMemoryError: no more").doesNotContain("\tat ");
  }

  @Test
  void refusals() throws IOException {
    FakeExperiment fake = new FakeExperiment("fake");
    String help = "; see perdita reproduce --help";
    refused(
        reproduce(fake, "fak"),
        2,
        "perdita reproduce: there is no experiment 'fak'; there is fake, other" + help);
    refused(
        reproduce(fake, "--seeds", "0"),
        2,
        "perdita reproduce: --seeds must be 1 or more, was 0" + help);
    refused(
        reproduce(fake, "--seeds", "many"),
        2,
        "perdita reproduce: Invalid value for option '--seeds': 'many' is not an int" + help);
    refused(
        reproduce(fake, "--threads", "-1"),
        2,
        "perdita reproduce: --threads must be 1 or more, was -1" + help);
    refused(
        reproduce(fake, "--scale", "huge"),
        2,
        "perdita reproduce: Invalid value for option '--scale':"
            + " 'huge' is not one of quick, full, paper"
            + help);
    refused(
        reproduce(fake, "--on", "local[2]"),
        3,
        "perdita reproduce: --on: there is no Spark on the class path; ./perdita brings it");
    Path none = folder.resolve("none");
    refused(
        reproduce(fake, "--data", none.toString()),
        3,
        "perdita reproduce: --data: " + none + ": no such folder");
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(
        perdita(List.of(fake), "reproduce", "--out", file.toString()),
        3,
        "perdita reproduce: --out: " + file + ": is not a folder");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void refusalOfOneExperimentLeavesTheOthersGoing() {
    Experiment picky = new FakeExperiment("picky");
    Shell shell = reproduce(picky, "--data", folder.toString());
    assertThat(shell.code()).isEqualTo(3);
    assertThat(shell.err().lines())
        .containsExactly(
            "perdita reproduce: picky: picky reads no data",
            "perdita reproduce: other: other reads no data");
  }

  @Test
  void interruptionSaysHowToGoOn() throws InterruptedException {
    Thread caller = Thread.currentThread();
    FakeExperiment slow =
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              if (taken > 9) {
                caller.interrupt();
                Thread.sleep(60_000);
              }
            });
    Shell shell = reproduce(slow, "--threads", "1");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(shell.code()).isEqualTo(130);
    assertThat(shell.err())
        .endsWith(
            "perdita reproduce: interrupted: 3 trainings of fake are finished and kept, 9 are left;"
                + " run the same command again to go on\n");
  }
}
