package org.perdita.lab.coco;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.perdita.lab.experiment.Refusal;

/**
 * COCO's evaluation of boxes, number for number what pycocotools 2.0.11 prints.
 *
 * <p>What its definition does not say and its code does: at most 100 detections an image and
 * category count; equal scores keep their order, images by id; a threshold is at most 1 − 1e-10;
 * areas include both ends of their range; an IoU with a crowd divides by the detection's area, and
 * a crowd takes any number of detections, none of which count; a detection that finds nothing and
 * is itself outside the range of areas does not count; precision is read at 101 points of recall,
 * each time the best at that recall or beyond; what has no object to find is left out of the means.
 */
public final class CocoEvaluator {
  static final int MOST = 100;
  private static final int[] FEWEST_FIRST = {1, 10, MOST};

  /** All, small, medium, large: from, to. */
  private static final double[][] AREAS = {{0, 1e10}, {0, 1024}, {1024, 9216}, {9216, 1e10}};

  private final List<Integer> images;
  private final List<Integer> categories;

  private CocoEvaluator(List<Integer> images, List<Integer> categories) {
    this.images = images;
    this.categories = categories;
  }

  /**
   * Evaluates {@code found} against {@code truth}.
   *
   * @param images ids of all images looked at
   * @param categories ids of all categories, in the order of the result's columns
   * @throws Refusal if either names an image or a category that is not among these, or a score is
   *     not a number
   */
  public static CocoResult evaluate(
      Collection<Integer> images, List<Integer> categories, List<Truth> truth, List<Found> found) {
    return new CocoEvaluator(List.copyOf(new TreeSet<>(images)), List.copyOf(categories))
        .evaluate(truth, found);
  }

  /** IoU thresholds 0.50, 0.55, … 0.95 as numpy's linspace has them. */
  static double[] thresholds() {
    double[] thresholds = new double[10];
    for (int i = 0; i < 9; i++) {
      thresholds[i] = i * ((0.95 - 0.5) / 9) + 0.5;
    }
    thresholds[9] = 0.95;
    return thresholds;
  }

  private CocoResult evaluate(List<Truth> truth, List<Found> found) {
    List<Map<Integer, Scene>> scenes = scenes(truth, found);
    double[] thresholds = thresholds();
    int columns = categories.size();
    // [area][most][threshold][category]
    double[][][][] precision =
        new double[AREAS.length][FEWEST_FIRST.length][thresholds.length][columns];
    double[][][][] recall =
        new double[AREAS.length][FEWEST_FIRST.length][thresholds.length][columns];
    for (int k = 0; k < columns; k++) {
      for (int a = 0; a < AREAS.length; a++) {
        List<Matches> matches = new ArrayList<>();
        for (Scene scene : scenes.get(k).values()) {
          matches.add(scene.match(AREAS[a][0], AREAS[a][1], thresholds));
        }
        for (int m = 0; m < FEWEST_FIRST.length; m++) {
          Curve.measure(matches, FEWEST_FIRST[m], k, precision[a][m], recall[a][m]);
        }
      }
    }
    return summary(precision, recall);
  }

  /** By category, then by image in the order of ids. */
  private List<Map<Integer, Scene>> scenes(List<Truth> truth, List<Found> found) {
    Map<Integer, Integer> column = new TreeMap<>();
    List<Map<Integer, Scene>> scenes = new ArrayList<>();
    for (int category : categories) {
      column.put(category, scenes.size());
      scenes.add(new TreeMap<>());
    }
    Set<Integer> known = new TreeSet<>(images);
    for (Truth t : truth) {
      Map<Integer, Scene> row =
          scenes.get(require(known, column, t.image(), t.category(), "an object"));
      row.computeIfAbsent(t.image(), id -> new Scene()).truth.add(t);
    }
    for (Found f : found) {
      if (Double.isNaN(f.score())) {
        throw new Refusal("CocoEvaluator: a detection of image " + f.image() + " has score NaN");
      }
      Map<Integer, Scene> row =
          scenes.get(require(known, column, f.image(), f.category(), "a detection"));
      row.computeIfAbsent(f.image(), id -> new Scene()).found.add(f);
    }
    return scenes;
  }

  /** The category's column. */
  private static int require(
      Set<Integer> images, Map<Integer, Integer> column, int image, int category, String what) {
    if (!images.contains(image)) {
      throw new Refusal(
          "CocoEvaluator: " + what + " is in image " + image + ", which is not known");
    }
    Integer at = column.get(category);
    if (at == null) {
      throw new Refusal(
          "CocoEvaluator: " + what + " is of category " + category + ", which is not known");
    }
    return at;
  }

