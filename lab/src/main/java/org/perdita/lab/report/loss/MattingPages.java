package org.perdita.lab.report.loss;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.perdita.Batch;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.matting.AlphaGradientLoss;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.matting.GradientOperator;
import org.perdita.matting.LaplacianPyramidLoss;

/** The losses on the edges of mattes. */
final class MattingPages {
  private static final String PAPER =
      "Levinshtein et al., “Real-time deep hair matting on mobile devices”, CRV 2018, arXiv"
          + " 1712.07168";

  private MattingPages() {}

  static LossPage consistency() {
    float[] mask = new float[25];
    float[] slanted = new float[25];
    float[] upright = new float[25];
    for (int i = 0; i < 25; i++) {
      mask[i] = i % 5 - 2;
      slanted[i] = (i % 5 + i / 5) / 8f;
      upright[i] = i % 5 / 4f;
    }
    GradientConsistencyLoss loss = GradientConsistencyLoss.ofLogits();
    return new LossPage(
        "GradientConsistencyLoss",
        "Wants the edges of a mask to run along edges of the image, so that strands too thin to"
            + " matter to cross-entropy are followed.",
        "L = Σ w A (1 − (i · m)²) / Σ w (A + ε)",
        "m and i the unit gradients of mask and image, A = |∇M| − √ε what an edge counts, |g| = √(g²"
            + " + ε)",
        PAPER + "; the formula is known at second hand",
        "logit of one pixel of a mask that rises from left to right",
        List.of(
            LossCurve.ofEntry("image rises with it", loss, 11, plane(mask, upright)),
            LossCurve.ofEntry("image rises aslant", loss, 11, plane(mask, slanted))),
        List.of(
            "0 where edges agree, whichever way they point; 1 at right angles.",
            "A flat region of the mask costs exactly 0 and has a finite gradient."),
        List.of(
            "Prediction [n, 1, h, w]; target the image's luminance [n, 1, h, w].",
            "Weights [n, h, w] mark valid pixels, or [n, 1, 1, 1] weigh samples."),
        List.of(
            new Default("weight beside cross-entropy", "0.5", PAPER + " (unconfirmed)"),
            new Default("operator", "Sobel, no border, ε = 1e-6", "hair-dye")),
        List.of(
            new Pitfall(
                "Gradients that are not of unit length: the loss falls to −168 on an image in 0 …"
                    + " 255.",
                "hair-dye, measured"),
            new Pitfall(
                "Taking the arg max of the prediction first leaves no gradient at all.",
                "mobile-hair-segmentation, read"),
            new Pitfall(
                "NaN where a region is flat: ε must stand inside the root.",
                "pytorch-hair-segmentation #33")),
        Snippet.of("GradientConsistencyLoss", Snippets.gradientConsistency()));
  }

  static LossPage alphaGradient() {
    return new LossPage(
        "AlphaGradientLoss",
        "The mean absolute difference of two mattes' gradients: sharpens transitions.",
        "L = Σ w (|∂ₓ (α − y)| + |∂ᵧ (α − y)|) / Σ w",
        "α the predicted matte, y the true one, w the weights of the pixels",
        "mmediting, models/losses/gradient_loss.py",
        "logit of one pixel, all others right",
        Stream.of(
                GradientOperator.sobel(),
                GradientOperator.scharr().dividedBy(4),
                GradientOperator.central())
            .map(
                operator ->
                    LossCurve.ofEntry(
                        "weights " + operator.side() + ", " + operator.middle(),
                        AlphaGradientLoss.ofLogits().withOperator(operator),
                        12,
                        plane(new float[25], half())))
            .toList(),
        List.of("Mattes that differ by a constant cost nothing away from the border."),
        List.of(
            "Prediction and target [n, c, h, w], the target in [0, 1].",
            "A unit is a plane; weights one a unit, or one a pixel [n, h, w]."),
        List.of(new Default("operator", "Sobel, not divided, zeros beyond", "mmediting")),
        List.of(
            new Pitfall(
                "Sobel not divided by 8 makes the loss eight times the slope.", "mmediting, read")),
        Snippet.of("AlphaGradientLoss", Snippets.alphaGradient()));
  }

  static LossPage laplacianPyramid() {
    return new LossPage(
        "LaplacianPyramidLoss",
        "Compares two mattes band by band, so that fine detail and broad shape are both held to"
            + " account.",
        "L = (1 / n) Σ 2ˢ mean |Lₛ(α) − Lₛ(y)| over the levels s = 0 … n − 1",
        "Lₛ the band of level s: the image at that size minus what its half size gives back",
        "Lin et al., “Robust high-resolution video matting”, WACV 2022, arXiv 2108.11515, section"
            + " 4.2",
        "logit of one pixel, all others right",
        Stream.of(1, 2, 3)
            .map(
                levels ->
                    LossCurve.ofEntry(
                        levels + (levels == 1 ? " level" : " levels"),
                        LaplacianPyramidLoss.ofLogits(levels),
                        8 * 16 + 8,
                        flat(16)))
            .toList(),
        List.of("The residual below the last level is not compared: a constant is not seen."),
        List.of(
            "Prediction and target [n, c, h, w], the target in [0, 1]; sides of 4 or more at every"
                + " level.",
            "A unit is a plane; weights [n, c, 1, 1]."),
        List.of(new Default("levels", "5", "RobustVideoMatting")),
        List.of(
            new Pitfall(
                "Odd sides are cut to even at each level, so the last row may count nowhere.",
                "RobustVideoMatting, read")),
        Snippet.of("LaplacianPyramidLoss", Snippets.laplacianPyramid()));
  }

  private static Batch plane(float[] logits, float[] target) {
    return Batch.of(Tensor.of(logits, 1, 1, 5, 5), Tensor.of(target, 1, 1, 5, 5));
  }

  private static float[] half() {
    float[] half = new float[25];
    Arrays.fill(half, 0.5f);
    return half;
  }

  private static Batch flat(int side) {
    float[] half = new float[side * side];
    Arrays.fill(half, 0.5f);
    return Batch.of(Tensor.zeros(1, 1, side, side), Tensor.of(half, 1, 1, side, side));
  }
}
