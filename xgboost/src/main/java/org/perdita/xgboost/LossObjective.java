package org.perdita.xgboost;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.perdita.Batch;
import org.perdita.CurvedLoss;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * A curved loss as an objective of XGBoost: the exact gradient of Σ w l by the margins, and a
 * positive curvature.
 *
 * <pre>{@code
 * LossObjective objective = LossObjective.of(new FocalLoss(Alpha.none(), 2));
 * var parameters = Map.<String, Object>of(
 *     "max_depth", 4, "eta", 0.1, "base_score", objective.initialMargin(train));
 * Booster booster = XGBoost.train(train, parameters, 100, Map.of(), objective, null);
 * float[][] p = objective.predict(booster, test);
 * }</pre>
 *
 * <p>Labels: with one margin a row they are targets in [0, 1], for losses on one logit. With {@code
 * num_class} margins a row they are class indices, for losses over classes and for sigmoid losses
 * one against the rest. Weights are the matrix's; a row of weight 0 is never read.
 *
 * <p>XGBoost knows nothing of the loss, so two things are the caller's. The margin that trees start
 * from: {@code base_score} is on the scale of margins, is estimated by XGBoost as if this were
 * regression when absent, and should be 0 or {@link #initialMargin}. And what {@code
 * booster.predict} gives, which is margins: {@link #predict} gives probabilities.
 *
 * <p>For several classes the curvature is doubled, as in XGBoost's own softmax: all trees of a
 * round step at once, and twice the diagonal bounds the softmax's Hessian. So {@link
 * org.perdita.classification.BinaryCrossEntropyLoss}, focal loss at γ = 0 without α and binary
 * bi-tempered loss at t1 = t2 = 1 grow the trees of {@code binary:logistic}, and {@link
 * org.perdita.classification.CrossEntropyLoss}, softmax focal loss at γ = 0 and bi-tempered loss at
 * t1 = t2 = 1 those of {@code multi:softprob}.
 *
 * <p>Probabilities of a focal loss are less extreme than the frequencies they stand for, as the
 * loss is no proper score for γ &gt; 0: calibrate them before they are used as probabilities.
 *
 * @param loss the loss of one row, or of one margin
 * @param curvature how its second derivative is made positive
 * @param link how margins become probabilities
 */
public record LossObjective(CurvedLoss loss, Curvature curvature, Link link) implements IObjective {
  private static final double LEAST = 1e-16;
  private static final float FARTHEST = 50;
  private static final int HALVINGS = 32;

  public LossObjective {
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(curvature, "curvature");
    Objects.requireNonNull(link, "link");
  }

  /** With the safe curvature and the loss's own link. */
  public static LossObjective of(CurvedLoss loss) {
    return new LossObjective(loss, Curvature.SAFE, Link.of(loss));
  }

  /** The same with another curvature. */
  public LossObjective with(Curvature curvature) {
    return new LossObjective(loss, curvature, link);
  }

  /** {@code loss} with a link that this library does not know. */
  public static LossObjective withLink(CurvedLoss loss, Link link) {
    return new LossObjective(loss, Curvature.SAFE, link);
  }

