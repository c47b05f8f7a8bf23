package org.perdita.lab.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.classification.FocalLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * The U-Net of Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image
 * Segmentation" (MICCAI 2015), with padding, batch normalisation and a chosen depth and width: two
 * convolutions a level, each level down halves the image and doubles the channels, and the way up
 * sees what the way down saw.
 */
public final class UNet extends Net {
  private final List<Layer> down = new ArrayList<>();
  private final List<Layer> up = new ArrayList<>();
  private final List<Layer> join = new ArrayList<>();
  private final Layer output;
  private final int multiple;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param inputs channels of the image
   * @param outputs logits a pixel
   * @param depth levels, at least 1
   * @param width channels of the first level
   */
  public UNet(long seed, int inputs, int outputs, int depth, int width) {
    super(seed);
    if (depth < 1 || depth > 6 || width < 1) {
      throw new IllegalArgumentException(
          "UNet: depth must be in 1 … 6 and width 1 or more, were " + depth + " and " + width);
    }
    multiple = 1 << (depth - 1);
    int channels = inputs;
    for (int level = 0; level < depth; level++) {
      int from = channels;
      int to = width << level;
      down.add(named("down" + level, () -> twice(from, to)));
      channels = to;
    }
    for (int level = depth - 2; level >= 0; level--) {
      int to = width << level;
      up.add(named("up" + level, () -> transposedConvolution(2 * to, to, 2, 2, 0)));
      join.add(named("join" + level, () -> twice(2 * to, to)));
    }
    output = named("output", () -> convolution(width, outputs, 1, 1, 0));
  }

  private Layer twice(int inputs, int outputs) {
    return plainConvolution(inputs, outputs, 3, 1, 1)
        .then(batchNorm(outputs))
        .then(torch::relu)
        .then(plainConvolution(outputs, outputs, 3, 1, 1))
        .then(batchNorm(outputs))
        .then(torch::relu);
  }

  /**
   * Lets the second of two classes begin with the probability {@code prior} at every pixel, as it
   * is when the features say nothing yet: without it, cross-entropy spends its first epochs on
   * learning that most pixels are background, and its gradient drowns the rare class meanwhile.
   * From Lin et al., "Focal Loss for Dense Object Detection" (ICCV 2017), section 4.1.
   *
   * @return this network
   */
  public UNet startingAt(double prior) {
    Tensor bias = Objects.requireNonNull(state().get("output.bias"));
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            bias.zero_();
            bias.narrow(0, 1, 1).fill_(new Scalar(FocalLoss.initialBias(prior)));
          }
        });
    return this;
  }

  /** Rows and columns must be multiples of this. */
  public int multiple() {
    return multiple;
  }

  /** Logits {@code [n, outputs, h, w]} of images {@code [n, inputs, h, w]}. */
  @Override
  public Tensor forward(Tensor x) {
    List<Tensor> seen = new ArrayList<>();
    Tensor t = x;
    for (int level = 0; level < down.size(); level++) {
      t = down.get(level).forward(level == 0 ? t : maxPool(t, 2, 2));
      seen.add(t);
    }
    for (int i = 0; i < up.size(); i++) {
      Tensor across = seen.get(seen.size() - 2 - i);
      t = join.get(i).forward(torch.cat(new TensorVector(across, up.get(i).forward(t)), 1));
    }
    return output.forward(t);
  }
}
