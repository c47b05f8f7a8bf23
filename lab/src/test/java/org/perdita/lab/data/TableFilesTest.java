package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFilesTest {
  private static final String CSV = "a,\"Class\",b\n1,\"1\",2.5\r\n-3,0,\n\n4e1,0,?\n";
  private static final String SVM = "+1 1:0.5 3:2 # first\n-1 2:1\n0\n";

  private final Path folder;

  TableFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(String name, String text) {
    return Samples.write(folder, name, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void readsCommasQuotesMissingCellsAndANamedLabel() {
    write("t.csv", CSV);
    Table table = TableFiles.read(folder);
    assertThat(table.columns()).isEqualTo(2);
    assertThat(table.labels()).containsExactly(1, 0, 0);
    assertThat(table.cells()).containsExactly(1, 2.5f, -3, Float.NaN, 40, Float.NaN);
  }

  @Test
  void readsTheLastColumnOfAFileWithoutAHeader() {
    write("t.csv", "1;2;1\n3;4;-1\n");
    Table table = TableFiles.read(folder);
    assertThat(table.labels()).containsExactly(1, 0);
    assertThat(table.cells()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void readsLibSvmWithZerosForWhatIsNotListed() {
    Samples.write(folder, "t.svm.gz", Samples.gzipped(SVM.getBytes(StandardCharsets.ISO_8859_1)));
    Table table = TableFiles.read(folder);
    assertThat(table.labels()).containsExactly(1, 0, 0);
    assertThat(table.cells()).containsExactly(0.5f, 0, 2, 0, 1, 0, 0, 0, 0);
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("a,y\n1,2\n", ": line 2 has label '2', allowed: 0 and 1, or −1 and 1");
    assertRefused("a,y\nx,1\n", ": line 2 has 'x', allowed: a finite number");
    assertRefused("a,y\n1e99,1\n", ": line 2 has '1e99', allowed: a finite number");
    assertRefused("a,y\n1,2,1\n", ": line 2 has 3 cells, line 1 has 2");
    assertRefused("a,y\n1,1\n", ": has 1 positives in 1 rows, both kinds are needed");
    assertRefused("", ": is empty, a table is wanted");
    assertRefused("y\n", ": line 1 has 1 cells, allowed: 2 … 10001");
    Path svm = write("u.libsvm", "1 2:1 1:1\n");
    assertThatThrownBy(() -> TableFiles.libSvm(svm))
        .isInstanceOf(BadData.class)
        .hasMessage(svm + ": line 1 has index 1 after 2, indices must rise");
    Path wide = write("v.libsvm", "1 2000000000:1\n");
    assertThatThrownBy(() -> TableFiles.libSvm(wide))
        .isInstanceOf(BadData.class)
        .hasMessage(wide + ": line 1 has '2000000000:1', allowed: index:value, 1 … 10000");
  }

  private void assertRefused(String csv, String sentence) {
    Path path = write("bad.csv", csv);
    assertThatThrownBy(() -> TableFiles.csv(path))
        .isInstanceOf(BadData.class)
        .hasMessage(path + sentence);
  }

  @Test
  void saysWhereItLooked() {
    assertThatThrownBy(() -> TableFiles.read(folder))
        .isInstanceOf(BadData.class)
        .hasMessage(folder + ": holds no table; looked for *.csv, *.libsvm, *.svm, plain or .gz");
  }

  @ParameterizedTest
  @ValueSource(strings = {CSV, SVM})
  void givesATableOrASentenceWhateverTheBytes(String good) {
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      Draw draw = Draw.of(round, good.hashCode());
      byte[] bytes = good.getBytes(StandardCharsets.ISO_8859_1);
      for (int i = draw.below(8); i >= 0; i--) {
        bytes[draw.below(bytes.length)] =
            (byte) (draw.chance(0.5) ? draw.bits() : '0' + draw.below(10));
      }
      bytes = draw.chance(0.3) ? Arrays.copyOf(bytes, draw.below(bytes.length)) : bytes;
      bytes = draw.chance(0.3) ? Samples.gzipped(bytes) : bytes;
      Path path = Samples.write(folder, "fuzzed", bytes);
      try {
        Table table = good.equals(CSV) ? TableFiles.csv(path) : TableFiles.libSvm(path);
        assertThat(table.cells()).hasSize(table.rows() * table.columns());
      } catch (BadData e) {
        refused++;
        assertThat(e).as("round %d", round).hasMessageContaining(path.toString());
        assertThat(e.toString().lines()).as("round %d", round).hasSize(1);
      }
    }
    assertThat(refused).isBetween(100, 399);
  }
}
