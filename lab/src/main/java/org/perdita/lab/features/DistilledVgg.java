package org.perdita.lab.features;

import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.perdita.perceptual.NetworkInput;
import org.perdita.pytorch.Layer;

/**
 * VGG-19's layers with a quarter of its channels, distilled from it: layers {@code relu1_1}, {@code
 * relu1_2}, {@code pool1} and so on, up to {@code relu5_1}, or {@code relu4_1} in the smaller file.
 * Pictures are mirrored at the edges. Its first layer, a 1 × 1 convolution from the file, does the
 * original's colour order and means.
 *
 * @see <a href="https://arxiv.org/abs/2003.08436">Wang et al.: Collaborative Distillation for
 *     Ultra-Resolution Universal Style Transfer, CVPR 2020</a>
 */
final class DistilledVgg extends FeatureNetwork {
  private static final int[] CHANNELS = {16, 32, 64, 128, 128};
  private static final int[] CONVOLUTIONS = {2, 2, 4, 4, 1};

  private final boolean five;

  /**
   * @param five whether it goes on to {@code relu5_1}; else it ends at {@code relu4_1}
   */
  DistilledVgg(boolean five) {
    super("distilled VGG-19", NetworkInput.rgb(), 1);
    this.five = five;
    Layer colours = named("conv0", () -> convolution(3, 3, 1, 1, 0));
    int inputs = 3;
    for (int block = 1; block <= (five ? 5 : 4); block++) {
      int last = block == 4 && !five ? 1 : CONVOLUTIONS[block - 1];
      for (int i = 1; i <= last; i++) {
        int from = inputs;
        int to = CHANNELS[block - 1];
        Layer mirrored = named("conv" + block + i, () -> mirroredConvolution(from, to, 3, 1));
        Layer whole = block == 1 && i == 1 ? colours.then(mirrored) : mirrored;
        add("relu" + block + "_" + i, whole.then(torch::relu));
        inputs = to;
      }
      if (block < (five ? 5 : 4)) {
        add("pool" + block, x -> maxPool(x, 2, 2));
      }
    }
  }

  @Override
  public List<String> distanceLayers() {
    return five
        ? List.of("relu1_2", "relu2_2", "relu3_4", "relu4_4", "relu5_1")
        : List.of("relu1_2", "relu2_2", "relu3_4", "relu4_1");
  }
}
