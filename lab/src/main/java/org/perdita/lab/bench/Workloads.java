package org.perdita.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.perdita.Reduction;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.lab.bench.Workload.Goal;

/** The losses and sizes that are measured. */
final class Workloads {
  /** What the public bi-tempered code iterates, whether that suffices or not. */
  private static final int PUBLISHED_ITERATIONS = 5;

  /** How the names of the focal workloads begin. */
  static final String FOCAL = "focal, gamma ";

  private static final double ALPHA = 0.25;

  /** Below so many logits a call is short. */
  private static final int FEW = 10_000;

  private Workloads() {}

  /** All of them. */
  static List<Workload> all(Size size) {
    List<Workload> all = new ArrayList<>();
    for (double gamma : new double[] {2, 1.7, 0.5}) {
      all.add(focal(gamma, size.large()));
    }
    crossEntropyAndBiTempered(all, size.of(4096), 1000);
    crossEntropyAndBiTempered(all, size.of(512), 32000);
    crossEntropyAndBiTempered(all, 128, 10);
    return all;
  }

  private static void crossEntropyAndBiTempered(List<Workload> all, int rows, int classes) {
    all.add(crossEntropy(rows, classes));
    all.add(biTempered(0.8, 1.2, rows, classes));
    all.add(biTempered(0.5, 1.3, rows, classes));
    all.add(biTempered(0.7, 4.0, rows, classes));
  }

  static Workload focal(double gamma, int elements) {
    return new Workload(
        String.format(Locale.ROOT, FOCAL + "%s, %,d", gamma, elements),
        FocalLoss.retinaNet().withGamma(gamma),
        Reduction.sum(),
        elements,
        1,
        Composition.focal(ALPHA, gamma),
        null,
        gamma == 2
            ? List.of(
                new Goal(Quantity.NANOS, 2.2),
                new Goal(Quantity.COMPOSED_TUNED, 5),
                new Goal(Quantity.COMPOSED, 20))
            : List.of());
  }

  static Workload crossEntropy(int rows, int classes) {
    return new Workload(
        String.format(Locale.ROOT, "cross-entropy, %d × %d", rows, classes),
        new CrossEntropyLoss(),
        Reduction.mean(),
        rows,
        classes,
        Composition.crossEntropy(),
        Composition.fusedCrossEntropy(),
        rows * classes < FEW
            ? few(8)
            : List.of(
                new Goal(Quantity.NANOS, 1.8),
                new Goal(Quantity.FUSED_TUNED, 1.15),
                new Goal(Quantity.FUSED, 1)));
  }

  static Workload biTempered(double t1, double t2, int rows, int classes) {
    return new Workload(
        String.format(Locale.ROOT, "bi-tempered (%s, %s), %d × %d", t1, t2, rows, classes),
        BiTemperedLoss.of(t1, t2),
        Reduction.mean(),
        rows,
        classes,
        Composition.biTempered(t1, t2, PUBLISHED_ITERATIONS),
        null,
        rows * classes < FEW
            ? few(12)
            : List.of(
                new Goal(Quantity.NANOS, powersAreProducts(t1, t2) ? 3 : 12),
                new Goal(Quantity.COMPOSED_TUNED, 15),
                new Goal(Quantity.COMPOSED, 15)));
  }

  /** A batch whose time is overhead more than arithmetic. */
  private static List<Goal> few(double micros) {
    return List.of(
        new Goal(Quantity.MICROS, micros),
        new Goal(Quantity.COMPOSED_TUNED, 10),
        new Goal(Quantity.COMPOSED, 10));
  }

  /** Whether 1/(t2 − 1) and (1 − t1)/(t2 − 1) are whole numbers. */
  private static boolean powersAreProducts(double t1, double t2) {
    return whole(1 / (t2 - 1)) && whole((1 - t1) / (t2 - 1));
  }

  private static boolean whole(double x) {
    return Math.abs(x - Math.rint(x)) < 1e-9;
  }
}
