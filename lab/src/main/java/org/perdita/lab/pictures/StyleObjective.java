package org.perdita.lab.pictures;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.lab.features.FeatureNetwork;
import org.perdita.lab.features.PerceptualObjective;
import org.perdita.lab.features.PerceptualObjective.Targets;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.PerceptualLoss.Term;
import org.perdita.perceptual.StyleLoss;

/**
 * What a picture in another manner should be: the content's features at one layer, the style's Gram
 * matrices at several, the pixels' own among them: features that tell shapes apart in any light say
 * little of colours. Each term is divided by what it would be for features of 0, so that its value
 * is a share and one strength suits every network and size. Gram matrices are divided by the number
 * of positions, so that the style may be of another size than the content.
 */
final class StyleObjective {
  private static final List<String> STYLE = List.of("relu1_1", "relu2_1", "relu3_1", "relu4_1");
  private static final String CONTENT = "relu3_1";

  private StyleObjective() {}

  /**
   * The objective for a style.
   *
   * @param content pictures like those to be changed, to learn how large their features are
   * @param style one picture
   * @param strength how much the style counts beside the content
   * @param variation the weight of total variation, for each pixel and channel
   */
  static PerceptualObjective of(
      FeatureNetwork network, Tensor content, Tensor style, double strength, double variation) {
    boolean named = network.layers().containsAll(STYLE);
    List<String> deep = named ? STYLE : network.distanceLayers();
    String middle = named ? CONTENT : deep.get(deep.size() / 2);
    List<String> layers = Stream.concat(Stream.of(FeatureNetwork.PIXELS), deep.stream()).toList();
    PerceptualLoss plain = PerceptualLoss.of(middle, 1, FeatureLoss.squaredError());
    for (String layer : layers) {
      plain = plain.plus(layer, 1, StyleLoss.johnson());
    }
    Targets targets = new PerceptualObjective(network, plain, 0).targets(content, style);
    PerceptualLoss weighted = null;
    for (int i = 0; i < plain.terms().size(); i++) {
      Term term = plain.terms().get(i);
      org.perdita.Tensor target = targets.terms().get(i);
      double share = i == 0 ? 1 : strength / layers.size();
      double weight = share / Math.max(1e-30, ofNothing(network, term, target, content));
      weighted =
          weighted == null
              ? PerceptualLoss.of(term.layer(), weight, term.loss())
              : weighted.plus(term.layer(), weight, term.loss());
    }
    double numbers = 3.0 * content.size(2) * content.size(3);
    return new PerceptualObjective(network, Objects.requireNonNull(weighted), variation / numbers);
  }

  /** The loss of features of 0. */
  private static double ofNothing(
      FeatureNetwork network, Term term, org.perdita.Tensor target, Tensor content) {
    if (term.loss() instanceof StyleLoss style) {
      Tensor f =
          network
              .features(content.narrow(0, 0, 1), List.of(term.layer()))
              .values()
              .iterator()
              .next();
      int positions = Math.toIntExact(f.size(2) * f.size(3));
      return style.atGram(org.perdita.Tensor.zeros(target.shape()), target, positions).value();
    }
    org.perdita.Tensor zero = org.perdita.Tensor.zeros(target.shape());
    return term.loss().value(Batch.of(zero, target), Reduction.mean());
  }
}
