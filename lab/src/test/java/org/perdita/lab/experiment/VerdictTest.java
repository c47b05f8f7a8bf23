package org.perdita.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Verdict.Finding;
import org.perdita.lab.experiment.Verdict.Kind;

class VerdictTest {
  private static final Condition ALL = new Condition("all", 0);

  @Test
  void lessIsBetterWhereTheMeasureSaysSo() {
    Measure distance = Measure.plain("distance").lowerIsBetter();
    assertThat(verdict(distance, -1).finding()).isEqualTo(Finding.HOLDS);
    assertThat(verdict(distance, 1).finding()).isEqualTo(Finding.OPPOSITE);
    assertThat(verdict(distance, 0).finding()).isEqualTo(Finding.UNDECIDED);
    assertThat(verdict(distance, -1).difference().orElseThrow().mean())
        .isCloseTo(-1, within(1e-12));
  }

  @Test
  void moreIsBetterElsewhere() {
    assertThat(verdict(Measure.plain("distance"), 1).finding()).isEqualTo(Finding.HOLDS);
    assertThat(verdict(Measure.plain("distance"), 1).kind()).isEqualTo(Kind.REPRODUCED);
    assertThat(verdict(Measure.plain("distance"), -1).finding()).isEqualTo(Finding.OPPOSITE);
    assertThat(verdict(Measure.plain("distance"), -1).kind()).isEqualTo(Kind.NOT_REPRODUCED);
  }

  @Test
  void ofASearchTheBestsAreCompared() {
    Verdict apart = verdict(Measure.plain("distance").bestOfSearch(), 1);
    assertThat(apart.finding()).isEqualTo(Finding.HOLDS);
    assertThat(apart.difference().orElseThrow().mean()).isBetween(1.05, 1.1);
    Verdict level = verdict(Measure.plain("distance").bestOfSearch(), 0);
    assertThat(level.finding()).isEqualTo(Finding.UNDECIDED);
  }

  /** The treatment is off the baseline by {@code shift}, more or less. */
  private static Verdict verdict(Measure measure, double shift) {
    List<Arm> arms = List.of(new Arm("old", "Old[]", "old"), new Arm("new", "New[]", "new"));
    Protocol protocol =
        new Protocol(
            "distances",
            "quick",
            "numbers",
            new Claim("New beats old.", "nobody", "none", List.of()),
            Map.of(),
            Map.of(),
            List.of(ALL),
            arms,
            Optional.empty(),
            List.of(measure),
            List.of(new Comparison("New beats old.", measure.name(), "all", "old", "new")),
            Optional.empty());
    List<ResultLine> lines = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      double wobble = seed % 2 == 0 ? 0.1 : -0.1;
      lines.add(line(arms.get(0), seed, measure.name(), 5));
      lines.add(line(arms.get(1), seed, measure.name(), 5 + shift + wobble));
    }
    return Verdict.of(protocol, lines).get(0);
  }

  private static ResultLine line(Arm arm, int seed, String metric, double value) {
    return new ResultLine(
        "distances",
        "quick",
        "numbers",
        ALL,
        arm,
        seed,
        Map.of(metric, value),
        Map.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        new ResultLine.Provenance("0", "17", "none", "none", "2000-01-01T00:00:00Z", 1));
  }
}
