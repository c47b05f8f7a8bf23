package org.perdita.lab.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.perdita.lab.experiment.ResultLine.Provenance;

/**
 * Where results are made.
 *
 * @param commit of the checkout, with a + if files were changed; unknown outside one
 * @param jdk the Java runtime
 * @param cpu the processor's name and the number of cores seen
 */
public record Machine(String commit, String jdk, String cpu) {

  /** This machine, with the commit of the checkout in {@code home}. */
  public static Machine here(Path home) {
    return here(commit(home));
  }

  /** This machine, running code of {@code commit}. */
  public static Machine here(String commit) {
    return new Machine(
        commit,
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
  }

  /** The provenance of a training that ended now. */
  public Provenance now(String engine, double seconds) {
    String finished = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Provenance(commit, jdk, cpu, engine, finished, Math.round(seconds * 1e3) / 1e3);
  }

  private static String commit(Path home) {
    return git(home, "rev-parse", "HEAD")
        .filter(commit -> !commit.isEmpty())
        .map(commit -> commit + git(home, "status", "--porcelain").map(Machine::mark).orElse(""))
        .orElse("unknown");
  }

  private static String mark(String changes) {
    return changes.isEmpty() ? "" : "+";
  }

  /** What git says, or empty if there is no git, no repository, or no answer in ten seconds. */
  private static Optional<String> git(Path home, String... words) {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  Stream.concat(Stream.of("git", "-C", home.toString()), Stream.of(words)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean well = process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
      return well ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException e) {
      return System.getProperty("os.arch");
    }
  }
}
