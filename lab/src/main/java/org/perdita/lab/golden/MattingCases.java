package org.perdita.lab.golden;

import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.matting.AlphaGradientLoss;
import org.perdita.matting.Border;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.matting.GradientOperator;
import org.perdita.matting.LaplacianPyramidLoss;
import org.perdita.matting.Luminance;

/** Cases about mattes; all are of probabilities [n, 1, h, w]. */
final class MattingCases {
  private static final double EPSILON = 1e-6;

  private MattingCases() {}

  /** Inputs {@code mask} and {@code gray_image}; a value a sample. */
  static Computed consistency(GoldenCase golden) {
    GoldenArray mask = golden.input("mask");
    GradientConsistencyLoss loss =
        new GradientConsistencyLoss(
            Activation.NONE,
            GradientConsistencyLoss.Form.PLAIN,
            operator(golden),
            border(golden, Border.VALID),
            golden.param("epsilon_inside_sqrt", EPSILON));
    Batch batch = Batch.of(mask.tensor(), golden.input("gray_image").tensor());
    Evaluation e = loss.evaluate(batch, Reduction.sum());
    return Computed.inFloat()
        .with("value", GoldenArray.of(loss.values(batch), mask.shape()[0]))
        .with("gradient.mask", GoldenArray.of(e.gradient(), mask.shape()));
  }

  /** Inputs {@code pred}, {@code mask} and the colour {@code image}; one value. */
  static Computed hairDye(GoldenCase golden) {
    GoldenArray p = golden.input("pred");
    double ratio = golden.param("ratio_of_gradient");
    float[] logits = new float[p.data().length];
    for (int i = 0; i < logits.length; i++) {
      double q = p.data()[i];
      logits[i] = (float) Math.max(-100, Math.min(100, Math.log(q) - Math.log1p(-q)));
    }
    Tensor target = golden.input("mask", p.shape()).tensor();
    Evaluation crossEntropy =
        new BinaryCrossEntropyLoss()
            .evaluate(Batch.of(Tensor.of(logits, p.shape()), target), Reduction.mean());
    GradientConsistencyLoss loss =
        new GradientConsistencyLoss(
            Activation.NONE,
            GradientConsistencyLoss.Form.UNNORMALISED,
            operator(golden),
            Border.VALID,
            golden.param("epsilon_inside_sqrt", EPSILON));
    Tensor image = Luminance.of(golden.input("image").tensor());
    Evaluation consistency = loss.evaluate(Batch.of(p.tensor(), image), Reduction.mean());
    double[] gradient = new double[logits.length];
    for (int i = 0; i < gradient.length; i++) {
      double q = p.data()[i];
      double chained = crossEntropy.gradient().get(i) / Math.max(q * (1 - q), 1e-12);
      gradient[i] = chained + ratio * consistency.gradient().get(i);
    }
    double value = crossEntropy.value() + ratio * consistency.value();
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(value))
        .with("gradient.pred", new GoldenArray(p.shape(), gradient));
  }

  /** Inputs {@code pred}, {@code target} and perhaps {@code weight}; one value over all pixels. */
  static Computed alphaGradient(GoldenCase golden) {
    GoldenArray p = golden.input("pred");
    AlphaGradientLoss loss =
        new AlphaGradientLoss(Activation.NONE, operator(golden), border(golden, Border.ZERO));
    if (!golden.hasInput("weight")) {
      Batch batch = Batch.of(p.tensor(), golden.input("target", p.shape()).tensor());
      Evaluation e = loss.evaluate(batch, Reduction.mean());
      return one(e.value(), e.gradient().toArray(), p);
    }
    return weighted(golden, loss, p);
  }

  /** Each sample's mean counts what its pixels weigh. */
  private static Computed weighted(GoldenCase golden, AlphaGradientLoss loss, GoldenArray p) {
    int[] shape = p.shape();
    int area = p.data().length / shape[0];
    float[] w = golden.input("weight", shape).tensor().toArray();
    float[] all = golden.input("target", shape).tensor().toArray();
    float[] x = p.tensor().toArray();
    double total = 0;
    double value = 0;
    float[] gradient = new float[x.length];
    double[] mass = new double[shape[0]];
    for (int i = 0; i < x.length; i++) {
      mass[i / area] += w[i];
      total += w[i];
    }
    for (int i = 0; i < shape[0]; i++) {
      Batch batch =
          Batch.of(
                  part(x, i, area, 1, 1, shape[2], shape[3]),
                  part(all, i, area, 1, 1, shape[2], shape[3]))
              .weighted(part(w, i, area, 1, shape[2], shape[3]));
      Evaluation e = loss.evaluate(batch, Reduction.sum());
      double share = mass[i] / total;
      value += share * e.value();
      for (int j = 0; j < area; j++) {
        gradient[i * area + j] = (float) (share * e.gradient().get(j));
      }
    }
    return one(value, gradient, p);
  }

  private static Tensor part(float[] all, int i, int area, int... shape) {
    float[] own = new float[area];
    System.arraycopy(all, i * area, own, 0, area);
    return Tensor.of(own, shape);
  }

  /** Inputs {@code pred} and {@code target}; one value. */
  static Computed laplacianPyramid(GoldenCase golden) {
    GoldenArray p = golden.input("pred");
    LaplacianPyramidLoss loss = LaplacianPyramidLoss.ofAlpha((int) golden.param("max_levels"));
    Batch batch = Batch.of(p.tensor(), golden.input("target", p.shape()).tensor());
    Evaluation e = loss.evaluate(batch, Reduction.mean());
    return one(e.value(), e.gradient().toArray(), p);
  }

  private static Computed one(double value, float[] gradient, GoldenArray p) {
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(value))
        .with("gradient.pred", GoldenArray.of(Tensor.of(gradient, p.shape()), p.shape()));
  }

  /** Sobel; the parameter's words may say by what it is divided. */
  private static GradientOperator operator(GoldenCase golden) {
    String words = golden.words("sobel");
    for (int divisor : new int[] {4, 8}) {
      if (words.contains("divided by " + divisor)) {
        return GradientOperator.sobel().dividedBy(divisor);
      }
    }
    return GradientOperator.sobel();
  }

  private static Border border(GoldenCase golden, Border otherwise) {
    String words = golden.words("border") + golden.words("sobel");
    if (words.contains("replicate")) {
      return Border.REPLICATE;
    }
    if (words.contains("reflect")) {
      return Border.REFLECT;
    }
    if (words.contains("zero")) {
      return Border.ZERO;
    }
    return words.contains("valid") ? Border.VALID : otherwise;
  }
}
