package org.perdita.lab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.parity.Counterpart;
import org.perdita.lab.parity.Counterparts;
import org.perdita.lab.report.Chart.Point;
import org.perdita.lab.report.Chart.Series;
import org.perdita.lab.report.loss.LossCurve;
import org.perdita.lab.report.loss.LossPage;

/**
 * All that stands on the page, before it is HTML.
 *
 * @param made when the page was made, in UTC
 * @param commits of the repository the results were made with
 * @param trainings how many stand behind it
 * @param ledger the claim ledger
 * @param experiments in the order found
 * @param losses the loss pages
 * @param counterparts how to get other libraries' numbers
 */
record Page(
    String made,
    List<String> commits,
    int trainings,
    List<Ledger.Row> ledger,
    List<Experiment> experiments,
    List<LossView> losses,
    List<Theirs> counterparts) {

  /** An experiment's claim and its runs. */
  record Experiment(String id, String name, Claim claim, List<RunView> runs) {}

  /** A loss page with its formula's markup and its charts. */
  record LossView(String id, int slot, LossPage page, String math, List<Figure> figures) {}

  /** How to get another library's number. */
  record Theirs(
      String loss,
      String library,
      String call,
      String convention,
      String wrong,
      String code,
      String held) {
    static Theirs of(Counterpart c) {
      String held = c.golden() + " of " + c.file();
      return new Theirs(c.loss(), c.library(), c.call(), c.convention(), c.wrong(), c.code(), held);
    }
  }

  /** The page of these runs and losses. */
  static Page of(String made, List<Run> runs, List<LossPage> losses) {
    Map<String, List<Run>> byExperiment = new LinkedHashMap<>();
    for (Run run : runs) {
      byExperiment.computeIfAbsent(run.protocol().experiment(), name -> new ArrayList<>()).add(run);
    }
    List<Experiment> experiments = new ArrayList<>();
    byExperiment.forEach(
        (name, its) ->
            experiments.add(
                new Experiment(
                    "experiment-" + Run.slug(name),
                    name,
                    its.get(0).protocol().claim(),
                    its.stream().map(RunView::of).toList())));
    List<ResultLine> lines = runs.stream().flatMap(run -> run.lines().stream()).toList();
    return new Page(
        made,
        lines.stream().map(line -> line.provenance().commit()).distinct().toList(),
        lines.size(),
        Ledger.of(runs).rows(),
        experiments,
        losses.stream().map(Page::loss).toList(),
        Counterparts.all().stream().map(Theirs::of).toList());
  }

  /** Every figure on the page. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    experiments.forEach(e -> e.runs().forEach(run -> figures.addAll(run.figures())));
    losses.forEach(loss -> figures.addAll(loss.figures()));
    return figures;
  }

  private static LossView loss(LossPage page) {
    String id = "loss-" + Run.slug(page.name());
    return new LossView(
        id,
        Palette.slot(page.name()),
        page,
        Resources.text("math/" + page.name() + ".mathml"),
        List.of(
            figure(id + "-value", "value", "loss of one unit", page, false),
            figure(id + "-gradient", "gradient", "d loss / d logit", page, true)));
  }

  private static Figure figure(String id, String title, String y, LossPage page, boolean gradient) {
    List<Series> series = new ArrayList<>();
    Map<Integer, Integer> shades = new LinkedHashMap<>();
    for (LossCurve curve : page.curves()) {
      List<Double> ys = gradient ? curve.gradient() : curve.value();
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < ys.size(); i++) {
        points.add(Point.of(curve.x().get(i), ys.get(i)));
      }
      int slot = Palette.slot(curve.loss());
      int shade = shades.merge(slot, 1, Integer::sum) - 1;
      series.add(new Series(curve.name(), slot, shade, false, points));
    }
    return new Figure(
        id, page.name() + ": " + title, "", List.of(Chart.lines("", page.axis(), y, series)));
  }
}
