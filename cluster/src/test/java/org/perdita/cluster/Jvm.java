package org.perdita.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JVM with Spark on its class path, and nothing of this project but what it is given. */
final class Jvm implements AutoCloseable {
  /** The assembled jar. */
  static final Path ALL = Path.of("target/perdita-cluster.jar").toAbsolutePath();

  /** What must come to a worker in the assembled jar. */
  private static final List<String> OURS =
      List.of("perdita", "pytorch", "openblas", "javacpp", "xgboost");

  private static final int PATIENCE_SECONDS = 200;

  /** For JVMs that live for seconds. */
  static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final Path log;

  private Jvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Lays out what a machine of a cluster has: Spark and its dependencies, of which some are also
   * the lab's.
   */
  static Path sparkHome() throws IOException {
    Path home = Path.of("target/spark-home").toAbsolutePath();
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (Stream<Path> old = Files.list(jars)) {
      for (Path link : old.toList()) {
        Files.delete(link);
      }
    }
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(place).toAbsolutePath();
      String name = jar.getFileName().toString();
      if (name.endsWith(".jar") && OURS.stream().noneMatch(name::startsWith)) {
        Path link = jars.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, jar);
      }
    }
    return home;
  }

  /**
   * Starts a program.
   *
   * @param home where Spark is
   * @param log what it says
   * @param more a further place on the class path, or nothing
   */
  static Jvm start(Path home, Path log, String more, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("spark.jvm").toAbsolutePath());
    String jars = home.resolve("jars") + File.separator + "*";
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-Xmx1g", "-cp", jars + File.pathSeparator + more));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new Jvm(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** All it has said so far. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** The first group of {@code pattern}, once it has said so. */
  String says(String pattern) throws IOException, InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    long began = System.nanoTime();
    while (true) {
      List<MatchResult> found = wanted.matcher(said()).results().toList();
      if (!found.isEmpty()) {
        return found.get(0).group(found.get(0).groupCount());
      }
      patience(began, "did not say " + pattern);
    }
  }

  private void patience(long began, String complaint) throws IOException, InterruptedException {
    if (!process.isAlive() || System.nanoTime() - began > PATIENCE_SECONDS * 1_000_000_000L) {
      throw new AssertionError(log + ": " + complaint + ":\n" + said());
    }
    Thread.sleep(20);
  }

  /** Its exit code. */
  int end() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(log + ": does not end:\n" + said());
    }
    return process.exitValue();
  }

  /** Kills it and whatever it has started, at once and without a word. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }
}
