package org.perdita.matting;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.PlaneFormula;
import org.perdita.internal.Planes;

/**
 * The alpha gradient loss: the mean absolute difference between the gradients of two mattes, which
 * sharpens transitions that a loss on alpha itself leaves blurred.
 *
 * <pre>
 * L = Σ w (|∂_x (α − y)| + |∂_y (α − y)|) / Σ w
 * </pre>
 *
 * <p>over the pixels of a plane. Shapes: prediction and target {@code [n, c, h, w]}, the target in
 * [0, 1]; a unit is a plane. Weights {@code [n, h, w]} say what the gradient at a pixel counts; the
 * gradients of its neighbours read the pixel all the same, as in mmediting. With an operator that
 * spans from −1 to 1, two mattes that differ by a constant cost 0.
 *
 * <p>Range: 0 up to 16 with the Sobel operator; the gradient jumps where a difference is 0, where 0
 * is given. Accuracy: to 2e-6 of the largest. Refuses: targets outside [0, 1].
 *
 * <pre>{@code
 * var loss = AlphaGradientLoss.ofLogits();
 * Evaluation e = loss.evaluate(Batch.of(logits, alpha), Reduction.mean());
 * }</pre>
 *
 * @param activation SIGMOID of logits, or NONE of an alpha matte
 * @param operator what takes the gradients
 * @param border what the operator sees beyond the edge
 * @see <a href="https://github.com/open-mmlab/mmediting">mmediting, models/losses/gradient_loss.py,
 *     whose numbers it has</a>
 */
public record AlphaGradientLoss(Activation activation, GradientOperator operator, Border border)
    implements Loss {

  /** Of a network's logits; Sobel, zeros beyond the edge, as in mmediting. */
  public static AlphaGradientLoss ofLogits() {
    return new AlphaGradientLoss(Activation.SIGMOID, GradientOperator.sobel(), Border.ZERO);
  }

  /** Of an alpha matte; otherwise as {@link #ofLogits}. */
  public static AlphaGradientLoss ofAlpha() {
    return new AlphaGradientLoss(Activation.NONE, GradientOperator.sobel(), Border.ZERO);
  }

  /** The same with another operator. */
  public AlphaGradientLoss withOperator(GradientOperator operator) {
    return new AlphaGradientLoss(activation, operator, border);
  }

  /** The same with another border. */
  public AlphaGradientLoss withBorder(Border border) {
    return new AlphaGradientLoss(activation, operator, border);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return planes(batch).evaluate(reduction, gradient);
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    return planes(batch).evaluate(reduction, null);
  }

  @Override
  public Tensor values(Batch batch) {
    return planes(batch).values();
  }

  private Planes planes(Batch batch) {
    return new Planes(this, new Kernel(operator, border), activation, 1, 0, 1, batch);
  }

  private record Kernel(GradientOperator operator, Border border) implements PlaneFormula {
    @Override
    public int leastSide() {
      return border == Border.VALID ? 3 : 2;
    }

    @Override
    public boolean hidesIgnored() {
      return false;
    }

    @Override
    public double evaluate(Plane plane, boolean slope) {
      Edges edges = new Edges(operator, border, plane.height, plane.width);
      int n = edges.rows * edges.columns;
      float[] difference = new float[plane.p.length];
      for (int j = 0; j < difference.length; j++) {
        difference[j] = plane.p[j] - plane.target[j];
      }
      float[] dx = new float[n];
      float[] dy = new float[n];
      edges.gradients(difference, 0, dx, dy);
      int margin = border == Border.VALID ? 1 : 0;
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < n; i++) {
        float w = weight(plane, edges, margin, i);
        sum += w == 0 ? 0 : w * ((double) Math.abs(dx[i]) + Math.abs(dy[i]));
        weight += w;
      }
      if (weight == 0) {
        plane.counted = false;
        return 0;
      }
      if (slope) {
        for (int i = 0; i < n; i++) {
          float w = (float) (weight(plane, edges, margin, i) / weight);
          dx[i] = w * Math.signum(dx[i]);
          dy[i] = w * Math.signum(dy[i]);
        }
        edges.back(dx, dy, plane.slope);
      }
      return sum / weight;
    }

    private static float weight(Plane plane, Edges edges, int margin, int i) {
      int row = i / edges.columns + margin;
      int column = i % edges.columns + margin;
      return plane.weight[row * plane.width + column];
    }
  }
}
