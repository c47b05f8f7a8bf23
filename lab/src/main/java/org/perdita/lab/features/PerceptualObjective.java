package org.perdita.lab.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.WeightedSum;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.PerceptualLoss.Term;
import org.perdita.perceptual.StyleLoss;
import org.perdita.perceptual.TotalVariationLoss;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;

/**
 * A perceptual loss on a feature network: the engine runs the network and the matrix products of
 * style losses, the losses give their gradients at feature maps and Gram matrices, and one backward
 * carries them to the pixels and on to what made them.
 *
 * @param network frozen
 * @param loss what is minimised at its layers
 * @param variation the weight of the squared total variation of the pixels, a mean over samples; 0
 *     for none
 */
public record PerceptualObjective(FeatureNetwork network, PerceptualLoss loss, double variation) {

  /** Features or Gram matrices to be reached, one a term; computed once. */
  public record Targets(List<org.perdita.Tensor> terms) {}

  /** The value, and the share of each term. */
  public record Value(double total, List<Double> parts) {}

  /**
   * What is to be reached: style terms take their Gram matrices from {@code style}, the others
   * their features from {@code content}.
   *
   * @param content {@code [n, 3, h, w]} in [0, 1]
   * @param style one picture
   */
  public Targets targets(Tensor content, Tensor style) {
    return Engine.scoped(
        () -> {
          Map<String, Tensor> styles = detached(style, true);
          return reaching(
              content,
              i -> {
                Term term = loss.terms().get(i);
                Tensor f = Objects.requireNonNull(styles.get(term.layer()));
                return copied(gram((StyleLoss) term.loss(), f));
              });
        });
  }

  /** The targets of another content and the same style, which is not looked at again. */
  public Targets targets(Tensor content, Targets before) {
    return Engine.scoped(() -> reaching(content, before.terms()::get));
  }

  private Targets reaching(Tensor content, IntFunction<org.perdita.Tensor> ofStyle) {
    Map<String, Tensor> contents = detached(content, false);
    List<org.perdita.Tensor> targets = new ArrayList<>();
    for (int i = 0; i < loss.terms().size(); i++) {
      Term term = loss.terms().get(i);
      targets.add(
          term.loss() instanceof StyleLoss
              ? ofStyle.apply(i)
              : copied(Objects.requireNonNull(contents.get(term.layer()))));
    }
    return new Targets(targets);
  }

  private Map<String, Tensor> detached(Tensor pixels, boolean style) {
    List<String> layers =
        loss.terms().stream()
            .filter(term -> term.loss() instanceof StyleLoss == style)
            .map(Term::layer)
            .distinct()
            .toList();
    return layers.isEmpty() ? Map.of() : network.features(pixels.detach(), layers);
  }

  private static org.perdita.Tensor copied(Tensor tensor) {
    org.perdita.Tensor view = EngineTensors.view(tensor);
    return org.perdita.Tensor.of(view.toArray(), view.shape());
  }

  /** Evaluates at {@code pixels} and sends the gradient through their graph. */
  public Value backward(Tensor pixels, Targets targets) {
    return Engine.scoped(
        () -> {
          BackwardPass pass = new BackwardPass();
          Map<String, Tensor> features = network.features(pixels, loss.layers());
          List<Double> parts = new ArrayList<>();
          for (int i = 0; i < loss.terms().size(); i++) {
            Term term = loss.terms().get(i);
            Tensor f = Objects.requireNonNull(features.get(term.layer()));
            org.perdita.Tensor target = targets.terms().get(i);
            if (term.weight() == 0) {
              parts.add(0.0);
            } else if (term.loss() instanceof StyleLoss style) {
              parts.add(atGram(pass, style, term.weight(), f, target));
            } else {
              WeightedSum weighted = WeightedSum.of(term.weight(), term.loss());
              parts.add(pass.add(new EngineLoss(weighted, Reduction.mean()), f, target, null));
            }
          }
          if (variation > 0) {
            Evaluation e = TotalVariationLoss.squared().evaluate(EngineTensors.view(pixels));
            double each = variation / pixels.size(0);
            parts.add(each * e.value());
            pass.add(pixels, EngineTensors.of(e.gradient()).mul(new Scalar(each)));
          }
          pass.run();
          return new Value(parts.stream().mapToDouble(Double::doubleValue).sum(), parts);
        });
  }

  /**
   * The gradient at the features in one product, as the one at a Gram matrix is symmetric: through
   * the graph of the Gram matrix it would be two, their sum and a transposed copy.
   */
  private static double atGram(
      BackwardPass pass, StyleLoss style, double weight, Tensor f, org.perdita.Tensor target) {
    int positions = Math.toIntExact(f.size(2) * f.size(3));
    double divisor = style.form().divisor(Math.toIntExact(f.size(1)), positions);
    Tensor features = f.detach();
    Tensor gram = gram(style, features);
    Evaluation e = style.atGram(EngineTensors.view(gram), target, positions);
    Tensor slopes = EngineTensors.of(e.gradient()).mul(new Scalar(2 * weight / divisor));
    pass.add(f, slopes.matmul(features.flatten(2, -1)).view(f.shape()));
    return weight * e.value();
  }

  /** The engine's matrix product, which is faster than one in Java. */
  private static Tensor gram(StyleLoss style, Tensor f) {
    int channels = Math.toIntExact(f.size(1));
    int positions = Math.toIntExact(f.size(2) * f.size(3));
    Tensor flat = f.flatten(2, -1);
    double divisor = style.form().divisor(channels, positions);
    return flat.matmul(flat.transpose(1, 2)).div(new Scalar(divisor));
  }
}
