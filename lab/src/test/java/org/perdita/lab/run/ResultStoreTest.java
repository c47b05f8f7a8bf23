package org.perdita.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.FakeExperiment;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.Scale;

class ResultStoreTest {
  private static final Protocol PROTOCOL = protocol(Map.of("rate", 0.1, "epochs", 5));

  private final Path out;

  ResultStoreTest(@TempDir Path out) {
    this.out = out;
  }

  private static Protocol protocol(Map<String, Object> settings) {
    return new FakeExperiment("fake", settings, (training, taken) -> {})
        .plan(Request.of(Scale.QUICK))
        .protocol();
  }

  private static ResultLine line(Protocol protocol, int seed) {
    return new ResultLine(
        protocol.experiment(),
        protocol.scale(),
        protocol.data(),
        protocol.conditions().get(0),
        protocol.arms().get(0),
        seed,
        Map.of("accuracy", 0.5 + seed, "odd", Double.NaN, "far", Double.POSITIVE_INFINITY),
        Map.of("loss", List.of(1.0, 0.5)),
        List.of(),
        seed == 2 ? Optional.of("step 7: loss is NaN") : Optional.empty(),
        protocol.settings(),
        new Machine("abc+", "a jdk", "a cpu").now("an engine", 1.23456));
  }

  private Path lines() {
    return out.resolve("fake/quick-made-up-numbers.jsonl");
  }

  private Path protocolFile() {
    return out.resolve("fake/quick-made-up-numbers.protocol.json");
  }

  @Test
  void linesReadBackAsTheyWereWritten() {
    ResultStore store = new ResultStore(out);
    assertThat(store.begin(PROTOCOL).lines()).isEmpty();
    List<ResultLine> written = List.of(line(PROTOCOL, 1), line(PROTOCOL, 2));
    written.forEach(line -> store.append(PROTOCOL, line));

    Results results = ResultStore.read(protocolFile());
    assertThat(results.protocol()).isEqualTo(PROTOCOL);
    assertThat(results.lines()).isEqualTo(written);
    assertThat(results.notes()).isEmpty();
    assertThat(results.file()).isEqualTo(lines());
    assertThat(ResultStore.readAll(out)).containsExactly(results);
  }

  @Test
  void settingsKeepTheirOrder() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (String key : List.of("z", "a", "m", "b", "y")) {
      settings.put(key, 1);
    }
    new ResultStore(out).begin(protocol(settings));
    assertThat(ResultStore.read(protocolFile()).protocol().settings().keySet())
        .containsExactly("z", "a", "m", "b", "y");
  }

  @Test
  void tornLastLineIsLeftOutAndCutOff() throws IOException {
    ResultStore store = new ResultStore(out);
    store.begin(PROTOCOL);
    store.append(PROTOCOL, line(PROTOCOL, 1));
    String whole = Files.readString(lines());
    Files.writeString(lines(), whole.substring(0, 40), StandardOpenOption.APPEND);

    assertThat(store.begin(PROTOCOL).lines()).containsExactly(line(PROTOCOL, 1));
    assertThat(store.begin(PROTOCOL).notes())
        .containsExactly(
            lines() + ": the last line was cut short by a killed run and was left out");

    store.append(PROTOCOL, line(PROTOCOL, 2));
    Results results = store.begin(PROTOCOL);
    assertThat(results.lines()).extracting(ResultLine::seed).containsExactly(1, 2);
    assertThat(results.notes()).isEmpty();
  }

  @Test
  void fileThatIsNothingButATornLineIsCutToNothing() throws IOException {
    ResultStore store = new ResultStore(out);
    store.begin(PROTOCOL);
    Files.writeString(lines(), "{\"experiment\":");
    store.append(PROTOCOL, line(PROTOCOL, 1));
    assertThat(Files.readAllLines(lines())).hasSize(1);
  }

  @Test
  void damagedLineInTheMiddleIsNoted() throws IOException {
    ResultStore store = new ResultStore(out);
    store.begin(PROTOCOL);
    store.append(PROTOCOL, line(PROTOCOL, 1));
    Files.writeString(lines(), "not json\n{\"seed\":3}\nnull\n", StandardOpenOption.APPEND);
    store.append(PROTOCOL, line(PROTOCOL, 2));
    Results results = ResultStore.read(protocolFile());
    assertThat(results.lines()).extracting(ResultLine::seed).containsExactly(1, 2);
    assertThat(results.notes())
        .containsExactly(
            lines() + ", line 2: is not a result line and was left out",
            lines() + ", line 3: is not a result line and was left out",
            lines() + ", line 4: is not a result line and was left out");
  }

  @Test
  void linesOfOtherSettingsAndSecondCopiesAreLeftOut() {
    ResultStore store = new ResultStore(out);
    Protocol other = protocol(Map.of("rate", 0.2, "epochs", 5));
    store.begin(other);
    store.append(other, line(other, 1));
    store.begin(PROTOCOL);
    store.append(PROTOCOL, line(PROTOCOL, 1));
    store.append(PROTOCOL, line(PROTOCOL, 1));
    Results results = ResultStore.read(protocolFile());
    assertThat(results.lines()).containsExactly(line(PROTOCOL, 1));
    assertThat(results.notes())
        .containsExactly(
            lines() + ": 1 line was left out, of other settings, losses or conditions");
  }

  @Test
  void threadsAndStoresAppendWholeLines() {
    new ResultStore(out).begin(PROTOCOL);
    IntStream.rangeClosed(1, 200)
        .parallel()
        .forEach(seed -> new ResultStore(out).append(PROTOCOL, line(PROTOCOL, seed)));
    Results results = ResultStore.read(protocolFile());
    assertThat(results.notes()).isEmpty();
    assertThat(results.lines())
        .extracting(ResultLine::seed)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
  }

  @Test
  void interruptedThreadStillWritesItsLine() {
    ResultStore store = new ResultStore(out);
    store.begin(PROTOCOL);
    Thread.currentThread().interrupt();
    store.append(PROTOCOL, line(PROTOCOL, 1));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(ResultStore.read(protocolFile()).lines()).hasSize(1);
  }

  @Test
  void refusals() throws IOException {
    Path none = out.resolve("none");
    assertThatThrownBy(() -> ResultStore.readAll(none))
        .isInstanceOf(Refusal.class)
        .hasMessage(none + ": no such folder");

    Path damaged = out.resolve("damaged.protocol.json");
    Files.writeString(damaged, "{}");
    assertThatThrownBy(() -> ResultStore.readAll(out))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(damaged + ": is not a protocol: ")
        .hasMessageContaining("experiment");
    Files.writeString(damaged, "{");
    assertThatThrownBy(() -> ResultStore.readAll(out))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(damaged + ": is not a protocol: ");

    Path file = Files.writeString(out.resolve("file"), "");
    assertThatThrownBy(() -> new ResultStore(file).begin(PROTOCOL))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            file.resolve("fake/quick-made-up-numbers.protocol.json") + ": cannot be written: ");
  }
}
