package org.perdita.lab.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Batch;
import org.perdita.Evaluation;
import org.perdita.Reduction;
import org.perdita.lab.image.Resampling;
import org.perdita.perceptual.ChannelDistanceLoss;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.StyleLoss;
import org.perdita.perceptual.TotalVariationLoss;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * Cases that need a small network or a layer: the engine runs it in double, the losses are
 * Perdita's.
 */
final class EngineCases {
  private EngineCases() {}

  /** Two layers: relu(convolution), max-pooling, relu(convolution). */
  private record Network(Tensor w1, Tensor b1, Tensor w2, Tensor b2) {
    static Network of(GoldenCase golden) {
      return new Network(
          tensor(golden, "w1"), tensor(golden, "b1"), tensor(golden, "w2"), tensor(golden, "b2"));
    }

    Map<String, Tensor> features(Tensor x) {
      Tensor first = torch.relu(convolve(x, w1, b1));
      long[] two = {2, 2};
      long[] zero = {0, 0};
      Tensor pooled = torch.max_pool2d(first, two, two, zero, new long[] {1, 1}, false);
      Map<String, Tensor> features = new LinkedHashMap<>();
      features.put("1", first);
      features.put("2", torch.relu(convolve(pooled, w2, b2)));
      return features;
    }

    private static Tensor convolve(Tensor x, Tensor weight, Tensor bias) {
      long[] one = {1, 1};
      return torch.conv2d(x, weight, new TensorOptional(bias), one, one, one, 1);
    }
  }

  /**
   * Inputs {@code image}, {@code content}, {@code style} and the network's {@code w1}, {@code b1},
   * {@code w2}, {@code b2}.
   */
  static Computed total(GoldenCase golden) {
    return run(
        () -> {
          Network network = Network.of(golden);
          Tensor image = tensor(golden, "image").requires_grad_(true);
          double style = golden.param("style_weight");
          PerceptualLoss loss =
              PerceptualLoss.of("2", golden.param("content_weight"), FeatureLoss.squaredError())
                  .plus("1", style, StyleLoss.johnsonCode())
                  .plus("2", style, StyleLoss.johnsonCode());
          Map<String, Tensor> features = network.features(image);
          Map<String, Tensor> styles = network.features(tensor(golden, "style"));
          Tensor content = at(network.features(tensor(golden, "content")), "2");
          PerceptualLoss.Result r =
              loss.evaluate(
                  views(features),
                  List.of(
                      EngineTensors.view(content),
                      EngineTensors.view(at(styles, "1")),
                      EngineTensors.view(at(styles, "2"))));
          BackwardPass pass = new BackwardPass();
          r.gradients().forEach((layer, g) -> pass.add(at(features, layer), g));
          pass.run();
          double strength = golden.param("tv_strength", 0);
          Evaluation tv = TotalVariationLoss.squared().evaluate(EngineTensors.view(image));
          double[] slopes = gradient(image).data();
          for (int i = 0; i < slopes.length; i++) {
            slopes[i] += strength * tv.gradient().get(i);
          }
          return Computed.inFloat()
              .with("value", GoldenArray.scalar(r.value() + strength * tv.value()))
              .with("gradient.image", new GoldenArray(golden.input("image").shape(), slopes));
        });
  }

  /**
   * Inputs {@code in0}, {@code in1}, the network's, and the linear weights {@code lin1}, {@code
   * lin2}; a value a sample.
   */
  static Computed lpips(GoldenCase golden) {
    return run(
        () -> {
          Network network = Network.of(golden);
          Tensor in0 = tensor(golden, "in0").requires_grad_(true);
          Tensor in1 = tensor(golden, "in1").requires_grad_(true);
          Map<String, Tensor> one = network.features(prepared(golden, in0));
          Map<String, Tensor> two = network.features(prepared(golden, in1));
          BackwardPass pass = new BackwardPass();
          int n = golden.input("in0").shape()[0];
          double[] values = new double[n];
          for (String layer : one.keySet()) {
            ChannelDistanceLoss loss =
                new ChannelDistanceLoss(PerceptualCases.list(golden.input("lin" + layer)));
            org.perdita.Tensor a = EngineTensors.view(at(one, layer));
            org.perdita.Tensor b = EngineTensors.view(at(two, layer));
            pass.add(at(one, layer), loss.evaluate(Batch.of(a, b), Reduction.sum()).gradient());
            pass.add(at(two, layer), loss.evaluate(Batch.of(b, a), Reduction.sum()).gradient());
            org.perdita.Tensor each = loss.values(Batch.of(a, b));
            for (int i = 0; i < n; i++) {
              values[i] += each.get(i);
            }
          }
          pass.run();
          return Computed.inFloat()
              .with("value", new GoldenArray(new int[] {n, 1, 1, 1}, values))
              .with("gradient.in0", gradient(in0))
              .with("gradient.in1", gradient(in1));
        });
  }

