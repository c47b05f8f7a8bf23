package org.perdita.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.perdita.Reduction;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.lab.bench.Workload.Goal;

/** The losses and sizes that are measured. */
final class Workloads {
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
    all.add(crossEntropy(size.of(4096), 1000));
    all.add(crossEntropy(size.of(512), 32000));
    all.add(crossEntropy(128, 10));
    return all;
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

  /** A batch whose time is overhead more than arithmetic. */
  private static List<Goal> few(double micros) {
    return List.of(
        new Goal(Quantity.MICROS, micros),
        new Goal(Quantity.COMPOSED_TUNED, 10),
        new Goal(Quantity.COMPOSED, 10));
  }
}
