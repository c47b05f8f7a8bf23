package org.perdita.matting;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.internal.Planes;

/**
 * The mask–image gradient consistency loss: wants the edges of a mask to run along edges of the
 * image, so that single strands of hair, too thin to matter to cross-entropy, are followed.
 *
 * <pre>
 * L = Σ w A (1 − (i · m)²) / Σ w (A + ε),   m = ∇M / |∇M|,   i = ∇I / |∇I|
 * |g| = √(g_x² + g_y² + ε),   A = |∇M| − √ε
 * </pre>
 *
 * <p>over the pixels, M the mask's probability and I the image's luminance. The sign of an edge
 * does not matter. It is used beside cross-entropy, with a weight of 0.5.
 *
 * <p>Shapes: prediction {@code [n, 1, h, w]}, sides of 3 or more; the target is the image, {@code
 * [n, 1, h, w]}, see {@link Luminance}. A unit is a sample. Weights {@code [n, h, w]} mark valid
 * pixels: a gradient whose operator touches a pixel of weight 0 counts nothing, and such a pixel is
 * never read.
 *
 * <p>Range: 0 where edges agree to 1 where they are at right angles, or where the image is flat. A
 * flat region of the mask has A = 0: it costs exactly 0, with a finite gradient. A mask that is
 * flat everywhere costs 0.
 *
 * <p>Accuracy: value and gradient agree with the formula in double to 2e-6 of their largest.
 * Refuses: ε outside [1e-12, 1], images that are not finite.
 *
 * <p>Others: no public implementation runs and normalises. {@link Form} names the two others that
 * have numbers: A = |∇M| (where a flat mask costs 1), and the gradients as they come (hair-dye),
 * which falls far below 0 for images in 0 … 255.
 *
 * {@snippet :
 * var loss = GradientConsistencyLoss.ofLogits();
 * Evaluation e = loss.evaluate(Batch.of(logits, Luminance.of(rgb)), Reduction.mean());
 * }
 *
 * @param activation SIGMOID of logits, or NONE of an alpha matte
 * @param form how gradients are weighed and normalised
 * @param operator what takes the gradients
 * @param border what the operator sees beyond the edge
 * @param epsilon ε
 * @see <a href="https://arxiv.org/abs/1712.07168">Levinshtein, Chang, Phung, Kezele, Guo, Aarabi:
 *     Real-time deep hair matting on mobile devices, CRV 2018, section on mask-image gradient
 *     consistency</a>
 */
public record GradientConsistencyLoss(
    Activation activation, Form form, GradientOperator operator, Border border, double epsilon)
    implements Loss {

  /** How gradients are weighed and normalised. */
  public enum Form {
    /** Unit directions; a pixel counts |∇M| − √ε, which is 0 where the mask is flat. */
    CENTRED,
    /** Unit directions; a pixel counts |∇M|, which is √ε where the mask is flat. */
    PLAIN,
    /** Directions not normalised, as in the hair-dye repository. For parity only. */
    UNNORMALISED
  }

  private static final double SMALL = 1e-6;

  public GradientConsistencyLoss {
    Check.that(
        epsilon >= 1e-12 && epsilon <= 1,
        "GradientConsistencyLoss",
        "epsilon",
        epsilon,
        "in [1e-12, 1]");
  }

  /** Of a network's logits: Sobel, no border, ε = 1e-6. */
  public static GradientConsistencyLoss ofLogits() {
    return of(Activation.SIGMOID);
  }

  /** Of an alpha matte in [0, 1]: Sobel, no border, ε = 1e-6. Also a measure of a finished mask. */
  public static GradientConsistencyLoss ofAlpha() {
    return of(Activation.NONE);
  }

  private static GradientConsistencyLoss of(Activation activation) {
    return new GradientConsistencyLoss(
        activation, Form.CENTRED, GradientOperator.sobel(), Border.VALID, SMALL);
  }

  /** The same with other weights and directions. */
  public GradientConsistencyLoss withForm(Form form) {
    return new GradientConsistencyLoss(activation, form, operator, border, epsilon);
  }

  /** The same with another operator. */
  public GradientConsistencyLoss withOperator(GradientOperator operator) {
    return new GradientConsistencyLoss(activation, form, operator, border, epsilon);
  }

  /** The same with another border. */
  public GradientConsistencyLoss withBorder(Border border) {
    return new GradientConsistencyLoss(activation, form, operator, border, epsilon);
  }

  /** The same with another ε. */
  public GradientConsistencyLoss withEpsilon(double epsilon) {
    return new GradientConsistencyLoss(activation, form, operator, border, epsilon);
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
    Tensor x = batch.prediction();
    Check.that(x.rank() == 4 && x.length(1) == 1, this, "prediction", x, "of shape [n, 1, h, w]");
    float most = 1e6f;
    return new Planes(this, new ConsistencyKernel(this), activation, 1, -most, most, batch);
  }
}
