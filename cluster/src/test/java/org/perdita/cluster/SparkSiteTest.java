package org.perdita.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.Experiments;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.run.Machine;
import org.perdita.lab.run.PlainDisplay;
import org.perdita.lab.run.ResultStore;
import org.perdita.lab.run.Results;
import org.perdita.lab.run.Runner;
import org.perdita.lab.run.Site;
import org.perdita.lab.run.Threads;

/** On a Spark of two threads in this process. */
@Timeout(120)
class SparkSiteTest {
  private static final Machine HERE = Machine.here("commit");

  private final Path folder;
  private final Path out;
  private final StringWriter shown = new StringWriter();
  private final SparkContext context =
      new SparkContext(
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("test")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1")
              .set("spark.driver.bindAddress", "127.0.0.1"));

  SparkSiteTest(@TempDir Path folder) {
    this.folder = folder;
    out = folder.resolve("out");
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private static Request request(Optional<Path> data) {
    return new Request(Scale.QUICK, data, OptionalInt.of(2), false, true);
  }

  private Runner runner(Path results, Site site) {
    return new Runner(
        new ResultStore(results), site, new PlainDisplay(new PrintWriter(shown)), () -> {});
  }

  private Site site(Shelf shelf, Request request, Optional<String> sent) {
    return new SparkSite(context, shelf, request, sent, HERE.commit());
  }

  private static Experiments all() {
    return new Experiments(
        List.of(new Pretend("pretend", Pretend.SOUND, Pretend.DIVERGING, Pretend.FAILING)));
  }

  private static Experiments endless() {
    return new Experiments(List.of(new Pretend("unending", Pretend.SOUND, Pretend.ENDLESS)));
  }

  private static Results results(Path out) {
    return ResultStore.readAll(out).get(0);
  }

  private static List<Object> measured(ResultLine line) {
    return List.of(
        line.arm(),
        line.seed(),
        line.metrics(),
        line.curves(),
        line.diverged(),
        line.pictures(),
        line.provenance().commit(),
        line.provenance().jdk(),
        line.provenance().cpu(),
        line.provenance().engine());
  }

  @Test
  void linesAreThoseOfARunHereAndWhatFailsIsToldOf() throws IOException {
    Request request = request(Optional.empty());
    Pretend pretend = (Pretend) all().list().get(0);
    Path here = folder.resolve("here");
    Runner.Tally tally =
        runner(here, new Threads(HERE, 1)).run(pretend.plan(request), pretend.engine());
    assertThat(tally).isEqualTo(new Runner.Tally(0, 4, 2, 0));
    shown.getBuffer().setLength(0);

    Site spark = site(SparkSiteTest::all, request, Optional.empty());
    assertThat(runner(out, spark).run(pretend.plan(request), pretend.engine())).isEqualTo(tally);
    assertThat(results(out).lines())
        .extracting(SparkSiteTest::measured)
        .containsExactlyInAnyOrderElementsOf(
            results(here).lines().stream().map(SparkSiteTest::measured).toList());
    for (ResultLine line : results(out).lines()) {
      Path picture = results(out).file().resolveSibling(line.pictures().get(0).file());
      assertThat(ImageIO.read(picture.toFile()).getRGB(1, 0)).isEqualTo(0xffff8040);
    }
    assertThat(shown.toString())
        .contains(
            "failing, as is, seed 2 failed: IllegalStateException: out of luck, on 127.0.0.1;")
        .doesNotContain("second line");
    assertThat(out.resolve("pretend/failures.txt")).content().contains("Pretend$Pretence.run");

    Runner.Tally again = runner(out, spark).run(pretend.plan(request), pretend.engine());
    assertThat(again).isEqualTo(new Runner.Tally(4, 0, 2, 0));
    assertThat(results(out).file()).content().hasLineCount(4);
  }

  @Test
  void dataIsSent() throws IOException {
    Path data = folder.resolve("data");
    Files.createDirectories(data.resolve("deep"));
    Files.writeString(data.resolve("deep/number"), "42");
    Request request = request(Optional.of(data));
    Pretend pretend = (Pretend) all().list().get(0);
    Path archive = Archive.of(data);
    context.addArchive(archive.toUri() + "#numbers");
    Runner runner = runner(out, site(SparkSiteTest::all, request, Optional.of("numbers")));
    assertThat(runner.run(pretend.plan(request), "none").finished()).isEqualTo(4);
    assertThat(results(out).lines())
        .allSatisfy(line -> assertThat(line.metrics()).containsEntry("data", 42.0));
  }

  @Test
  void workerThatPlansOtherwiseIsToldOf() {
    Request request = request(Optional.empty());
    Pretend other = new Pretend("pretend", "unheard-of");
    Site spark = site(SparkSiteTest::all, request, Optional.empty());
    assertThat(runner(out, spark).run(other.plan(request), "none").failed()).isEqualTo(2);
    assertThat(shown.toString())
        .contains("the worker plans pretend with other settings or losses; does it see the same");
  }

  @Test
  void stopKeepsWhatIsFinishedAndEndsTheRest() throws InterruptedException {
    Request request = request(Optional.empty());
    Pretend pretend = (Pretend) endless().list().get(0);
    Runner runner = runner(out, site(SparkSiteTest::endless, request, Optional.empty()));
    Thread person =
        new Thread(
            () -> {
              while (!shown.toString().contains("2 of 4")) {
                LockSupport.parkNanos(10_000_000);
              }
              runner.stop();
            });
    person.start();
    assertThat(runner.run(pretend.plan(request), "none")).isEqualTo(new Runner.Tally(0, 2, 0, 2));
    person.join();
    long began = System.nanoTime();
    while (context.statusTracker().getActiveJobIds().length > 0) {
      assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(30));
      Thread.sleep(10);
    }
    assertThat(shown.toString()).doesNotContain("failed");
  }

  @Test
  void endOfTheApplicationIsSaid() throws InterruptedException {
    Request request = request(Optional.empty());
    Pretend pretend = (Pretend) endless().list().get(0);
    Runner runner = runner(out, site(SparkSiteTest::endless, request, Optional.empty()));
    Thread other =
        new Thread(
            () -> {
              while (!shown.toString().contains("2 of 4")) {
                LockSupport.parkNanos(10_000_000);
              }
              context.stop();
            });
    other.start();
    assertThat(runner.run(pretend.plan(request), "none")).isEqualTo(new Runner.Tally(0, 2, 0, 2));
    other.join();
    assertThat(shown.toString()).contains("the cluster ended the application");
    assertThat(results(out).lines()).hasSize(2);
  }
}
