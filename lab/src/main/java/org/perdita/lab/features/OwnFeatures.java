package org.perdita.lab.features;

import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.perdita.perceptual.NetworkInput;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Layer;

/**
 * The small feature network of this project, trained on textures and shapes that the program draws:
 * seven convolutions of 16 to 96 channels in four blocks, pictures mirrored at the edges, layers
 * {@code relu1_1} to {@code relu4_1}. {@code ./perdita train-features} makes its file.
 */
public final class OwnFeatures extends FeatureNetwork {
  private static final int[] CHANNELS = {16, 32, 64, 96};

  /** From the engine's rule to He's (2015), without which seven layers of ReLU learn nothing. */
  private static final double HE = Math.sqrt(6);

  private static final int[] CONVOLUTIONS = {2, 2, 2, 1};

  /** A network with parameters drawn from {@code seed}, to be trained or loaded. */
  public OwnFeatures(long seed) {
    super("own features", NetworkInput.imageNet(), seed);
    int inputs = 3;
    for (int block = 1; block <= CHANNELS.length; block++) {
      for (int i = 1; i <= CONVOLUTIONS[block - 1]; i++) {
        int from = inputs;
        int to = CHANNELS[block - 1];
        Layer convolution =
            named("conv" + block + "_" + i, () -> mirroredConvolution(from, to, 3, 1));
        add("relu" + block + "_" + i, convolution.then(torch::relu));
        inputs = to;
      }
      if (block < CHANNELS.length) {
        add("pool" + block, x -> maxPool(x, 2, 2));
      }
    }
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            parameters().forEach(p -> p.mul_(new Scalar(p.dim() > 1 ? HE : 0)));
          }
        });
  }

  /** How many channels the last layer has. */
  public static int outputs() {
    return CHANNELS[CHANNELS.length - 1];
  }

  @Override
  public List<String> distanceLayers() {
    return List.of("relu1_2", "relu2_2", "relu3_2", "relu4_1");
  }
}