  private static Tensor prepared(GoldenCase golden, Tensor x) {
    Tensor signed = x;
    if (golden.flag("normalize_to_minus1_1", false)) {
      signed = x.mul(new Scalar(2.0)).sub(new Scalar(1.0));
    }
    if (!golden.flag("scaling_layer", true)) {
      return signed;
    }
    Tensor shift = channels(golden.params("shift", 3));
    return signed.sub(shift).div(channels(golden.params("scale", 3)));
  }

  private static Tensor channels(List<Double> numbers) {
    double[] data = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return AbstractTensor.create(data, 1, data.length, 1, 1);
  }

  /** Inputs {@code x}, {@code weight}, {@code bias}; half the square of what comes out. */
  static Computed instanceNorm(GoldenCase golden) {
    return run(
        () -> {
          Tensor x = tensor(golden, "x").requires_grad_(true);
          Tensor weight = tensor(golden, "weight").requires_grad_(true);
          Tensor bias = tensor(golden, "bias").requires_grad_(true);
          TensorOptional none = new TensorOptional();
          Tensor y =
              torch.instance_norm(
                  x,
                  new TensorOptional(weight),
                  new TensorOptional(bias),
                  none,
                  none,
                  true,
                  0.1,
                  golden.param("eps"),
                  false);
          Tensor value = y.mul(y).div(new Scalar(2.0));
          value.sum().backward();
          return Computed.inFloat()
              .with("value", array(value))
              .with("gradient.x", gradient(x))
              .with("gradient.weight", gradient(weight))
              .with("gradient.bias", gradient(bias));
        });
  }

  /** Input {@code image} [n, c, h, w]; pixel centres at halves. */
  static Computed bicubic(GoldenCase golden) {
    return run(
        () -> {
          Tensor image = tensor(golden, "image").requires_grad_(true);
          List<Double> out = golden.params("out", 2);
          Resampling kernel =
              golden.flag("antialias", false)
                  ? Resampling.bicubic()
                  : Resampling.bicubicWithoutAntialiasing();
          int[] from = PerceptualCases.maps(golden, "image").shape();
          Tensor rows = matrix(kernel.weights(from[2], out.get(0).intValue()));
          Tensor columns = matrix(kernel.weights(from[3], out.get(1).intValue()));
          Tensor value = rows.matmul(image).matmul(columns.t());
          value.sum().backward();
          return Computed.inFloat()
              .with("value", array(value))
              .with("gradient.image", gradient(image));
        });
  }

  private static Tensor matrix(double[][] rows) {
    double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return AbstractTensor.create(all, rows.length, rows[0].length);
  }

  private static Tensor at(Map<String, Tensor> features, String layer) {
    return Objects.requireNonNull(features.get(layer));
  }

  private static Computed run(Supplier<Computed> work) {
    return Engine.scoped(work);
  }

  private static Map<String, org.perdita.Tensor> views(Map<String, Tensor> features) {
    Map<String, org.perdita.Tensor> views = new LinkedHashMap<>();
    features.forEach((layer, f) -> views.put(layer, EngineTensors.view(f)));
    return views;
  }

  private static Tensor tensor(GoldenCase golden, String key) {
    GoldenArray array = golden.input(key);
    Engine.start();
    return AbstractTensor.create(
        array.data(), Arrays.stream(array.shape()).asLongStream().toArray());
  }

  private static GoldenArray gradient(Tensor leaf) {
    return array(leaf.grad());
  }

  private static GoldenArray array(Tensor tensor) {
    int[] shape = Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
    double[] data = new double[Math.toIntExact(tensor.numel())];
    tensor.detach().contiguous().data_ptr_double().get(data);
    return new GoldenArray(shape, data);
  }
}
