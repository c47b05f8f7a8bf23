package org.perdita.segmentation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * The Hausdorff distance loss by distance transforms: squared errors that weigh the more the deeper
 * they lie inside the true mask or inside the predicted one, so that far outliers go first.
 *
 * <pre>
 * l(q) = (1 / |K|) Σ_{k ∈ K} (p_k(q) − y_k(q))² (D_k(q)² + D̂_k(q)²)
 * </pre>
 *
 * <p>with D the distance of a position of class k to the nearest one that is not, 0 outside; D̂ the
 * same for the mask in which class k is the most probable. The gradient goes through (p − y)²
 * alone: D̂ jumps when the most probable class changes.
 *
 * <p>Shapes: logits {@code [n, c, d1, …]} with one to three spatial axes, softmax over the classes;
 * labels {@code [n, d1, …]}. A unit is a position. Range: 0 up, in squared voxels.
 *
 * <p>Computed in double, position by position; a distance transform for each class and sample at
 * every call makes it far dearer than {@link BoundaryLoss}. Refuses: targets that are no labels,
 * labels that are no class.
 *
 * <p>The authors' code cuts D̂ to integers and not D, as its predicted mask is of an integer type
 * ({@link #published}).
 *
 * <pre>{@code
 * var loss = HausdorffLoss.exact(ClassSelection.of(1));
 * Evaluation e = loss.evaluate(Batch.of(logits, labels), Reduction.mean());
 * }</pre>
 *
 * @param classes which classes are looked at
 * @param predicted what becomes of D̂ where it is no integer
 * @see <a href="https://arxiv.org/abs/1904.10030">Karimi, Salcudean: Reducing the Hausdorff
 *     distance in medical image segmentation with convolutional neural networks, TMI 2019, equation
 *     8</a>
 */
public record HausdorffLoss(ClassSelection classes, SignedDistanceMap.Rounding predicted)
    implements Loss {

  /** Both distances as they are. */
  public static HausdorffLoss exact(ClassSelection classes) {
    return new HausdorffLoss(classes, SignedDistanceMap.Rounding.EXACT);
  }

  /** What the boundary-loss repository computes. */
  public static HausdorffLoss published(ClassSelection classes) {
    return new HausdorffLoss(classes, SignedDistanceMap.Rounding.CUT_TO_INTEGER);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    Check.shape(this, "gradient", gradient.shape(), "prediction", batch.prediction().shape());
    return sum(batch, reduction, gradient, null);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return sum(batch, reduction, null, null);
  }

  @Override
  public Tensor values(Batch batch) {
    Tensor values = Tensor.zeros(labels(batch).shape());
    sum(batch, Reduction.sum(), null, values);
    return values;
  }

  private Labels labels(Batch batch) {
    Tensor x = batch.prediction();
    Check.that(
        x.rank() >= 3 && x.rank() <= 5 && x.length(1) >= 2,
        this,
        "prediction",
        x,
        "of shape [n, c, d1, …] with two classes or more and one to three spatial axes");
    Check.that(batch.target() instanceof Labels, this, "target", batch.target(), "labels");
    Labels labels = (Labels) batch.target();
    int[] positions = new int[x.rank() - 1];
    positions[0] = x.length(0);
    System.arraycopy(x.shape(), 2, positions, 1, positions.length - 1);
    String model = "one label a position of the prediction";
    Check.shape(this, "target", labels.shape(), model, x, positions);
    for (int k : classes.toArray()) {
      Check.that(k < x.length(1), this, "selected class", k, "one of 0 … " + (x.length(1) - 1));
    }
    return labels;
  }

  private double sum(
      Batch batch, Reduction reduction, @Nullable Tensor gradient, @Nullable Tensor values) {
    Labels labels = labels(batch);
    Tensor x = batch.prediction();
    float[] weights = weights(batch, labels);
    int c = x.length(1);
    int n = x.length(0);
    int inner = n == 0 ? 0 : labels.size() / n;
    long counted = 0;
    double weight = 0;
    for (float w : weights) {
      counted += w > 0 ? 1 : 0;
      weight += w;
    }
    double factor = reduction.factor(counted, weight);
    int[] looked =
        classes.indices().isEmpty() ? IntStream.range(0, c).toArray() : classes.toArray();
    double total = 0;
    for (int i = 0; i < n; i++) {
      double[][] p = probabilities(x, weights, i, c, inner);
      double[][] squares = squares(labels, p, weights, looked, i, inner);
      double[] d = new double[c];
      for (int q = 0; q < inner; q++) {
        double w = weights[i * inner + q];
        double value = 0;
        double dot = 0;
        Arrays.fill(d, 0);
        for (int j = 0; j < looked.length && w > 0; j++) {
          int k = looked[j];
          double error = p[k][q] - (labels.get(i * inner + q) == k ? 1 : 0);
          value += error * error * squares[j][q] / looked.length;
          d[k] = 2 * error * squares[j][q] / looked.length;
          dot += p[k][q] * d[k];
        }
        total += w * value;
        if (values != null) {
          values.buffer().put(i * inner + q, (float) (w * value));
        }
        for (int k = 0; k < c && gradient != null; k++) {
          double slope = w > 0 ? factor * w * p[k][q] * (d[k] - dot) : 0;
          gradient.buffer().put((i * c + k) * inner + q, (float) slope);
        }
      }
    }
    return factor * total;
  }

  private float[] weights(Batch batch, Labels labels) {
    Tensor given = batch.weights();
    float[] weights = new float[labels.size()];
    Arrays.fill(weights, 1);
    if (given != null) {
      Check.shape(this, "weights", given.shape(), "target", labels.shape());
      weights = given.toArray();
    }
    int c = batch.prediction().length(1);
    for (int q = 0; q < weights.length; q++) {
      if (!(weights[q] >= 0 && weights[q] < Float.POSITIVE_INFINITY)) {
        String allowed = "a finite number of 0 or more";
        throw Check.entry(this, "weights", q, labels.shape(), weights[q], allowed);
      }
      if (weights[q] > 0 && (labels.get(q) < 0 || labels.get(q) >= c)) {
        String allowed = "a class in 0 … " + (c - 1);
        throw Check.entry(this, "target", q, labels.shape(), labels.get(q), allowed);
      }
    }
    return weights;
  }

  /** Softmax of sample {@code i}; of a position of weight 0, all to class 0. */
  private static double[][] probabilities(Tensor x, float[] weights, int i, int c, int inner) {
    double[][] p = new double[c][inner];
    for (int q = 0; q < inner; q++) {
      if (weights[i * inner + q] == 0) {
        p[0][q] = 1;
        continue;
      }
      double top = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < c; k++) {
        top = Math.max(top, x.get((i * c + k) * inner + q));
      }
      double sum = 0;
      for (int k = 0; k < c; k++) {
        p[k][q] = Math.exp(x.get((i * c + k) * inner + q) - top);
        sum += p[k][q];
      }
      for (int k = 0; k < c; k++) {
        p[k][q] /= sum;
      }
    }
    return p;
  }

  /** D² + D̂² of each class that is looked at. */
  private double[][] squares(
      Labels labels, double[][] p, float[] weights, int[] looked, int i, int inner) {
    int[] spatial = Arrays.copyOfRange(labels.shape(), 1, labels.shape().length);
    int[] likely = new int[inner];
    for (int q = 0; q < inner; q++) {
      for (int k = 1; k < p.length; k++) {
        likely[q] = p[k][q] > p[likely[q]][q] ? k : likely[q];
      }
    }
    double[][] squares = new double[looked.length][inner];
    for (int j = 0; j < looked.length; j++) {
      int[] truth = new int[inner];
      int[] guess = new int[inner];
      for (int q = 0; q < inner; q++) {
        boolean ignored = weights[i * inner + q] == 0;
        truth[q] = !ignored && labels.get(i * inner + q) == looked[j] ? 1 : 0;
        guess[q] = likely[q] == looked[j] ? 1 : 0;
      }
      Tensor inTruth = DistanceTransform.unit().of(Labels.of(truth, spatial));
      Tensor inGuess = DistanceTransform.unit().of(Labels.of(guess, spatial));
      for (int q = 0; q < inner; q++) {
        double d = finite(inTruth.get(q));
        double guessed = finite(inGuess.get(q));
        if (predicted == SignedDistanceMap.Rounding.CUT_TO_INTEGER) {
          guessed = Math.floor(guessed);
        }
        squares[j][q] = d * d + guessed * guessed;
      }
    }
    return squares;
  }

  /** A mask that covers everything has no outside: 0. */
  private static double finite(float distance) {
    return Float.isInfinite(distance) ? 0 : distance;
  }
}
