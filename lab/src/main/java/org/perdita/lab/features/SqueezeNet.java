package org.perdita.lab.features;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.perceptual.NetworkInput;
import org.perdita.pytorch.Layer;

/**
 * SqueezeNet 1.1 with torchvision's parameter names: layers {@code relu1}, {@code fire2} to {@code
 * fire9}, {@code logits}.
 *
 * @see <a href="https://arxiv.org/abs/1602.07360">Iandola et al.: SqueezeNet, 2016</a>
 */
final class SqueezeNet extends FeatureNetwork {
  SqueezeNet() {
    super("SqueezeNet 1.1", NetworkInput.imageNet(), 1);
    add("relu1", named("features.0", () -> convolution(3, 64, 3, 2, 0)).then(torch::relu));
    add("pool1", SqueezeNet::pool);
    fire(2, 3, 64, 16, 64);
    fire(3, 4, 128, 16, 64);
    add("pool3", SqueezeNet::pool);
    fire(4, 6, 128, 32, 128);
    fire(5, 7, 256, 32, 128);
    add("pool5", SqueezeNet::pool);
    fire(6, 9, 256, 48, 192);
    fire(7, 10, 384, 48, 192);
    fire(8, 11, 384, 64, 256);
    fire(9, 12, 512, 64, 256);
    Layer classes = named("classifier.1", () -> convolution(512, 1000, 1, 1, 0));
    add("logits", classes.then(torch::relu).then(x -> x.mean(2, 3)));
  }

  /** A squeezing convolution, then two side by side. */
  private void fire(int number, int index, int inputs, int squeezed, int expanded) {
    String at = "features." + index;
    Layer squeeze = named(at + ".squeeze", () -> convolution(inputs, squeezed, 1, 1, 0));
    Layer one = named(at + ".expand1x1", () -> convolution(squeezed, expanded, 1, 1, 0));
    Layer three = named(at + ".expand3x3", () -> convolution(squeezed, expanded, 3, 1, 1));
    add(
        "fire" + number,
        x -> {
          Tensor s = torch.relu(squeeze.forward(x));
          TensorVector both =
              new TensorVector(torch.relu(one.forward(s)), torch.relu(three.forward(s)));
          return torch.cat(both, 1);
        });
  }

  /** 3 × 3 windows, every other one; one that reaches over the edge counts too. */
  private static Tensor pool(Tensor x) {
    long[] three = {3, 3};
    long[] two = {2, 2};
    return torch.max_pool2d(x, three, two, new long[] {0, 0}, new long[] {1, 1}, true);
  }

  @Override
  public List<String> distanceLayers() {
    return List.of("relu1", "fire3", "fire5", "fire6", "fire7", "fire8", "fire9");
  }
}
