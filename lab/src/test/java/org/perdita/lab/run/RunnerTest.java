package org.perdita.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.FakeExperiment;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Verdict;

@Timeout(30)
class RunnerTest {
  private final Path out;

  RunnerTest(@TempDir Path out) {
    this.out = out;
  }

  private final StringWriter shown = new StringWriter();
  private final AtomicInteger refreshed = new AtomicInteger();

  private Runner runner(int threads) {
    return new Runner(
        new ResultStore(out),
        new Threads(new Machine("commit", "jdk", "cpu"), threads),
        new PlainDisplay(new PrintWriter(shown)),
        refreshed::incrementAndGet);
  }

  private Runner.Tally run(FakeExperiment fake, int threads) {
    return runner(threads).run(fake.plan(Request.of(Scale.QUICK)), fake.engine());
  }

  private Results results() {
    return ResultStore.readAll(out).get(0);
  }

  @Test
  void everyTrainingLeavesALineThatTheVerdictIsMadeFrom() {
    assertThat(run(new FakeExperiment("fake"), 2)).isEqualTo(new Runner.Tally(0, 12, 0, 0));
    assertThat(results().lines()).hasSize(12);
    assertThat(refreshed).hasValue(12);
    Verdict verdict = Verdict.of(results().protocol(), results().lines()).get(0);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.REPRODUCED);

