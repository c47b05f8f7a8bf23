package org.perdita.perceptual;

import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.PerSample;

/**
 * The style loss: pulls the correlations between a picture's features, wherever they are, towards
 * those of a style picture; textures and colours follow, the arrangement does not.
 *
 * <pre>
 * G = F Fᵀ of the prediction's features (C channels, M = H W positions), A of the style's
 * value = k ‖G / d − A / d'‖²        d, d' and k as the {@link Form} says
 * </pre>
 *
 * <p>Shapes: features {@code [n, c, h, w]}; the target is either the style's features, of as many
 * channels and any size, or its Gram matrices {@code [n, c, c]} as {@link #target} gives them, once
 * for the whole training. One style, {@code [1, …]}, may serve the whole batch. The unit is a
 * sample: weights have shape {@code [n]}.
 *
 * <p>Range: from 0 up, quartic in the features; the gradient is cubic.
 *
 * <p>Accuracy: see {@link Gram}; differences of Gram matrices and their sum are in double.
 *
 * <p>Refuses: predictions without four axes, targets of other channels or samples.
 *
 * <p>What is called "the style loss" differs between projects by factors of up to (C H W)², so a
 * weight means nothing without the form's name; {@link Form#convert} gives the weight that does in
 * one form what a weight does in another.
 *
 * {@snippet :
 * var loss = StyleLoss.johnson();
 * Tensor style = loss.target(styleFeatures);
 * Evaluation e = loss.evaluate(Batch.of(features, style), Reduction.mean());
 * }
 *
 * @param form how Gram matrices are normalised and compared
 * @see <a href="https://arxiv.org/abs/1603.08155">Johnson, Alahi, Fei-Fei 2016, equations 3 and
 *     4</a>
 * @see <a href="https://arxiv.org/abs/1508.06576">Gatys, Ecker, Bethge: A Neural Algorithm of
 *     Artistic Style, 2015, equations 3 to 5</a>
 */
public record StyleLoss(Form form) implements Loss {

  /** How Gram matrices are normalised and compared. */
  public enum Form {
    /** The paper of Johnson et al.: G / (C M), sum of squares. */
    JOHNSON,
    /**
     * The code of Johnson et al., pytorch/examples, BasicSR: G / (C M), mean of squares over the C²
     * entries.
     */
    JOHNSON_CODE,
    /** Gatys et al.: G as it is, sum of squares / (4 C² M²). */
    GATYS,
    /** piq: G as it is, mean of squares over the C² entries. */
    PIQ;

    /** What F Fᵀ is divided by. */
    public double divisor(int channels, int positions) {
      return switch (this) {
        case JOHNSON, JOHNSON_CODE -> (double) channels * positions;
        case GATYS, PIQ -> 1;
      };
    }

    /** What the sum of squared differences is multiplied by. */
    double factor(int channels, int positions) {
      double c = channels;
      double m = positions;
      return switch (this) {
        case JOHNSON -> 1;
        case JOHNSON_CODE, PIQ -> 1 / (c * c);
        case GATYS -> 1 / (4 * c * c * m * m);
      };
    }

    /**
     * The weight that does in this form what {@code weight} does in {@code other}, for a layer of
     * that size and a style picture of the same size.
     */
    public double convert(double weight, Form other, int channels, int positions) {
      Check.that(channels > 0, "StyleLoss", "channels", channels, "above 0");
      Check.that(positions > 0, "StyleLoss", "positions", positions, "above 0");
      return weight * other.whole(channels, positions) / whole(channels, positions);
    }

    /** What the sum of squared differences of F Fᵀ is multiplied by, all told. */
    private double whole(int channels, int positions) {
      double divisor = divisor(channels, positions);
      return factor(channels, positions) / (divisor * divisor);
    }
  }

  /** The paper's form. */
  public static StyleLoss johnson() {
    return new StyleLoss(Form.JOHNSON);
  }

