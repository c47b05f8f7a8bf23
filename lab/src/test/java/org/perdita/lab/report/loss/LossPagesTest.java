package org.perdita.lab.report.loss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Tensor;
import org.perdita.WeightedSum;

class LossPagesTest {
  private static final String RUNS = "(loss|ReconstructionError)\\.(evaluate|generator)\\(";

  static Stream<LossPage> pages() {
    return LossPages.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void gradientCurveIsTheSlopeOfTheValueCurve(LossPage page) {
    assertThat(page.curves()).isNotEmpty();
    for (LossCurve curve : page.curves()) {
      assertThat(curve.loss()).startsWith(page.name());
      List<Double> v = curve.value();
      for (int i = 1; i < v.size() - 1; i++) {
        double slope =
            (v.get(i + 1) - v.get(i - 1)) / (curve.x().get(i + 1) - curve.x().get(i - 1));
        assertThat(curve.gradient().get(i))
            .as("%s, %s, x = %s", page.name(), curve.name(), curve.x().get(i))
            .isCloseTo(slope, within(0.02));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void formulaIsWellFormed(LossPage page) throws Exception {
    try (InputStream in =
        LossPages.class.getResourceAsStream("../math/" + page.name() + ".mathml")) {
      assertThat(in).as("math/%s.mathml", page.name()).isNotNull();
      String math = "<p>" + new String(in.readAllBytes(), UTF_8) + "</p>";
      var root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(math.getBytes(UTF_8)));
      assertThat(root.getElementsByTagName("math").getLength()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void snippetIsTheCodeThatRan(LossPage page) {
    assertThat(page.snippet().code()).contains(page.name()).containsPattern(RUNS);
    assertThat(page.snippet().result()).matches("value    \\d[^\\n]*\\ngradient \\[.*]");
  }

  @Test
  void everyLossOfTheLibraryHasAPage() {
    var core = Loss.class.getProtectionDomain().getCodeSource().getLocation();
    List<String> losses =
        new ClassFileImporter()
            .importUrl(core).stream()
                .filter(
                    type ->
                        ofTwoPlayers(type)
                            || (type.isRecord()
                                && (type.isAssignableTo(Loss.class) || makesLosses(type))))
                .filter(type -> !type.isEquivalentTo(WeightedSum.class))
                .map(type -> type.getSimpleName())
                .toList();
    assertThat(losses)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(pages().map(LossPage::name).toList());
  }

  /** A record that becomes a loss once it is told the overlaps. */
  private static boolean makesLosses(JavaClass type) {
    return type.getMethods().stream()
        .anyMatch(
            method ->
                method.getName().equals("at")
                    && method.getRawReturnType().isEquivalentTo(Loss.class));
  }

  /** What critics minimise, and what holds them. */
  private static boolean ofTwoPlayers(JavaClass type) {
    return type.isTopLevelClass()
        && type.getPackageName().endsWith(".adversarial")
        && type.getMethods().stream()
            .anyMatch(
                method ->
                    method.getName().equals("critic")
                        || (type.isRecord() && method.getName().equals("evaluate")));
  }

  @Test
  void crossEntropyOfNoIdeaIsTheLogarithmOfTheClasses() {
    LossCurve ten = CrossEntropyPage.page().curves().get(1);
    int middle = ten.x().indexOf(0.0);
    assertThat(ten.value().get(middle)).isCloseTo(Math.log(10), within(1e-6));
    assertThat(ten.gradient().get(middle)).isCloseTo(-0.9, within(1e-6));
  }

  @Test
  void aSnippetWithoutItsRegionIsADefect() {
    Evaluation none = new Evaluation(0, Tensor.zeros(0));
    assertThatThrownBy(() -> Snippet.of("nowhere", none))
        .hasMessage("Snippets.java has no region nowhere");
  }
}