    ResultLine line = results().lines().get(0);
    assertThat(line.provenance().engine()).isEqualTo("none 1.0");
    assertThat(line.provenance().commit()).isEqualTo("commit");
    assertThat(line.pictures()).hasSize(1);
    assertThat(results().file().resolveSibling(line.pictures().get(0).file())).isRegularFile();
  }

  @Test
  void eachTrainingStaysOnOneThread() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Set<Integer> parallelism = ConcurrentHashMap.newKeySet();
    run(
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              threads.add(Thread.currentThread());
              parallelism.add(ForkJoinTask.getPool().getParallelism());
            }),
        3);
    assertThat(threads.size()).isBetween(1, 3);
    assertThat(parallelism).containsExactly(1);
  }

  @Test
  void secondRunRepeatsNothing() {
    run(new FakeExperiment("fake"), 2);
    FakeExperiment again = new FakeExperiment("fake");
    assertThat(run(again, 2)).isEqualTo(new Runner.Tally(12, 0, 0, 0));
    assertThat(again.begun()).isZero();

    Request more = new Request(Scale.QUICK, Optional.empty(), OptionalInt.of(4), false, false);
    assertThat(runner(1).run(again.plan(more), "engine")).isEqualTo(new Runner.Tally(12, 4, 0, 0));
    assertThat(again.begun()).isEqualTo(4);
  }

  /** A setting of several numbers, whose names are not in the order of the alphabet. */
  private record Sizes(int width, int depth) {}

  @Test
  void settingsOfSeveralNumbersAreKnownAgain() {
    Map<String, Object> settings = Map.of("network", new Sizes(8, 2), "epochs", 5);
    run(new FakeExperiment("fake", settings, (training, taken) -> {}), 1);
    FakeExperiment again = new FakeExperiment("fake", settings, (training, taken) -> {});
    assertThat(run(again, 1)).isEqualTo(new Runner.Tally(12, 0, 0, 0));
    assertThat(again.begun()).isZero();
  }

  @Test
  void otherSettingsAreOtherTrainings() {
    run(new FakeExperiment("fake"), 2);
    FakeExperiment other = new FakeExperiment("fake", Map.of("epochs", 6), (t, n) -> {});
    assertThat(run(other, 2)).isEqualTo(new Runner.Tally(0, 12, 0, 0));
    assertThat(results().lines()).hasSize(12);
  }

  @Test
  void trainingThatThrowsIsToldOfAndTheOthersGoOn() throws IOException {
    FakeExperiment failing =
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              if (training.arm().name().equals("stout") && training.seed() == 2) {
                throw new IllegalStateException("out of luck\nsecond line");
              }
            });
    assertThat(run(failing, 2)).isEqualTo(new Runner.Tally(0, 10, 2, 0));
    assertThat(results().lines()).hasSize(10);
    Path traces = out.resolve("fake/failures.txt");
    assertThat(shown.toString())
        .contains(
            "fake: stout, noise 0.2, seed 2 failed: IllegalStateException: out of luck; the trace"
                + " is in "
                + traces)
        .doesNotContain("\tat ");
    assertThat(Files.readString(traces)).contains("\tat ");

    assertThat(run(new FakeExperiment("fake"), 2)).isEqualTo(new Runner.Tally(10, 2, 0, 0));
  }

  @Test
  void stopKeepsWhatIsFinishedAndTheNextRunGoesOn() throws InterruptedException {
    CountDownLatch fifth = new CountDownLatch(1);
    FakeExperiment slow =
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              if (taken > 15) {
                fifth.countDown();
                Thread.sleep(60_000);
              }
            });
    Runner runner = runner(1);
    AtomicReference<Runner.Tally> tally = new AtomicReference<>();
    Thread caller =
        new Thread(() -> tally.set(runner.run(slow.plan(Request.of(Scale.QUICK)), slow.engine())));
    caller.start();
    fifth.await();
    long asked = System.nanoTime();
    runner.stop();
    caller.join();
    assertThat((System.nanoTime() - asked) / 1e9).isLessThan(2);
    assertThat(tally.get()).isEqualTo(new Runner.Tally(0, 5, 0, 7));

    FakeExperiment rest = new FakeExperiment("fake");
    assertThat(run(rest, 2)).isEqualTo(new Runner.Tally(5, 7, 0, 0));
    assertThat(rest.begun()).isEqualTo(7);
  }

  @Test
  void interruptingTheCallerStopsToo() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    FakeExperiment slow =
        new FakeExperiment(
            "fake",
            (training, taken) -> {
              begun.countDown();
              Thread.sleep(60_000);
            });
    AtomicReference<Runner.Tally> tally = new AtomicReference<>();
    Thread caller = new Thread(() -> tally.set(run(slow, 2)));
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join();
    assertThat(tally.get()).isEqualTo(new Runner.Tally(0, 0, 0, 12));
  }

  @Test
  void stoppedRunnerBeginsNothing() {
    FakeExperiment fake = new FakeExperiment("fake");
    Runner runner = runner(2);
    runner.stop();
    assertThat(runner.run(fake.plan(Request.of(Scale.QUICK)), "engine").left())
        .isEqualTo(12 - results().lines().size());
  }

  @Test
  void trainingToldOfTwiceHasOneLine() {
    Machine machine = new Machine("commit", "jdk", "cpu");
    Site stuttering =
        (plan, engine, toDo, display, told) ->
            new Threads(machine, 2)
                .begin(
                    plan,
                    engine,
                    toDo,
                    display,
                    event -> {
                      told.accept(event);
                      told.accept(event);
                    });
    PlainDisplay display = new PlainDisplay(new PrintWriter(shown));
    Runner runner = new Runner(new ResultStore(out), stuttering, display, () -> {});
    FakeExperiment fake = new FakeExperiment("fake");
    FakeExperiment next = new FakeExperiment("next"); // is told of what came late from the first
    Request request = Request.of(Scale.QUICK);
    assertThat(runner.run(fake.plan(request), "none")).isEqualTo(new Runner.Tally(0, 12, 0, 0));
    assertThat(runner.run(next.plan(request), "none")).isEqualTo(new Runner.Tally(0, 12, 0, 0));
    for (Results results : ResultStore.readAll(out)) {
      assertThat(results.file()).content().hasLineCount(12);
    }
  }

  @Test
  void plainLinesNameTrainingAndMeasures() {
    run(new FakeExperiment("fake"), 1);
    assertThat(shown.toString().lines().toList()).hasSize(13);
    assertThat(shown.toString())
        .startsWith("fake: 12 trainings to do")
        .containsPattern(
            "fake: 1 of 12, thin, noise 0.0, seed 1: accuracy 0.801\\d*, nothing NaN \\(0\\.\\d s, about \\d+ s left\\)");
  }
}
