package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.ResultLine.PictureFile;
import org.perdita.lab.experiment.ResultLine.Provenance;

/** What a report makes of a run whose seeds are the samples of a random search. */
class SearchReportTest {
  private static final Condition WIDE = new Condition("wide ranges", 1);
  private static final List<Arm> ARMS =
      List.of(new Arm("old", "Old[]", "old"), new Arm("new", "New[]", "new"));
  private static final double[][] F1 = {{0.1, 0.4, 0.2, 0}, {0.3, 0.1, 0, 0.7}};

  private final Run run = new Run(protocol(), lines(), Path.of("nowhere"), List.of());

  @Test
  void thePicturesAreTheBestSamples() {
    PictureGrid grid = PictureGrid.of(run).orElseThrow();
    assertThat(grid.which()).isEqualTo("the sample of the search with the best F1");
    assertThat(grid.rows()).hasSize(1);
    List<PictureGrid.Cell> cells = grid.rows().get(0).cells();
    assertThat(cells.get(0).pictures().get(0).alt()).contains("old").contains("seed 2");
    assertThat(cells.get(1).pictures().get(0).alt()).contains("new").contains("seed 4");
  }

  @Test
  void aFigureShowsTheBestByTheBudget() {
    Figure budget =
        new RunFigures(run)
            .figures().stream().filter(f -> f.id().contains("budget")).findFirst().orElseThrow();
    assertThat(budget.title()).isEqualTo("Best F1 by the search's budget");
    Chart.Series old = budget.charts().get(0).series().get(0);
    assertThat(old.points()).extracting(Chart.Point::x).containsExactly(1.0, 2.0, 3.0, 4.0);
    // One sample: the mean. Two: 0, 0.1, 0.2, 0.4 with 1, 3, 5, 7 of 16 pairs.
    assertThat(old.points().get(0).y()).isEqualTo(0.175);
    assertThat(old.points().get(1).y()).isEqualTo(0.25625);
    assertThat(old.points().get(3).high()).isEqualTo(0.4);
  }

  @Test
  void tablesSayThatTheySpeakOfTheBest() {
    // 0, 0.1, 0.3, 0.7 with 1, 15, 65, 175 of 256 draws of four.
    MetricTable table = MetricTable.of(run, "F1");
    assertThat(table.searched()).isTrue();
    assertThat(table.rows().get(1).cells().get(0).ours()).startsWith("0.56");
  }

  private static Protocol protocol() {
    return new Protocol(
        "search",
        "quick",
        "numbers",
        new Claim("New beats old.", "nobody", "none", List.of()),
        Map.of(),
        Map.of(),
        List.of(WIDE),
        ARMS,
        Optional.empty(),
        List.of(Measure.plain("F1").bestOfSearch()),
        List.of(new Comparison("New beats old.", "F1", WIDE.label(), "old", "new")),
        Optional.empty());
  }

  private static List<ResultLine> lines() {
    List<ResultLine> lines = new ArrayList<>();
    for (int arm = 0; arm < 2; arm++) {
      for (int i = 0; i < 4; i++) {
        String picture = ARMS.get(arm).name() + (i + 1) + ".png";
        lines.add(
            new ResultLine(
                "search",
                "quick",
                "numbers",
                WIDE,
                ARMS.get(arm),
                i + 1,
                Map.of("F1", F1[arm][i]),
                Map.of(),
                List.of(new PictureFile(picture, "samples")),
                Optional.empty(),
                Map.of(),
                new Provenance("0", "17", "none", "none", "2000-01-01T00:00:00Z", 1)));
      }
    }
    return lines;
  }
}
