package org.perdita.lab.golden;

import java.util.ArrayList;
import java.util.List;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.Gram;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.NetworkInput;
import org.perdita.perceptual.PixelFormat;
import org.perdita.perceptual.PixelFormat.Channels;
import org.perdita.perceptual.PixelFormat.Range;
import org.perdita.perceptual.StyleLoss;
import org.perdita.perceptual.TotalVariationLoss;

/** Cases about perceptual losses at feature maps, and about what networks are fed. */
final class PerceptualCases {
  private PerceptualCases() {}

  /** Input {@code features} [n, c, h, w]; the value is [n, c, c]. */
  static Computed gram(GoldenCase golden) {
    GoldenArray features = maps(golden, "features");
    int[] s = features.shape();
    String normalizer = golden.word("normalizer");
    if (!normalizer.equals("C*H*W")) {
      throw new UnsupportedOperationException("normalizer " + normalizer);
    }
    double divisor = (double) s[1] * s[2] * s[3];
    Tensor grams = Gram.of(features.tensor(), divisor);
    Tensor ones = Tensor.zeros(grams.shape());
    for (int i = 0; i < ones.size(); i++) {
      ones.buffer().put(i, 1);
    }
    Tensor slopes = Gram.backward(features.tensor(), divisor, ones);
    return Computed.inFloat()
        .with("value", GoldenArray.of(grams, grams.shape()))
        .with("gradient.features", GoldenArray.of(slopes, s));
  }

  /** Inputs {@code features} and {@code target}; weight · the mean of squares. */
  static Computed features(GoldenCase golden) {
    GoldenArray features = maps(golden, "features");
    GoldenArray target = golden.input("target", features.shape());
    Evaluation e =
        FeatureLoss.squaredError()
            .evaluate(Batch.of(features.tensor(), target.tensor()), Reduction.mean());
    double weight = golden.param("weight");
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(weight * e.value()))
        .with(
            "gradient.features",
            GoldenArray.of(e.gradient(), features.shape()).map(g -> weight * g));
  }

  /** Inputs {@code features0}, {@code style0} and so on; weight · the sum over layers. */
  static Computed style(GoldenCase golden) {
    int layers = (int) golden.param("layers");
    double weight = golden.param("weight");
    Computed computed = Computed.inFloat();
    double value = 0;
    for (int i = 0; i < layers; i++) {
      GoldenArray features = maps(golden, "features" + i);
      GoldenArray style = maps(golden, "style" + i);
      Evaluation e =
          StyleLoss.johnsonCode()
              .evaluate(Batch.of(features.tensor(), style.tensor()), Reduction.mean());
      value += weight * e.value();
      computed.with(
          "gradient.features" + i,
          GoldenArray.of(e.gradient(), features.shape()).map(g -> weight * g));
    }
    return computed.with("value", GoldenArray.scalar(value));
  }

  /** Input {@code image} [n, c, h, w]; strength · the sum over samples. */
  static Computed squaredVariation(GoldenCase golden) {
    GoldenArray image = maps(golden, "image");
    double strength = golden.param("strength");
    Evaluation e = TotalVariationLoss.squared().evaluate(image.tensor());
    return Computed.inFloat()
        .with("value", GoldenArray.scalar(strength * e.value()))
        .with("gradient.image", GoldenArray.of(e.gradient(), image.shape()).map(g -> strength * g));
  }

  /** Input {@code image} [n, c, h, w]; a value a sample, or their sum or mean. */
  static Computed absoluteVariation(GoldenCase golden) {
    GoldenArray image = maps(golden, "image");
    int n = image.shape()[0];
    TotalVariationLoss loss = TotalVariationLoss.absolute();
    Evaluation e = loss.evaluate(image.tensor());
    String reduction = golden.reduction();
    double share = reduction.equals("mean") ? 1.0 / n : 1;
    GoldenArray value =
        reduction.equals("none")
            ? GoldenArray.of(loss.values(image.tensor()), n)
            : GoldenArray.scalar(share * e.value());
    return Computed.inFloat()
        .with("value", value)
        .with("gradient.image", GoldenArray.of(e.gradient(), image.shape()).map(g -> share * g));
  }

  /** Input {@code image} [n, 3, h, w], red, green, blue. */
  static Computed imageNetInput(GoldenCase golden) {
    return input(golden, NetworkInput.imageNet());
  }

  /** Input {@code image} [n, 3, h, w], red, green, blue. */
  static Computed caffeInput(GoldenCase golden) {
    return input(golden, NetworkInput.caffeVgg());
  }

  private static Computed input(GoldenCase golden, NetworkInput input) {
    GoldenArray pixels = maps(golden, "image");
    Range range =
        switch (golden.word("input_range")) {
          case "0..1" -> Range.UNIT;
          case "0..255" -> Range.BYTE;
          case "-1..1" -> Range.SIGNED;
          default -> throw new UnsupportedOperationException(golden.word("input_range"));
        };
    Image image = new Image(pixels.tensor(), new PixelFormat(range, Channels.RGB));
    return Computed.inFloat().with("value", GoldenArray.of(input.prepare(image), pixels.shape()));
  }

  /** An input with four axes. */
  static GoldenArray maps(GoldenCase golden, String key) {
    GoldenArray array = golden.input(key);
    if (array.shape().length != 4) {
      throw golden.refusal("inputs." + key + ".shape", "does not have four axes");
    }
    return array;
  }

  /** The entries as a list. */
  static List<Double> list(GoldenArray array) {
    List<Double> list = new ArrayList<>();
    for (double x : array.data()) {
      list.add(x);
    }
    return list;
  }
}
