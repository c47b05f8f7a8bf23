package org.perdita.lab.parity;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.Ssim;
import org.perdita.perceptual.SsimLoss;
import org.perdita.perceptual.StyleLoss;
import org.perdita.perceptual.TotalVariationLoss;

/** Other libraries' losses of image synthesis. */
final class PerceptualRecipes {
  private static final String PERCEPTUAL = "perceptual.json";
  private static final String SSIM = "ssim.json";
  private static final String EXAMPLES = "pytorch/examples @77f55b9, fast_neural_style";

  private PerceptualRecipes() {}

  static List<Counterpart> all() {
    return List.of(
        Counterpart.of("FeatureLoss", EXAMPLES, "mse_loss(features, target)")
            .differs("The mean over batch, channels and positions; multiplied by its weight, 1e5.")
            .by(PerceptualRecipes.class, PerceptualRecipes::content, PERCEPTUAL, "content"),
        Counterpart.of("StyleLoss", EXAMPLES, "mse_loss(gram_matrix(features), gram_matrix(style))")
            .differs(
                "Gram matrices over C H W, and the mean of squares. Others divide otherwise, so"
                    + " weights are not portable: StyleLoss.gatys(), StyleLoss.piq().")
            .by(PerceptualRecipes.class, PerceptualRecipes::style, PERCEPTUAL, "style_one_layer"),
        Counterpart.of(
                "TotalVariationLoss",
                "jcjohnson/fast-neural-style @813c834, TotalVariation.lua",
                "TotalVariation(strength=1)")
            .differs("Squares of differences, halved and summed; its strength multiplies.")
            .by(PerceptualRecipes.class, PerceptualRecipes::squaredVariation, PERCEPTUAL, "tv_l2"),
        Counterpart.of(
                "TotalVariationLoss",
                "torchmetrics 1.9",
                "functional.image.total_variation(x, reduction=\"none\")")
            .differs("Absolute differences, summed for each image, as TensorFlow's does.")
            .by(PerceptualRecipes.class, PerceptualRecipes::absoluteVariation, PERCEPTUAL, "tv_l1"),
        Counterpart.of(
                "SsimLoss",
                "torchmetrics 1.9",
                "structural_similarity_index_measure(x, y, data_range=1.0)")
            .differs(
                "The loss is 1 - SSIM. Edges are mirrored and every pixel counts; piq and scikit-image"
                    + " count windows that lie inside, and give other numbers.")
            .by(PerceptualRecipes.class, PerceptualRecipes::torchmetrics, SSIM, "ssim_gauss"),
        Counterpart.of("SsimLoss", "piq @9948a52", "ssim(x, y, data_range=1.0)")
            .differs("The loss is 1 - SSIM. Only windows that lie inside, as Wang et al. have it.")
            .by(PerceptualRecipes.class, PerceptualRecipes::piq, SSIM, "piq_valid"));
  }

  private static Answer content(Counterpart.Inputs in) {
    Tensor features = in.tensor("features");
    Tensor target = in.tensor("target");
    // @start region=content
    var loss = FeatureLoss.squaredError();
    var e = loss.evaluate(Batch.of(features, target), Reduction.mean());
    // @end
    return Answer.of(e, "features");
  }

  private static Answer style(Counterpart.Inputs in) {
    Tensor features = in.tensor("features0");
    Tensor style = in.tensor("style0");
    // @start region=style_one_layer
    var loss = StyleLoss.johnsonCode();
    var e = loss.evaluate(Batch.of(features, style), Reduction.mean()); // one style for all
    // @end
    return Answer.of(e, "features0");
  }

  private static Answer squaredVariation(Counterpart.Inputs in) {
    Tensor image = in.tensor("image");
    // @start region=tv_l2
    var e = TotalVariationLoss.squared().evaluate(image);
    // @end
    return Answer.of(e, "image");
  }

  private static Answer absoluteVariation(Counterpart.Inputs in) {
    Tensor image = in.tensor("image");
    // @start region=tv_l1
    var loss = TotalVariationLoss.absolute();
    var each = loss.values(image);
    var sum = loss.evaluate(image);
    // @end
    return Answer.values(each).with("gradient.image", sum.gradient());
  }

  private static Answer torchmetrics(Counterpart.Inputs in) {
    Tensor x = in.tensor("preds");
    Tensor y = in.tensor("target");
    // @start region=ssim_gauss
    var ssim = Ssim.torchmetrics(1.0);
    var each = ssim.of(x, y);
    var loss = new SsimLoss(ssim).evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return similarity(each, loss.gradient());
  }

  private static Answer piq(Counterpart.Inputs in) {
    Tensor x = in.tensor("preds");
    Tensor y = in.tensor("target");
    // @start region=piq_valid
    var ssim = Ssim.wang(1.0);
    var each = ssim.of(x, y);
    var loss = new SsimLoss(ssim).evaluate(Batch.of(x, y), Reduction.sum());
    // @end
    return similarity(each, loss.gradient());
  }

  /** The libraries' gradient is the similarity's, ours the loss's. */
  private static Answer similarity(double[] each, Tensor gradient) {
    float[] values = new float[each.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) each[i];
    }
    float[] rising = gradient.toArray();
    for (int i = 0; i < rising.length; i++) {
      rising[i] = -rising[i];
    }
    return Answer.values(Tensor.of(values, values.length))
        .with("gradient.preds", Tensor.of(rising, gradient.shape()));
  }
}
