package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.matting.AlphaGradientLoss;
import org.perdita.matting.LaplacianPyramidLoss;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.Smooth;
import org.perdita.segmentation.TverskyLoss;

/** Other libraries' losses of segmentation and matting. */
final class SegmentationRecipes {
  private static final String DICE = "dice.json";
  private static final String BOUNDARY = "boundary.json";
  private static final String MATTING = "matting.json";
  private static final String MONAI = "MONAI @d388d1c";
  private static final String AUTHORS = "LIVIAETS/boundary-loss (authors), losses.py @171c32d";

  private SegmentationRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of("DiceLoss", MONAI, "losses.DiceLoss(sigmoid=True)(x, y)")
            .differs(
                "Smoothing 1e-5 above and below; each sample for itself (batch=True is"
                    + " Pooling.BATCH). Its mean is Reduction.mean(). softmax=True is"
                    + " DiceLoss.softmax().")
            .by(SegmentationRecipes.class, SegmentationRecipes::monaiDice, DICE, "dice_sigmoid"),
        Counterpart.of(
                "DiceLoss",
                "segmentation_models.pytorch @5006616",
                "DiceLoss(mode=\"binary\")(x, y)")
            .differs(
                "The batch is one unit and nothing is smoothed. mode=\"multiclass\" is"
                    + " Activation.SOFTMAX.")
            .wrong(
                "A class that the target lacks costs nothing, so false positives of it are free; ours"
                    + " repeats that with EmptyClass.COSTS_NOTHING.")
            .by(SegmentationRecipes.class, SegmentationRecipes::smpDice, DICE, "smp_dice_binary"),
        Counterpart.of("DiceLoss", "kornia @b4f5a78a1", "losses.dice_loss(x, y, average=\"macro\")")
            .differs(
                "1e-8 below the fraction only. average=\"micro\", its default, adds up the classes,"
                    + " so that the large ones hide the small ones.")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::korniaDice,
                "parity.json",
                "kornia_dice_macro"),
        Counterpart.of(
                "GeneralizedDiceLoss", MONAI, "losses.GeneralizedDiceLoss(softmax=True)(x, y)")
            .differs(
                "w_type=\"square\" is the default there and here. The weights of absent classes are"
                    + " the largest of those present.")
            .wrong("It computes the weights in float32 whatever the input.")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::monaiGeneralized,
                DICE,
                "gdl_square"),
        Counterpart.of("GeneralizedDiceLoss", AUTHORS, "GeneralizedDice(idc=[0, 1])(p, y)")
            .differs(
                "The published form: 1e-10 in the weights and in the quotient, each sample for"
                    + " itself, classes by idc.")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::authorsGeneralized,
                BOUNDARY,
                "gdl"),
        Counterpart.of(
                "TverskyLoss", MONAI, "losses.TverskyLoss(sigmoid=True, alpha=0.3, beta=0.7)(x, y)")
            .differs("alpha weighs false positives, beta false negatives, there and here.")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::monaiTversky,
                DICE,
                "tversky_0.3_0.7"),
        Counterpart.of("BoundaryLoss", AUTHORS, "SurfaceLoss(idc=[1])(p, dist_maps)")
            .differs(
                "The mean over the looked-at classes' pixels. The maps are those of"
                    + " SignedDistanceMap.published().")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::authorsBoundary,
                BOUNDARY,
                "bl_square"),
        Counterpart.of("AlphaGradientLoss", "mmediting @941e79b", "GradientLoss()(pred, target)")
            .differs("On alphas, not on logits. Sobel unscaled, zeros beyond the edge.")
            .by(
                SegmentationRecipes.class,
                SegmentationRecipes::mmeditingGradient,
                MATTING,
                "grad_l1"),
        Counterpart.of(
                "LaplacianPyramidLoss",
                "RobustVideoMatting @53d74c6",
                "laplacian_loss(pred, target, max_levels=3)")
            .differs(
                "On alphas, not on logits. Every level is a band: no low-pass residual. Five levels"
                    + " are its default.")
            .by(SegmentationRecipes.class, SegmentationRecipes::laplacian, MATTING, "lap_3"));
  }

  private static Answer monaiDice(Counterpart.Inputs in) {
    Tensor x = in.tensor("input");
    Tensor y = in.tensor("target");
    // @start region=dice_sigmoid
    var loss = DiceLoss.sigmoid();
    var each = loss.values(Batch.of(x, y)); // reduction="none"
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum()); // Reduction.mean() for "mean"
    // @end
    return Answer.values(each).with("gradient.input", sum.gradient());
  }

  private static Answer smpDice(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor y = in.tensor("target");
    // @start region=smp_dice_binary
    var loss = DiceLoss.segmentationModels(Activation.SIGMOID);
    var e = loss.evaluate(Batch.of(x, y), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer korniaDice(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Labels y = in.labels("labels");
    // @start region=kornia_dice_macro
    var loss = DiceLoss.softmax().withSmooth(new Smooth(0, 1e-8));
    var e = loss.evaluate(Batch.of(x, y), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer monaiGeneralized(Counterpart.Inputs in) {
    Tensor x = in.tensor("input");
    Tensor y = in.tensor("target");
    // @start region=gdl_square
    var loss = GeneralizedDiceLoss.softmax();
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.input", sum.gradient());
  }

  private static Answer authorsGeneralized(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Labels y = in.labels("labels");
    // @start region=gdl
    var loss = GeneralizedDiceLoss.published().withClasses(ClassSelection.of(0, 1));
    var e = loss.evaluate(Batch.of(x, y), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer monaiTversky(Counterpart.Inputs in) {
    Tensor x = in.tensor("input");
    Tensor y = in.tensor("target");
    // @start region=tversky_0.3_0.7
    var loss = TverskyLoss.sigmoid(0.3, 0.7);
    var each = loss.values(Batch.of(x, y));
    var sum = loss.evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return Answer.values(each).with("gradient.input", sum.gradient());
  }

  private static Answer authorsBoundary(Counterpart.Inputs in) {
    Tensor x = in.tensor("logits");
    Tensor maps = in.tensor("dist_maps");
    // @start region=bl_square
    var loss = BoundaryLoss.softmax(ClassSelection.of(1));
    var e = loss.evaluate(Batch.of(x, maps), Reduction.mean());
    // @end
    return Answer.of(e, "logits");
  }

  private static Answer mmeditingGradient(Counterpart.Inputs in) {
    Tensor pred = in.tensor("pred");
    Tensor target = in.tensor("target");
    // @start region=grad_l1
    var loss = AlphaGradientLoss.ofAlpha();
    var e = loss.evaluate(Batch.of(pred, target), Reduction.mean());
    // @end
    return Answer.of(e, "pred");
  }

  private static Answer laplacian(Counterpart.Inputs in) {
    Tensor pred = in.tensor("pred");
    Tensor target = in.tensor("target");
    // @start region=lap_3
    var loss = LaplacianPyramidLoss.ofAlpha(3);
    var e = loss.evaluate(Batch.of(pred, target), Reduction.mean());
    // @end
    return Answer.of(e, "pred");
  }
}
