package org.perdita.lab.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.RareTables;
import org.perdita.lab.data.Table;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;

class ImbalancedTablesTest {

  @Test
  void drawsTheShareOfPositivesThatIsAskedFor() {
    for (double share : new double[] {0.05, 0.01, 0.001}) {
      Table table = RareTables.withShare(share).draw(100_000, 4);
      assertThat(table.positives() / 1e5).isCloseTo(share, within(4 * Math.sqrt(share / 1e5)));
    }
  }

  @Test
  void missesPositivesAndKeepsTheirShare() {
    Table table = RareTables.withShare(0.05).draw(100_000, 4);
    Table wrong = table.mislabelled(0.3, 1);
    float[] was = table.labels();
    float[] is = wrong.labels();
    int missed = 0;
    for (int i = 0; i < was.length; i++) {
      missed += was[i] == 1 && is[i] == 0 ? 1 : 0;
    }
    assertThat((double) missed / table.positives()).isCloseTo(0.3, within(0.03));
    assertThat(wrong.positives() / (double) table.positives()).isCloseTo(1, within(0.05));
  }

  @Test
  void testLabelsAreNeverWrong() {
    TableSplit split =
        TableSplit.drawn(RareTables.withShare(0.2), 300, 300, 300).of(1).mislabelled(0.5, 1);
    TableSplit clean = TableSplit.drawn(RareTables.withShare(0.2), 300, 300, 300).of(1);
    assertThat(split.test().labels()).isEqualTo(clean.test().labels());
    assertThat(split.train().labels()).isNotEqualTo(clean.train().labels());
    assertThat(split.validation().labels()).isNotEqualTo(clean.validation().labels());
  }

  @Test
  void rarePositivesAreStillDozens() {
    for (Scale scale : new Scale[] {Scale.QUICK, Scale.FULL}) {
      ImbalancedTables.Numbers n = ImbalancedTables.Numbers.of(Request.of(scale));
      assertThat(n.rows(0.001) * 0.001).isGreaterThanOrEqualTo(60);
      assertThat(new ImbalancedTables().plan(Request.of(scale)).protocol().conditions())
          .extracting(Protocol.Condition::label)
          .contains("5 % positive", "0.1 % positive", "0.1 % positive, 30 % missed");
    }
  }

  @Test
  void boostsTheTableOfAFile(@TempDir Path folder) throws IOException, InterruptedException {
    StringBuilder csv = new StringBuilder("a,b,class\n");
    for (int i = 0; i < 400; i++) {
      csv.append(i % 17)
          .append(',')
          .append(i % 5)
          .append(',')
          .append(i % 17 < 2 ? 1 : 0)
          .append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), csv);
    Request request = new Request(Scale.QUICK, Optional.of(folder), OptionalInt.of(1), false, true);
    Plan plan = new ImbalancedTables().plan(request);
    Outcome outcome = plan.trainings().get(0).run(() -> {});
    assertThat(outcome.metrics().get(BoostTraining.AREA)).isGreaterThan(0.9);
    Files.writeString(folder.resolve("t.csv"), "a,class\n1,1\n2,0\n");
    assertThatThrownBy(() -> new ImbalancedTables().plan(request))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "imbalanced-tables: positives must be at least 25 and at most half of the rows, were 1"
                + " of 2");
  }
}