  /** The form of the authors' code, of pytorch/examples and of BasicSR. */
  public static StyleLoss johnsonCode() {
    return new StyleLoss(Form.JOHNSON_CODE);
  }

  /** The form of Gatys et al. */
  public static StyleLoss gatys() {
    return new StyleLoss(Form.GATYS);
  }

  /** The form of piq. */
  public static StyleLoss piq() {
    return new StyleLoss(Form.PIQ);
  }

  /**
   * The Gram matrices of style features, normalised as this form has it: a target to keep.
   *
   * @param features {@code [n, c, h, w]}
   * @return {@code [n, c, c]}
   */
  public Tensor target(Tensor features) {
    Check.that(features.rank() == 4, this, "features", features, "of shape [n, c, h, w]");
    return Gram.of(features, divisor(features));
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return PerSample.evaluate(this, batch, reduction, gradient, kernel(batch));
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return PerSample.evaluate(this, batch, reduction, null, kernel(batch));
  }

  @Override
  public Tensor values(Batch batch) {
    return PerSample.values(this, batch, kernel(batch));
  }

  /**
   * The mean over samples and its gradient at Gram matrices that somebody else computed, such as an
   * engine, whose matrix product carries the gradient on to the features.
   *
   * @param grams normalised as this form has it, {@code [n, c, c]}
   * @param target {@code [n, c, c]} or {@code [1, c, c]}
   * @param positions H · W of the features
   */
  public Evaluation atGram(Tensor grams, Tensor target, int positions) {
    Check.that(
        grams.rank() == 3 && grams.length(1) == grams.length(2),
        this,
        "grams",
        grams,
        "of shape [n, c, c]");
    int n = grams.length(0);
    int c = grams.length(1);
    checkTarget(target, n, c);
    double factor = form.factor(c, positions) / Math.max(1, n);
    Tensor gradient = Tensor.zeros(n, c, c);
    double value = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < c * c; k++) {
        double d = (double) grams.get(i * c * c + k) - target.get(at(target, i) * c * c + k);
        value += factor * d * d;
        gradient.buffer().put(i * c * c + k, PerSample.saturated(2 * factor * d));
      }
    }
    return new Evaluation(value, gradient);
  }

  private double divisor(Tensor features) {
    return form.divisor(features.length(1), features.length(2) * features.length(3));
  }

  private PerSample.Kernel kernel(Batch batch) {
    Tensor x = batch.prediction();
    Check.that(x.rank() == 4, this, "prediction", x, "of shape [n, c, h, w]");
    int c = x.length(1);
    int m = x.length(2) * x.length(3);
    Tensor style = grams(batch.target());
    checkTarget(style, x.length(0), c);
    double divisor = divisor(x);
    double factor = form.factor(c, m);
    return (sample, by, gradient) -> {
      double[] difference = Gram.of(x, sample, divisor);
      double value = 0;
      for (int k = 0; k < difference.length; k++) {
        difference[k] -= style.get(at(style, sample) * c * c + k);
        value += factor * difference[k] * difference[k];
      }
      if (gradient != null) {
        Gram.backward(x, sample, difference, 2 * by * factor / divisor, gradient);
      }
      return value;
    };
  }

  private Tensor grams(Target target) {
    if (target instanceof Tensor tensor && (tensor.rank() == 3 || tensor.rank() == 4)) {
      return tensor.rank() == 3 ? tensor : target(tensor);
    }
    throw Check.refusal(
        this + ": target must be features [n, c, h, w] or Gram matrices [n, c, c], was " + target);
  }

  private void checkTarget(Tensor style, int n, int c) {
    boolean holds =
        style.rank() == 3
            && (style.length(0) == n || style.length(0) == 1)
            && style.length(1) == c
            && style.length(2) == c;
    String wanted = "of " + c + " channels and " + n + " samples or 1";
    Check.that(holds, this, "target", style, wanted);
  }

  /** The style of a sample: its own, or the one there is. */
  private static int at(Tensor style, int sample) {
    return style.length(0) == 1 ? 0 : sample;
  }
}
