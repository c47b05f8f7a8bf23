package org.perdita.cluster;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.Experiments;
import org.perdita.lab.cli.Main;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.run.ResultStore;
import org.perdita.lab.run.Results;

/** On a real master with two workers, each in a JVM of its own that has no class of ours. */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {
  private static final int SEEDS = 16;
  private static final int RINGS = 8 * SEEDS;
  private static final String QUICK_EXECUTORS =
      "spark.executor.extraJavaOptions=" + String.join(" ", Jvm.SHORT_LIVED);

  private final Path folder;
  private final Path work;
  private final Path home;
  private final Jvm master;
  private final String url;
  private final Jvm worker;
  private final Jvm doomed;

  StandaloneIT(@TempDir Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    work = folder.resolve("work");
    home = Jvm.sparkHome();
    String program = "org.apache.spark.deploy.master.Master";
    Path log = folder.resolve("master.log");
    master =
        Jvm.start(
            home, log, "", program, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    url = master.says("Starting Spark master at (spark://\\S+)");
    // Spark puts the copy of a slow task on another host only: so the workers go by two names.
    worker = worker("127.0.0.1");
    doomed = worker("localhost");
    worker.says("Successfully registered with (master)");
    doomed.says("Successfully registered with (master)");
  }

  private Jvm worker(String host) throws IOException {
    return Jvm.start(
        home,
        folder.resolve(host + ".log"),
        "",
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        host,
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "2g",
        "--work-dir",
        work.resolve(host).toString(),
        url);
  }

  @AfterAll
  void end() throws IOException {
    Stream.of(doomed, worker, master).forEach(Jvm::close);
    // The natives that the executors have unpacked, with links among them.
    try (Stream<Path> left = Files.walk(work)) {
      for (Path file : left.sorted(reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** The command line, whose results go to {@code out}. */
  private static String[] reproduce(Path out, String... words) {
    List<String> all = new ArrayList<>(List.of("reproduce", "--tiny", "--out", out.toString()));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  private static String[] joined(List<String> first, String... then) {
    return Stream.concat(first.stream(), Stream.of(then)).toArray(String[]::new);
  }

  /** What was measured, to the bit, by training. */
  private static Map<String, String> measured(Path out) {
    Results results = ResultStore.readAll(out).get(0);
    Map<String, String> measured = new TreeMap<>();
    for (ResultLine line : results.lines()) {
      measured.put(
          line.arm().name() + ", " + line.condition() + ", " + line.seed(),
          new TreeMap<>(line.metrics())
              + " "
              + new TreeMap<>(line.curves())
              + line.diverged()
              + line.provenance().engine());
    }
    assertThat(results.file()).content().hasLineCount(measured.size());
    return measured;
  }

  private Map<String, String> measuredHere(String... words) {
    Path out = folder.resolve("here " + words[0]);
    assertThat(Main.commandLine(Experiments.all()).execute(reproduce(out, words))).isZero();
    return measured(out);
  }

  @Test
  @Order(1)
  void onAMasterTheClassesNativesAndDataAreSentToTheWorkers() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Random random = new Random(3);
    StringBuilder table = new StringBuilder("a,b,label\n");
    for (int row = 0; row < 300; row++) {
      boolean positive = row % 4 == 0;
      double a = random.nextGaussian() + (positive ? 1 : 0);
      table.append(a).append(',').append(random.nextGaussian()).append(positive ? ",1\n" : ",0\n");
    }
    Files.writeString(data.resolve("table.csv"), table);
    String[] words = {"imbalanced-tables", "--seeds", "1", "--data", data.toString()};
    Path out = folder.resolve("on");
    List<String> program =
        List.of("-Dspark.ui.enabled=false", "-D" + QUICK_EXECUTORS, "org.perdita.lab.cli.Main");
    String[] command = joined(program, joined(List.of(reproduce(out, words)), "--on", url));
    try (Jvm driver = Jvm.start(home, folder.resolve("on.log"), Jvm.ALL.toString(), command)) {
      assertThat(driver.end()).as(driver.said()).isZero();
      assertThat(driver.said()).doesNotContain("INFO").doesNotContain(" WARN ");
    }
    assertThat(measured(out)).isNotEmpty().isEqualTo(measuredHere(words));
    try (Stream<Path> files = Files.walk(work)) {
      assertThat(files.filter(file -> file.endsWith("perdita-data/table.csv"))).isNotEmpty();
    }
  }

  @Test
  @Order(2)
  void submittedWithCopiedTasksAndAKilledWorkerNothingIsLostOrDoubled() throws Exception {
    String[] words = {"noisy-rings", "--seeds", Integer.toString(SEEDS)};
    Path out = folder.resolve("submitted");
    List<String> submit = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit"));
    submit.addAll(List.of("--master", url));
    for (String setting :
        List.of(
            "spark.ui.enabled=false",
            QUICK_EXECUTORS,
            // both workers before the first training
            "spark.cores.max=2",
            "spark.scheduler.minRegisteredResourcesRatio=1.0",
            // whatever takes more than a blink is run twice
            "spark.speculation=true",
            "spark.speculation.interval=50ms",
            "spark.speculation.task.duration.threshold=50ms")) {
      submit.addAll(List.of("--conf", setting));
    }
    submit.add(Jvm.ALL.toString());
    try (Jvm driver =
        Jvm.start(home, folder.resolve("submit.log"), "", joined(submit, reproduce(out, words)))) {
      driver.says("noisy-rings: (" + RINGS / 8 + ") of " + RINGS);
      doomed.close();
      assertThat(driver.end()).as(driver.said()).isZero();
      assertThat(driver.said())
          .contains("as speculatable because it ran more than 50.0 ms")
          .containsSubsequence("the executor on localhost was lost", RINGS + " of " + RINGS)
          .doesNotContain(" failed: ");
    }
    assertThat(measured(out)).hasSize(RINGS).isEqualTo(measuredHere(words));
  }
}
