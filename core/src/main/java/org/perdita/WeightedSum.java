package org.perdita;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.perdita.internal.Check;

/**
 * Several losses on one prediction: Σ<sub>i</sub> weight<sub>i</sub> loss<sub>i</sub>.
 *
 * <p>The terms share a batch, or have one each over the same prediction, as when a regional term
 * takes labels and a boundary term distances. {@link #audit} says how much each term contributes to
 * the value and to the gradient, which is what the choice of weights is about.
 *
 * <p>Besides the gradient, an evaluation allocates one more tensor of its size.
 *
 * @param terms at least one
 */
public record WeightedSum(List<Term> terms) implements Loss {

  /**
   * One loss and how much it counts.
   *
   * @param weight a finite number of 0 or more
   * @param loss the loss
   */
  public record Term(double weight, Loss loss) {
    public Term {
      Check.that(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "WeightedSum",
          "weight of " + loss,
          weight,
          "finite and 0 or more");
    }
  }

  /**
   * What a term contributes.
   *
   * @param loss the term's loss
   * @param value weight × its reduced value
   * @param valueShare |value| over the sum of all terms' |value|; 0 if that sum is 0
   * @param gradientNorm the Euclidean norm of weight × its gradient
   * @param gradientShare the norm over the sum of all terms' norms; 0 if that sum is 0
   */
  public record Share(
      Loss loss, double value, double valueShare, double gradientNorm, double gradientShare) {}

  public WeightedSum {
    terms = List.copyOf(terms);
    Check.that(!terms.isEmpty(), "WeightedSum", "number of terms", 0, "at least 1");
  }

  /** One term; {@link #plus} adds more. */
  public static WeightedSum of(double weight, Loss loss) {
    return new WeightedSum(List.of(new Term(weight, loss)));
  }

  /** One term more. */
  public WeightedSum plus(double weight, Loss loss) {
    List<Term> more = new ArrayList<>(terms);
    more.add(new Term(weight, loss));
    return new WeightedSum(more);
  }

  @Override
  public double evaluate(Batch batch, Reduction reduction, Tensor gradient) {
    return evaluate(shared(batch), reduction, gradient);
  }

  /**
   * Value and gradient where each term has its own targets and weights.
   *
   * @param batches one a term, with predictions of one shape
   * @param gradient overwritten
   */
  public double evaluate(List<Batch> batches, Reduction reduction, Tensor gradient) {
    checkCount(batches);
    FloatBuffer total = gradient.buffer();
    Tensor part = Tensor.zeros(gradient.shape());
    double value = 0;
    for (int i = 0; i < terms.size(); i++) {
      Term term = terms.get(i);
      Tensor out = i == 0 ? gradient : part;
      value += term.weight() * term.loss().evaluate(batches.get(i), reduction, out);
      FloatBuffer from = out.buffer();
      float weight = (float) term.weight();
      for (int j = 0; j < gradient.size(); j++) {
        float before = i == 0 ? 0 : total.get(j);
        total.put(j, Math.fma(weight, from.get(j), before));
      }
    }
    return value;
  }

  @Override
  public double value(Batch batch, Reduction reduction) {
    double value = 0;
    for (Term term : terms) {
      value += term.weight() * term.loss().value(batch, reduction);
    }
    return value;
  }

  @Override
  public Tensor values(Batch batch) {
    double[] sums = new double[0];
    int[] shape = new int[0];
    for (Term term : terms) {
      Tensor values = term.loss().values(batch);
      if (sums.length == 0) {
        shape = values.shape();
        sums = new double[values.size()];
      }
      Check.that(
          Arrays.equals(values.shape(), shape),
          this,
          "units of " + term.loss(),
          Arrays.toString(values.shape()),
          "those of the first term, " + Arrays.toString(shape));
      for (int j = 0; j < sums.length; j++) {
        sums[j] += term.weight() * values.get(j);
      }
    }
    float[] rounded = new float[sums.length];
    for (int j = 0; j < sums.length; j++) {
      rounded[j] = (float) sums[j];
    }
    return Tensor.of(rounded, shape);
  }

  /** What each term contributes on a shared batch, in the order of the terms. */
  public List<Share> audit(Batch batch, Reduction reduction) {
    return audit(shared(batch), reduction);
  }

  /** What each term contributes, each on its own batch. */
  public List<Share> audit(List<Batch> batches, Reduction reduction) {
    checkCount(batches);
    double[] values = new double[terms.size()];
    double[] norms = new double[terms.size()];
    for (int i = 0; i < values.length; i++) {
      Term term = terms.get(i);
      Evaluation e = term.loss().evaluate(batches.get(i), reduction);
      values[i] = term.weight() * e.value();
      norms[i] = term.weight() * norm(e.gradient());
    }
    double allValues = Arrays.stream(values).map(Math::abs).sum();
    double allNorms = Arrays.stream(norms).sum();
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      shares.add(
          new Share(
              terms.get(i).loss(),
              values[i],
              allValues == 0 ? 0 : Math.abs(values[i]) / allValues,
              norms[i],
              allNorms == 0 ? 0 : norms[i] / allNorms));
    }
    return shares;
  }

  private static double norm(Tensor gradient) {
    double squares = 0;
    for (int j = 0; j < gradient.size(); j++) {
      squares += (double) gradient.get(j) * gradient.get(j);
    }
    return Math.sqrt(squares);
  }

  private List<Batch> shared(Batch batch) {
    return Collections.nCopies(terms.size(), batch);
  }

  private void checkCount(List<Batch> batches) {
    Check.that(
        batches.size() == terms.size(),
        this,
        "number of batches",
        batches.size(),
        "one a term, " + terms.size());
  }
}
