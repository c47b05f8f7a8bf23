package org.perdita.perceptual;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Losses at named layers of a feature network, each with a weight: Σ weight · loss(layer). The
 * gradients come out at the feature maps; whoever runs the network carries them on.
 *
 * <p>Several terms may stand at one layer; their gradients add up. Reduced by the mean over
 * samples.
 *
 * {@snippet :
 * var loss = PerceptualLoss.of("relu3_3", 1, FeatureLoss.squaredError())
 *     .plus("relu1_2", 5, StyleLoss.johnsonCode())
 *     .plus("relu2_2", 5, StyleLoss.johnsonCode());
 * PerceptualLoss.Result r = loss.evaluate(features, targets);
 * }
 *
 * @param terms at least one
 * @see <a href="https://arxiv.org/abs/1603.08155">Johnson, Alahi, Fei-Fei 2016, section 3</a>
 */
public record PerceptualLoss(List<Term> terms) {

  /**
   * A loss at a layer.
   *
   * @param layer the layer's name
   * @param weight a finite number of 0 or more
   * @param loss what is evaluated there
   */
  public record Term(String layer, double weight, Loss loss) {
    public Term {
      boolean holds = weight >= 0 && weight < Double.POSITIVE_INFINITY;
      Check.that(
          holds, "PerceptualLoss", "weight at " + layer, weight, "a finite number of 0 or more");
    }

    /** As in {@code StyleLoss[form=GATYS] at relu1_2}. */
    public String name() {
      return loss + " at " + layer;
    }
  }

  /**
   * What came of it.
   *
   * @param value Σ weight · loss
   * @param gradients d value / d features, by layer
   * @param parts weight · loss of each term, in the order of the terms
   */
  public record Result(double value, Map<String, Tensor> gradients, List<Double> parts) {}

  public PerceptualLoss {
    terms = List.copyOf(terms);
    Check.that(!terms.isEmpty(), "PerceptualLoss", "number of terms", 0, "at least 1");
  }

  /** One term; {@link #plus} adds more. */
  public static PerceptualLoss of(String layer, double weight, Loss loss) {
    return new PerceptualLoss(List.of(new Term(layer, weight, loss)));
  }

  /** One term more. */
  public PerceptualLoss plus(String layer, double weight, Loss loss) {
    List<Term> more = new ArrayList<>(terms);
    more.add(new Term(layer, weight, loss));
    return new PerceptualLoss(more);
  }

  /** The layers that features are needed of, each once. */
  public List<String> layers() {
    return terms.stream().map(Term::layer).distinct().toList();
  }

  /**
   * Value and gradients.
   *
   * @param features the prediction's, by layer
   * @param targets one a term, in the order of the terms
   */
  public Result evaluate(Map<String, Tensor> features, List<? extends Target> targets) {
    String wanted = "one for each of the " + terms.size() + " terms";
    Check.that(targets.size() == terms.size(), "PerceptualLoss", "targets", targets.size(), wanted);
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    List<Double> parts = new ArrayList<>();
    double value = 0;
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      Tensor at = features.get(term.layer());
      if (at == null) {
        throw Check.refusal(
            ("PerceptualLoss: features must be given at " + term.layer() + ", were given at ")
                + features.keySet().stream().sorted().collect(Collectors.joining(", ")));
      }
      Evaluation e = term.loss().evaluate(Batch.of(at, targets.get(i)), Reduction.mean());
      double part = term.weight() * e.value();
      parts.add(part);
      value += part;
      Tensor sum = gradients.computeIfAbsent(term.layer(), l -> Tensor.zeros(at.shape()));
      add(sum.buffer(), e.gradient().buffer(), term.weight());
    }
    return new Result(value, gradients, parts);
  }

  private static void add(FloatBuffer sum, FloatBuffer gradient, double weight) {
    for (int j = 0; j < sum.limit(); j++) {
      double g = sum.get(j) + weight * gradient.get(j);
      sum.put(j, (float) Math.max(-Float.MAX_VALUE, Math.min(g, Float.MAX_VALUE)));
    }
  }
}
