package org.perdita.internal;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.classification.ClassWeights;
import org.perdita.classification.Smoothing;

/**
 * What each unit should have been and how much it counts: labels or distributions, checked,
 * smoothed and weighted by class, so that a kernel meets nothing but a label or a distribution.
 */
final class RowTargets {
  /** How far from 1 a float distribution may sum. */
  private static final float SUM_TOLERANCE = 1e-3f;

  private final Object who;
  private final RowShape shape;
  private final @Nullable IntBuffer labels;
  private final @Nullable FloatBuffer distributions;
  private final UnitWeights weights;

  /** One weight a class, or none of them when each class counts 1. */
  private final double[] classWeights;

  /** Smoothing: a probability y becomes keep y + share. */
  private final double keep;

  private final double share;

  RowTargets(
      Object who, RowShape shape, Batch batch, ClassWeights classWeights, Smoothing smoothing) {
    this.who = who;
    this.shape = shape;
    Target target = batch.target();
    if (target instanceof Labels l) {
      String model = "one label a unit of the prediction";
      Check.shape(who, "target", l.shape(), model, batch.prediction(), shape.unitShape);
      this.labels = l.buffer();
      this.distributions = null;
    } else {
      Tensor y = (Tensor) target;
      Check.shape(who, "target", y.shape(), "prediction", shape.shape);
      this.labels = null;
      this.distributions = y.buffer();
    }
    this.classWeights = classWeights.weights().stream().mapToDouble(w -> w).toArray();
    int given = this.classWeights.length;
    if (given != 0 && given != shape.classes) {
      throw Check.refusal(
          who + ": " + given + " class weights for a prediction of " + shape.classes + " classes");
    }
    this.keep = smoothing.keep(shape.classes);
    this.share = smoothing.share(shape.classes);
    UnitWeights plain = UnitWeights.of(who, batch.weights(), shape.unitShape);
    this.weights = given == 0 ? plain : byClass(plain);
  }

  /** What the sum of the weighted losses is multiplied by. */
  double factor(Reduction reduction) {
    return weights.factor(reduction);
  }

  /** Whether kernels meet distributions: smoothing makes one of a label. */
  boolean distributions() {
    return labels == null || share > 0;
  }

  /** Fills the block's targets and weights; what a weight of 0 hides is replaced. */
  void load(Block block, int unit) {
    for (int j = 0; j < block.units; j++) {
      block.weight[j] = weight(weights.buffer(), unit + j);
    }
    float[][][] y = block.y;
    FloatBuffer d = distributions;
    if (d == null) {
      labels(block, unit);
    } else if (y != null) {
      shape.load(block, y, d, unit);
      check(block, y, unit);
    }
    hideIgnored(block);
    if (y != null) {
      smooth(block, y);
    }
    if (classWeights.length > 0) {
      if (y != null) {
        weighDistributions(block, y);
      } else {
        weighLabels(block);
      }
      hideIgnored(block);
    }
  }

  private static double weight(@Nullable FloatBuffer weights, int unit) {
    return weights == null ? 1 : weights.get(unit);
  }

  private void labels(Block block, int unit) {
    for (int j = 0; j < block.units; j++) {
      block.label[j] = block.weight[j] == 0 ? 0 : label(unit + j);
    }
  }

  /** The label of a unit that is not ignored. */
  private int label(int unit) {
    int label = labels == null ? 0 : labels.get(unit);
    if (label < 0 || label >= shape.classes) {
      String allowed = "a class in 0 … " + (shape.classes - 1);
      throw Check.entry(who, "target", unit, shape.unitShape, label, allowed);
    }
    return label;
  }

  /** Sums each unit's distribution, and refuses what is none. */
  private void check(Block block, float[][][] y, int unit) {
    float[] sums = block.lanesOfMass;
    float[] worst = block.lanesOfWorst;
    for (int strip = 0; strip < block.strips(); strip++) {
      block.fill(sums, 0);
      block.fill(worst, 0);
      for (int t = 0; t < block.tiles(); t++) {
        check(y[strip][t], sums, worst, block.length(t));
      }
      block.sum(strip, sums, block.mass);
      block.max(strip, worst, block.worst);
    }
    for (int j = 0; j < block.units; j++) {
      boolean sound = block.worst[j] <= 0 && Math.abs(block.mass[j] - 1) <= SUM_TOLERANCE;
      if (!sound && block.weight[j] != 0) {
        throw refusal(block, y, unit, j);
      }
    }
  }

