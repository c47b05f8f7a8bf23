package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  private static final String LN2 = "0.6931471805599453";

  private final Path folder;

  CheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Shell check(String json) throws IOException {
    return perdita("check", Files.writeString(folder.resolve("cases.json"), json).toString());
  }

  /** One case of binary cross-entropy at logits 0. */
  private static String bce(String value, String gradient) {
    return """
        {"name": "zero", "fn": "binary_cross_entropy", "reduction": "none",
         "inputs": {"logits": {"shape": [1, 2], "data": [0, 0]},
                    "targets": {"shape": [1, 2], "data": [1, 0]}},
         "value": {"shape": [1, 2], "data": %s},
         "gradient": {"logits": {"shape": [1, 2], "data": %s}}}
        """
        .formatted(value, gradient);
  }

  private static final String GOOD = bce("[" + LN2 + ", " + LN2 + "]", "[-0.5, 0.5]");

  private void malformed(String json, String sentence) throws IOException {
    Shell shell = check(json);
    assertThat(shell.err())
        .isEqualTo("perdita check: " + folder.resolve("cases.json") + ": " + sentence + "\n");
    assertThat(shell.code()).isEqualTo(3);
  }

  @Test
  void rightNumbersPass() throws IOException {
    assertThat(check("[" + GOOD + "]"))
        .isEqualTo(new Shell(0, "1 passed, 0 failed, 0 not implemented\n", ""));
  }

  @Test
  void wrongNumberFailsWithCaseAndEntry() throws IOException {
    Shell shell = check("[" + bce("[" + LN2 + ", 0.69316]", "[-0.5, 0.5]") + "]");
    assertThat(shell.code()).isEqualTo(1);
    assertThat(shell.out())
        .startsWith("cases.json: zero (binary_cross_entropy): value[0, 1] is 0.693147")
        .contains(", expected 0.69316 within 3.5e-06")
        .endsWith("0 passed, 1 failed, 0 not implemented\n");
  }

  @Test
  void wrongGradientAndShapeFail() throws IOException {
    assertThat(check("[" + bce("[" + LN2 + ", " + LN2 + "]", "[0.5, -0.5]") + "]").out())
        .contains("gradient.logits[0, 0] is -0.5, expected 0.5 within 2.5e-06 (and 1 entry more)");
    String flat = GOOD.replace("\"value\": {\"shape\": [1, 2]", "\"value\": {\"shape\": [2]");
    assertThat(check("[" + flat + "]").out()).contains("value has shape [1, 2], expected [2]");
  }

  @Test
  void expectedResultThatIsNotComputedFails() throws IOException {
    String more =
        GOOD.replace(
            "\"gradient\": {", "\"gradient\": {\"targets\": {\"shape\": [0], \"data\": []}, ");
    assertThat(check("[" + more + "]").out()).contains("gradient.targets is not computed");
  }

  @Test
  void notFiniteExpectationsAreStrings() throws IOException {
    String json = bce("[\"NaN\", \"Infinity\"]", "[-0.5, \"-Infinity\"]");
    assertThat(check("[" + json + "]").out())
        .contains("value[0, 0] is 0.693", "expected NaN", "gradient.logits[0, 1] is 0.5");
  }

  @Test
  void ownToleranceCountsWhenWider() throws IOException {
    String wide =
        bce("[" + LN2 + ", 0.7]", "[-0.5, 0.5]")
            .replace("\"reduction\"", "\"atol\": 0.01, \"reduction\"");
    assertThat(check("[" + wide + "]").code()).isZero();
  }

  @Test
  void otherFunctionsAreCountedApart() throws IOException {
    Shell shell = check("[" + GOOD + ", {\"name\": \"x\", \"fn\": \"coco_ap\", \"inputs\": [1]}]");
    assertThat(shell).isEqualTo(new Shell(0, "1 passed, 0 failed, 1 not implemented\n", ""));
  }

  @Test
  void whatTheLossRefusesFails() throws IOException {
    Shell shell = check("[" + GOOD.replace("\"data\": [1, 0]", "\"data\": [1, 2]") + "]");
    assertThat(shell.code()).isEqualTo(1);
    assertThat(shell.out()).contains("zero (binary_cross_entropy): refused: BinaryCrossEntropy");
  }

  @Test
  void malformedFiles() throws IOException {
    malformed("{}", "is not a JSON array of cases");
    malformed("[{\"fn\": \"f\"}]", "case 1: name is missing or not a string");
    malformed("[" + GOOD + "," + GOOD + "]", "case 2: the name 'zero' is taken by an earlier case");
    malformed("[{\"name\": \"a\"}]", "case 'a': fn is missing");
    malformed(
        "[" + GOOD.replace("\"targets\"", "\"labels\"") + "]",
        "case 'zero': inputs.targets is missing");
    malformed(
        "[" + GOOD.replace("[0, 0]", "[0]") + "]",
        "case 'zero': inputs.logits.data has 1 numbers, its shape [1,2] holds 2");
    malformed(
        "[" + GOOD.replace("[0, 0]", "[0, \"zero\"]") + "]",
        "case 'zero': inputs.logits.data[1] is \"zero\", not a number");
    malformed(
        "[" + GOOD.replace("[1, 2]", "[1, -2]") + "]",
        "case 'zero': inputs.logits.shape[1] is -2, not a length");
    malformed(
        "[" + GOOD.replace("\"none\"", "\"median\"") + "]",
        "case 'zero': reduction is 'median', not one of none, sum, mean");
    malformed("[" + GOOD.replace("\"value\"", "\"v\"") + "]", "case 'zero': value is missing");
    assertThat(check("[{").err())
        .contains("cases.json: is not JSON: ", "(line 1, column ")
        .doesNotContain("Source");
    assertThat(check("[{").err().lines()).hasSize(1);
  }

  @Test
  void damagedFileLeavesTheOthersChecked() throws IOException {
    Path good = Files.writeString(folder.resolve("good.json"), "[" + GOOD + "]");
    Path none = folder.resolve("none.json");
    Shell shell = perdita("check", none.toString(), good.toString());
    assertThat(shell)
        .isEqualTo(
            new Shell(
                3,
                "1 passed, 0 failed, 0 not implemented\n",
                "perdita check: " + none + ": cannot be read: no such file or folder\n"));
  }

  @Test
  void withoutFilesThereIsNothingToCheck() {
    Shell shell = perdita("check");
    assertThat(shell.code()).isEqualTo(2);
    assertThat(shell.err()).startsWith("perdita check: Missing required parameter").hasLineCount(1);
  }
}
