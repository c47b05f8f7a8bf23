package org.perdita.lab.data;

import java.util.List;

/**
 * How clean class labels become noisy ones, whatever the inputs look like. Seeded: the same labels
 * and seed give the same noise on every machine.
 *
 * <p>Where a rate is given, exactly {@code round(rate · n)} labels are corrupted, and a corrupted
 * label always differs from the true one. Other authors draw the new label from all classes, the
 * true one included, so that their rate r corrupts only r (c − 1) / c of the labels.
 *
 * <p>For one seed, the labels corrupted at a lower rate are a part of those at a higher rate.
 */
public sealed interface LabelNoise {

  /**
   * Noisy labels.
   *
   * @param clean class indices from 0 to {@code classes − 1}; not changed
   * @param classes how many classes there are, 2 or more
   * @throws IllegalArgumentException if there are fewer classes than 2, a label is out of range, or
   *     the noise is for another number of classes
   */
  NoisyLabels apply(int[] clean, int classes, long seed);

  /** The set's images under noisy labels. */
  default ImageSet apply(ImageSet clean, long seed) {
    return clean.withLabels(apply(clean.labels(), clean.classes(), seed).labels());
  }

  /**
   * A corrupted label becomes any of the other classes, each equally likely.
   *
   * @param rate the fraction that is corrupted, in [0, 1]
   */
  record Symmetric(double rate) implements LabelNoise {
    private static final long STREAM = 101;

    public Symmetric {
      requireRate("Symmetric", rate);
    }

    @Override
    public NoisyLabels apply(int[] clean, int classes, long seed) {
      requireLabels(this, clean, classes);
      Draw draw = Draw.of(seed, STREAM);
      int[] order = draw.permutation(clean.length);
      NoisyLabels noisy = new NoisyLabels(clean);
      for (int k = 0; k < Math.round(rate * clean.length); k++) {
        int i = order[k];
        noisy.change(i, (clean[i] + 1 + draw.below(classes - 1)) % classes);
      }
      return noisy;
    }
  }

  /**
   * A corrupted label becomes the next class, and the last class becomes the first.
   *
   * @param rate the fraction that is corrupted, in [0, 1]
   */
  record PairFlip(double rate) implements LabelNoise {
    private static final long STREAM = 102;

    public PairFlip {
      requireRate("PairFlip", rate);
    }

    @Override
    public NoisyLabels apply(int[] clean, int classes, long seed) {
      requireLabels(this, clean, classes);
      int[] order = Draw.of(seed, STREAM).permutation(clean.length);
      NoisyLabels noisy = new NoisyLabels(clean);
      for (int k = 0; k < Math.round(rate * clean.length); k++) {
        int i = order[k];
        noisy.change(i, (clean[i] + 1) % classes);
      }
      return noisy;
    }
  }

  /**
   * A label of class i becomes class j with probability {@code transition[i][j]}, each label on its
   * own; how many are corrupted is therefore itself random.
   *
   * @param transition one row a class, each a distribution over the classes that sums to 1 within
   *     1e-6
   */
  record ClassDependent(List<List<Double>> transition) implements LabelNoise {
    private static final double ROUNDING = 1e-6;
    private static final long STREAM = 103;

    public ClassDependent {
      transition = transition.stream().map(List::copyOf).toList();
      for (int i = 0; i < transition.size(); i++) {
        List<Double> row = transition.get(i);
        String who = "ClassDependent: transition[" + i + "]";
        if (row.size() != transition.size()) {
          throw new IllegalArgumentException(
              who + " must have " + transition.size() + " entries, had " + row.size());
        }
        double sum = 0;
        for (int j = 0; j < row.size(); j++) {
          requireProbability(who + "[" + j + "]", row.get(j));
          sum += row.get(j);
        }
        if (!(Math.abs(sum - 1) <= ROUNDING)) {
          throw new IllegalArgumentException(who + " must sum to 1, summed to " + sum);
        }
      }
    }

    @Override
    public NoisyLabels apply(int[] clean, int classes, long seed) {
      requireLabels(this, clean, classes);
      if (classes != transition.size()) {
        throw new IllegalArgumentException(
            "ClassDependent: transition is for " + transition.size() + " classes, not " + classes);
      }
      Draw draw = Draw.of(seed, STREAM);
      NoisyLabels noisy = new NoisyLabels(clean);
      for (int i = 0; i < clean.length; i++) {
        int label = classAt(transition.get(clean[i]), clean[i], draw.uniform());
        if (label != clean[i]) {
          noisy.change(i, label);
        }
      }
      return noisy;
    }

    /** The inverse of the row's cumulative distribution; the own class takes what rounding left. */
    private static int classAt(List<Double> row, int own, double u) {
      double below = 0;
      for (int j = 0; j < row.size(); j++) {
        below += row.get(j);
        if (u < below) {
          return j;
        }
      }
      return own;
    }
  }

  private static void requireLabels(LabelNoise noise, int[] labels, int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          noise + ": there must be 2 classes or more, were " + classes);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            noise + ": label[" + i + "] = " + labels[i] + " is not in 0 … " + (classes - 1));
      }
    }
  }

  private static void requireRate(String who, double rate) {
    requireProbability(who + ": rate", rate);
  }

  private static void requireProbability(String what, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(what + " must be in [0, 1], was " + p);
    }
  }
}