  private static void check(float[] y, float[] sums, float[] worst, int n) {
    for (int j = 0; j < n; j++) {
      sums[j] += y[j];
      worst[j] = Math.max(worst[j], -y[j]);
    }
  }

  private IllegalArgumentException refusal(Block block, float[][][] y, int unit, int j) {
    String at = who + ": target" + Shapes.position(unit + j, shape.unitShape);
    double sum = 0;
    for (int k = 0; k < shape.classes; k++) {
      float p = block.at(y, k, j);
      if (!(p >= 0)) {
        return Check.refusal(at + " class " + k + " = " + p + " is not a probability");
      }
      sum += p;
    }
    return Check.refusal(at + " sums to " + (float) sum + ", a distribution sums to 1");
  }

  private void smooth(Block block, float[][][] y) {
    float mul = (float) keep;
    float add = (float) share;
    for (int strip = 0; strip < block.strips() && share > 0; strip++) {
      for (int t = 0; t < block.tiles(); t++) {
        if (labels != null) {
          Arrays.fill(y[strip][t], 0, block.length(t), add);
        } else {
          smooth(y[strip][t], mul, add, block.length(t));
        }
      }
    }
    if (labels == null) {
      smooth(block.mass, mul, (float) (share * shape.classes), block.width());
    } else {
      for (int j = 0; j < block.units; j++) {
        block.set(y, block.label[j], j, (float) (keep + share));
        block.mass[j] = 1;
      }
    }
  }

  private static void smooth(float[] y, float mul, float add, int n) {
    for (int j = 0; j < n; j++) {
      y[j] = Math.fma(y[j], mul, add);
    }
  }

  private void weighLabels(Block block) {
    for (int j = 0; j < block.units; j++) {
      block.weight[j] *= classWeights[block.label[j]];
    }
  }

  /** y becomes c y / S and the unit counts S times. */
  private void weighDistributions(Block block, float[][][] y) {
    for (int j = 0; j < block.units; j++) {
      double s = 0;
      for (int k = 0; k < shape.classes; k++) {
        s += classWeights[k] * block.at(y, k, j);
      }
      block.weight[j] *= s;
      for (int k = 0; k < shape.classes; k++) {
        block.set(y, k, j, (float) (classWeights[k] * block.at(y, k, j) / s));
      }
      block.mass[j] = 1;
    }
  }

  private static void hideIgnored(Block block) {
    for (int j = 0; j < block.units; j++) {
      if (block.weight[j] == 0) {
        hide(block, j);
      }
    }
  }

  /** Puts a harmless unit in place of one that counts nothing. */
  private static void hide(Block block, int j) {
    float[][][] y = block.y;
    block.label[j] = 0;
    block.mass[j] = 1;
    for (int k = 0; k < block.classes; k++) {
      block.set(block.x, k, j, 0);
      if (y != null) {
        block.set(y, k, j, k == 0 ? 1 : 0);
      }
    }
  }

  /**
   * The weights with the classes' share in them: what the units count in a weighted mean is taken
   * before smoothing, and which of them count at all after it.
   */
  private UnitWeights byClass(UnitWeights plain) {
    double spread = share * Arrays.stream(classWeights).sum();
    int perChunk = shape.chunkUnits();
    int chunks = Chunks.cover(shape.units, perChunk);
    long[] counted = new long[chunks];
    double sum =
        Chunks.sum(
            chunks,
            chunk -> {
              int from = chunk * perChunk;
              int to = (int) Math.min(shape.units, from + (long) perChunk);
              double part = 0;
              for (int unit = from; unit < to; unit++) {
                double w = weight(plain.buffer(), unit);
                if (w > 0) {
                  double own = classWeight(unit);
                  part += w * own;
                  counted[chunk] += keep * own + spread > 0 ? 1 : 0;
                }
              }
              return part;
            });
    long all = sum > 0 ? Arrays.stream(counted).sum() : 0;
    return new UnitWeights(plain.buffer(), plain.units(), all, sum);
  }

  /** Σ c y of a unit, before smoothing. */
  private double classWeight(int unit) {
    FloatBuffer d = distributions;
    if (d == null) {
      return classWeights[label(unit)];
    }
    double sum = 0;
    int at = shape.position(unit);
    for (int k = 0; k < shape.classes; k++) {
      sum += classWeights[k] * d.get(at + k * shape.inner);
    }
    return sum;
  }
}