  private static CocoResult summary(double[][][][] precision, double[][][][] recall) {
    int all = 2;
    List<Double> stats = new ArrayList<>();
    stats.add(mean(precision[0][all]));
    stats.add(mean(precision[0][all][0]));
    stats.add(mean(precision[0][all][5]));
    for (int a = 1; a < AREAS.length; a++) {
      stats.add(mean(precision[a][all]));
    }
    for (int m = 0; m < FEWEST_FIRST.length; m++) {
      stats.add(mean(recall[0][m]));
    }
    for (int a = 1; a < AREAS.length; a++) {
      stats.add(mean(recall[a][all]));
    }
    List<List<Double>> byThreshold = new ArrayList<>();
    for (double[] row : precision[0][all]) {
      byThreshold.add(Arrays.stream(row).boxed().toList());
    }
    return new CocoResult(stats, byThreshold);
  }

  private static double mean(double[]... rows) {
    return CocoResult.meanOfMeasured(
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).boxed().toList());
  }

  /** One category's objects and detections in one image. */
  private static final class Scene {
    final List<Truth> truth = new ArrayList<>();
    final List<Found> found = new ArrayList<>();
    private double[][] iou = new double[0][];

    /** The first call puts the detections in the order of their scores. */
    private void prepare() {
      if (iou.length > 0 || found.isEmpty()) {
        return;
      }
      found.sort(Comparator.comparingDouble((Found f) -> -f.score()));
      if (found.size() > MOST) {
        found.subList(MOST, found.size()).clear();
      }
      iou = new double[found.size()][truth.size()];
      for (int d = 0; d < found.size(); d++) {
        for (int g = 0; g < truth.size(); g++) {
          iou[d][g] = iou(found.get(d), truth.get(g));
        }
      }
    }

    private static double iou(Found d, Truth g) {
      double w = Math.min(d.width() + d.x(), g.width() + g.x()) - Math.max(d.x(), g.x());
      double h = Math.min(d.height() + d.y(), g.height() + g.y()) - Math.max(d.y(), g.y());
      if (w <= 0 || h <= 0) {
        return 0;
      }
      double own = d.width() * d.height();
      double all = g.crowd() ? own : own + g.width() * g.height() - w * h;
      return w * h / all;
    }

    /** Matches detections, best first, to the objects of areas low … high. */
    Matches match(double low, double high, double[] thresholds) {
      prepare();
      int objects = truth.size();
      List<Integer> order = new ArrayList<>();
      boolean[] out = new boolean[objects];
      for (int g = 0; g < objects; g++) {
        Truth t = truth.get(g);
        out[g] = t.crowd() || t.area() < low || t.area() > high;
        if (!out[g]) {
          order.add(g);
        }
      }
      int counted = order.size();
      for (int g = 0; g < objects; g++) {
        if (out[g]) {
          order.add(g);
        }
      }
      int n = found.size();
      Matches matches = new Matches(counted, n, thresholds.length);
      for (int d = 0; d < n; d++) {
        matches.scores[d] = found.get(d).score();
      }
      for (int t = 0; t < thresholds.length; t++) {
        boolean[] taken = new boolean[objects];
        for (int d = 0; d < n; d++) {
          int g = best(d, Math.min(thresholds[t], 1 - 1e-10), order, out, taken);
          if (g >= 0) {
            taken[g] = true;
            matches.hit[t][d] = true;
            matches.ignored[t][d] = out[g];
          } else {
            double area = found.get(d).width() * found.get(d).height();
            matches.ignored[t][d] = area < low || area > high;
          }
        }
      }
      return matches;
    }

    /** The object of greatest overlap; one that counts before any that does not. */
    private int best(int d, double enough, List<Integer> order, boolean[] out, boolean[] taken) {
      double most = enough;
      int best = -1;
      for (int g : order) {
        if (taken[g] && !truth.get(g).crowd()) {
          continue;
        }
        if (best >= 0 && !out[best] && out[g]) {
          break;
        }
        if (iou[d][g] >= most) {
          most = iou[d][g];
          best = g;
        }
      }
      return best;
    }
  }

  /** What became of one scene's detections, at each threshold. */
  static final class Matches {
    final int objects;
    final double[] scores;
    final boolean[][] hit;
    final boolean[][] ignored;

    Matches(int objects, int found, int thresholds) {
      this.objects = objects;
      this.scores = new double[found];
      this.hit = new boolean[thresholds][found];
      this.ignored = new boolean[thresholds][found];
    }
  }
}
