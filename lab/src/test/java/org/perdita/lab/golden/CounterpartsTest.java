package org.perdita.lab.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.lab.parity.Answer;
import org.perdita.lab.parity.Counterpart;
import org.perdita.lab.parity.Counterparts;

/** Every line of "Why our numbers differ" against the library it speaks of. */
class CounterpartsTest {

  static Stream<Counterpart> counterparts() {
    return Counterparts.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counterparts")
  void givesTheLibrarysNumbers(Counterpart counterpart) throws URISyntaxException {
    GoldenCase golden = golden(counterpart);
    Answer answer = counterpart.recipe().apply(inputs(golden));
    Map<String, GoldenArray> expected = golden.expected();
    assertThat(answer.results().keySet()).anyMatch(name -> name.startsWith("value"));
    assertThat(answer.results().keySet()).anyMatch(name -> name.startsWith("gradient."));
    answer
        .results()
        .forEach(
            (name, found) -> {
              double[] theirs =
                  Objects.requireNonNull(expected.get(name), "the case has no " + name).data();
              assertThat(found.size()).as(name).isEqualTo(theirs.length);
              double largest = Arrays.stream(theirs).map(Math::abs).max().orElse(0);
              for (int i = 0; i < theirs.length; i++) {
                double ours = 4e-6 * Math.abs(theirs[i]) + 1e-6 * largest;
                double own = golden.rtol() * Math.abs(theirs[i]) + golden.atol();
                assertThat(Math.abs(found.get(i) - theirs[i]))
                    .as("%s[%d]: %s, theirs %s", name, i, found.get(i), theirs[i])
                    .isLessThanOrEqualTo(Math.max(ours, own));
              }
            });
  }

  private static GoldenCase golden(Counterpart counterpart) throws URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(
                    CounterpartsTest.class.getResource("/golden/" + counterpart.file()))
                .toURI());
    return GoldenFile.read(file).stream()
        .filter(c -> c.name().equals(counterpart.golden()))
        .findFirst()
        .orElseThrow();
  }

  private static Counterpart.Inputs inputs(GoldenCase golden) {
    return new Counterpart.Inputs() {
      @Override
      public Tensor tensor(String name) {
        return golden.input(name).tensor();
      }

      @Override
      public Labels labels(String name) {
        GoldenArray labels = golden.input(name);
        return labels.labels(labels.shape());
      }
    };
  }

  @Test
  void theDocumentationIsThisPage() throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "parity.md")))
        .isEqualTo(Counterparts.markdown());
  }

  @Test
  void findsALibraryByAPartOfItsName() {
    assertThat(Counterparts.of("focalloss", "Torchvision"))
        .extracting(Counterpart::golden)
        .containsExactly("tv_default", "tv_soft");
    assertThat(Counterparts.of("FocalLoss", "nowhere")).isEmpty();
  }
}
