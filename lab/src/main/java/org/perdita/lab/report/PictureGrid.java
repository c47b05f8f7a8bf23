package org.perdita.lab.report;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.ResultLine.PictureFile;

/**
 * Pictures, a row for each condition and a column for each arm: of one seed, or of a random search
 * the best sample's.
 *
 * @param which whose pictures, in words
 * @param arms the columns
 * @param rows the conditions
 */
record PictureGrid(String which, List<Arm> arms, List<Row> rows) {

  /** One condition. */
  record Row(String condition, List<Cell> cells) {}

  /** One training. */
  record Cell(String arm, List<Picture> pictures) {}

  /**
   * A picture.
   *
   * @param caption the line under it
   * @param alt what it is, for those who cannot see it
   * @param image its pixels; null if they cannot be shown
   * @param problem why they cannot be shown; null if they can
   */
  record Picture(
      String caption, String alt, @Nullable InlineImage image, @Nullable String problem) {}

  /**
   * The grid of the best samples where the headline is a search's; else that of the seed with the
   * most pictures, the lowest such seed. Empty without any.
   */
  static Optional<PictureGrid> of(Run run) {
    return run.metrics().stream()
        .findFirst()
        .map(run.protocol()::measure)
        .filter(Measure::searched)
        .map(measure -> ofTheBest(run, measure))
        .orElseGet(() -> ofOneSeed(run));
  }

  private static Optional<PictureGrid> ofTheBest(Run run, Measure measure) {
    Comparator<ResultLine> up =
        Comparator.comparingDouble(line -> line.metrics().getOrDefault(measure.name(), Double.NaN));
    Map<String, ResultLine> best = new LinkedHashMap<>();
    run.lines().stream()
        .filter(line -> !line.pictures().isEmpty() && line.metrics().containsKey(measure.name()))
        .sorted(measure.better() == Measure.Better.HIGHER ? up.reversed() : up)
        .forEach(
            line -> best.putIfAbsent(line.condition().label() + "\n" + line.arm().name(), line));
    String which = "the sample of the search with the best " + measure.name();
    return best.isEmpty()
        ? Optional.empty()
        : Optional.of(of(run, which, List.copyOf(best.values())));
  }

  private static Optional<PictureGrid> ofOneSeed(Run run) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (ResultLine line : run.lines()) {
      counts.merge(line.seed(), line.pictures().size(), Integer::sum);
    }
    Optional<Map.Entry<Integer, Integer>> most =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .max(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
    return most.map(entry -> ofSeed(run, entry.getKey()));
  }

  private static PictureGrid ofSeed(Run run, int seed) {
    return of(
        run,
        "seed " + seed,
        run.lines().stream().filter(l -> l.seed() == seed && !l.pictures().isEmpty()).toList());
  }

  private static PictureGrid of(Run run, String which, List<ResultLine> lines) {
    List<Arm> arms =
        run.protocol().arms().stream()
            .filter(arm -> lines.stream().anyMatch(l -> l.arm().name().equals(arm.name())))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (Condition condition : run.protocol().conditions()) {
      List<Cell> cells = new ArrayList<>();
      for (Arm arm : arms) {
        cells.add(
            new Cell(
                arm.name(),
                lines.stream()
                    .filter(l -> l.condition().label().equals(condition.label()))
                    .filter(l -> l.arm().name().equals(arm.name()))
                    .flatMap(l -> l.pictures().stream().map(p -> picture(run, l, p)))
                    .toList()));
      }
      if (cells.stream().anyMatch(cell -> !cell.pictures().isEmpty())) {
        rows.add(new Row(condition.label(), cells));
      }
    }
    return new PictureGrid(which, arms, rows);
  }

  private static Picture picture(Run run, ResultLine line, PictureFile picture) {
    String alt =
        picture.caption()
            + " ("
            + line.arm().name()
            + ", "
            + line.condition().label()
            + ", seed "
            + line.seed()
            + ")";
    Path folder = run.folder().normalize();
    try {
      Path file = folder.resolve(picture.file()).normalize();
      if (!file.startsWith(folder)) {
        throw new Refusal(picture.file() + " is outside the result folder");
      }
      return new Picture(picture.caption(), alt, InlineImage.of(file), null);
    } catch (Refusal | InvalidPathException e) {
      return new Picture(picture.caption(), alt, null, e.getMessage());
    }
  }
}
