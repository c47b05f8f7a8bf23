package org.perdita.lab.features;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.perdita.perceptual.NetworkInput;

/**
 * The convolutional part of VGG-16 and VGG-19 with torchvision's parameter names: layers {@code
 * relu1_1}, {@code relu1_2}, {@code pool1}, {@code relu2_1} and so on.
 *
 * @see <a href="https://arxiv.org/abs/1409.1556">Simonyan, Zisserman: Very Deep Convolutional
 *     Networks for Large-Scale Image Recognition, 2015</a>
 */
final class Vgg extends FeatureNetwork {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  private final List<String> distanceLayers;

  private Vgg(String name, int... convolutions) {
    super(name, NetworkInput.imageNet(), 1);
    int inputs = 3;
    int index = 0;
    for (int block = 0; block < CHANNELS.length; block++) {
      for (int i = 1; i <= convolutions[block]; i++) {
        int from = inputs;
        int to = CHANNELS[block];
        add(
            "relu" + (block + 1) + "_" + i,
            named("features." + index, () -> convolution(from, to, 3, 1, 1)).then(torch::relu));
        inputs = to;
        index += 2;
      }
      add("pool" + (block + 1), x -> maxPool(x, 2, 2));
      index++;
    }
    boolean sixteen = convolutions[2] == 3;
    distanceLayers =
        sixteen
            ? List.of("relu1_2", "relu2_2", "relu3_3", "relu4_3", "relu5_3")
            : List.of("relu1_2", "relu2_2", "relu3_4", "relu4_4", "relu5_4");
  }

  static Vgg sixteen() {
    return new Vgg("VGG-16", 2, 2, 3, 3, 3);
  }

  static Vgg nineteen() {
    return new Vgg("VGG-19", 2, 2, 4, 4, 4);
  }

  @Override
  public List<String> distanceLayers() {
    return distanceLayers;
  }
}