  /**
   * Gradient and curvature of each margin, row-major.
   *
   * @throws IllegalArgumentException if the loss refuses labels or weights
   */
  @Override
  public List<float[]> getGradient(float[][] margins, DMatrix data) {
    try {
      return gradient(margins, data.getLabel(), data.getWeight());
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * As {@link #getGradient}, from plain arrays.
   *
   * @param margins one or more a row
   * @param weights one a row, or none: each counts 1
   */
  public List<float[]> gradient(float[][] margins, float[] labels, float[] weights) {
    int rows = margins.length;
    check(labels.length == rows, "labels must be one a row, " + rows + ", were " + labels.length);
    check(
        weights.length == 0 || weights.length == rows,
        "weights must be one a row, " + rows + ", were " + weights.length);
    int outputs = rows == 0 ? 1 : margins[0].length;
    Batch batch = batch(flat(margins, outputs), outputs, labels, weights);
    Tensor gradient = Tensor.zeros(batch.prediction().shape());
    Tensor own = Tensor.zeros(batch.prediction().shape());
    loss.evaluate(batch, Reduction.sum(), gradient, own);
    float[] h = positive(batch.prediction(), gradient, own, labels, weights, outputs);
    return List.of(gradient.toArray(), h);
  }

  private Batch batch(float[] margins, int outputs, float[] labels, float[] weights) {
    int rows = labels.length;
    Target target = outputs == 1 ? Tensor.of(labels, rows) : classes(labels, weights);
    Tensor prediction = outputs == 1 ? Tensor.of(margins, rows) : Tensor.of(margins, rows, outputs);
    Batch batch = Batch.of(prediction, target);
    if (weights.length == 0) {
      return batch;
    }
    boolean perMargin = outputs > 1 && !overClasses(outputs);
    return batch.weighted(
        perMargin
            ? Tensor.of(repeated(weights, outputs), rows, outputs)
            : Tensor.of(weights, rows));
  }

  /** Whether the loss's unit is a row. */
  private boolean overClasses(int outputs) {
    Batch one = Batch.of(Tensor.zeros(1, outputs), Labels.of(new int[1]));
    return loss.values(one).size() == 1;
  }

  private float[] positive(
      Tensor margins, Tensor gradient, Tensor own, float[] labels, float[] weights, int outputs) {
    double scale = outputs > 1 && overClasses(outputs) ? 2 : 1;
    Tensor p = link.probabilities(margins);
    float[] h = own.toArray();
    for (int i = 0; i < h.length; i++) {
      int row = i / outputs;
      double y = outputs == 1 ? labels[row] : labels[row] == i % outputs ? 1 : 0;
      boolean counts = weights.length == 0 || weights[row] > 0;
      double bent = counts ? curvature.of(gradient.get(i), h[i], p.get(i), y) : 0;
      double least = counts ? Math.max(scale * bent, LEAST) : 0;
      h[i] = (float) Math.min(least, Float.MAX_VALUE);
    }
    return h;
  }

  /**
   * Where boosting should start: the one margin that minimises the loss of all rows, for losses on
   * one logit. Pass it as {@code base_score}.
   *
   * @return from −50 to 50, to which labels of one kind lead
   */
  public float initialMargin(DMatrix data) {
    try {
      return initialMargin(data.getLabel(), data.getWeight());
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #initialMargin(DMatrix)}, from plain arrays. */
  public float initialMargin(float[] labels, float[] weights) {
    check(labels.length > 0, "labels must be one or more, were none");
    float low = -FARTHEST;
    float high = FARTHEST;
    for (int step = 0; step < HALVINGS; step++) {
      float middle = 0.5f * (low + high);
      float[] margins = new float[labels.length];
      Arrays.fill(margins, middle);
      Tensor gradient = Tensor.zeros(labels.length);
      loss.evaluate(batch(margins, 1, labels, weights), Reduction.sum(), gradient);
      double slope = 0;
      for (int i = 0; i < labels.length; i++) {
        slope += gradient.get(i);
      }
      if (slope > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return 0.5f * (low + high);
  }

  /**
   * The probabilities that a booster predicts, {@code [rows][margins a row]}.
   *
   * @throws XGBoostError if the booster cannot predict {@code data}
   */
  public float[][] predict(Booster booster, DMatrix data) throws XGBoostError {
    float[][] margins = booster.predict(data, true);
    int rows = margins.length;
    int outputs = rows == 0 ? 1 : margins[0].length;
    float[] flat = flat(margins, outputs);
    Tensor p =
        link.probabilities(outputs == 1 ? Tensor.of(flat, rows) : Tensor.of(flat, rows, outputs));
    for (int i = 0; i < flat.length; i++) {
      margins[i / outputs][i % outputs] = p.get(i);
    }
    return margins;
  }

  private static Labels classes(float[] labels, float[] weights) {
    int[] classes = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      boolean counts = weights.length == 0 || weights[i] > 0;
      check(
          !counts || labels[i] == Math.rint(labels[i]),
          "labels[" + i + "] = " + labels[i] + " is no class");
      classes[i] = (int) labels[i];
    }
    return Labels.of(classes);
  }

  private static float[] flat(float[][] rows, int outputs) {
    float[] flat = new float[Math.multiplyExact(rows.length, outputs)];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * outputs, outputs);
    }
    return flat;
  }

  private static float[] repeated(float[] weights, int times) {
    float[] all = new float[Math.multiplyExact(weights.length, times)];
    for (int i = 0; i < all.length; i++) {
      all[i] = weights[i / times];
    }
    return all;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("LossObjective: " + otherwise);
    }
  }

  /** As in {@code LossObjective[FocalLoss[alpha=none, gamma=2.0], SAFE]}. */
  @Override
  public String toString() {
    return "LossObjective[" + loss + ", " + curvature + "]";
  }
}
