package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.Experiments;
import org.perdita.lab.FakeExperiment;
import org.perdita.lab.run.ResultStore;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class CtrlCTest {

  /** The command line over an experiment that sleeps after its third training. */
  static final class Slow {
    private Slow() {}

    public static void main(String[] args) {
      FakeExperiment slow =
          new FakeExperiment(
              "fake",
              (training, taken) -> {
                if (taken > 9) {
                  System.out.println("asleep");
                  Thread.sleep(60_000);
                }
              });
      System.exit(Main.commandLine(new Experiments(List.of(slow))).execute(args));
    }
  }

  @Test
  void beingToldToEndKeepsFinishedLinesAndSaysHowToGoOn(@TempDir Path out)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile(out, "err", "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Slow.class.getName(),
                "reproduce",
                "--threads",
                "1",
                "--out",
                out.toString())
            .redirectError(err.toFile())
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("asleep");
    // Not SIGINT, which a process started in the background may have inherited as ignored; both
    // reach the same hook.
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(Files.readString(err))
        .endsWith(
            "perdita reproduce: interrupted: 3 trainings of fake are finished and kept, 9 are left;"
                + " run the same command again to go on\n");
    assertThat(ResultStore.readAll(out).get(0).lines()).hasSize(3);
  }
}
