package org.perdita.lab.net;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;

/**
 * The image transformation network of Johnson, Alahi and Fei-Fei (2016): two convolutions that
 * halve the picture, residual blocks, and the way back, with instance normalisation and pictures
 * mirrored at the edges, and a sigmoid at the end (the paper's scaled tanh). The way back enlarges
 * before it convolves, which leaves no checkerboard; the paper has transposed convolutions.
 */
public final class ImageTransformer extends Net {
  private final Layer layers;

  /**
   * A network with parameters drawn from {@code seed}.
   *
   * @param width channels of the first convolution, 32 in the paper; then twice and four times as
   *     many
   * @param blocks residual blocks, 5 in the paper
   */
  public ImageTransformer(long seed, int width, int blocks) {
    super(seed);
    Layer stack = normalised(3, width, 9, 1).then(torch::relu);
    stack = stack.then(normalised(width, 2 * width, 3, 2)).then(torch::relu);
    stack = stack.then(normalised(2 * width, 4 * width, 3, 2)).then(torch::relu);
    for (int i = 0; i < blocks; i++) {
      Layer residual =
          normalised(4 * width, 4 * width, 3, 1)
              .then(torch::relu)
              .then(normalised(4 * width, 4 * width, 3, 1));
      stack = stack.then(x -> residual.forward(x).add(x));
    }
    stack = stack.then(x -> enlarged(x, 2)).then(normalised(4 * width, 2 * width, 3, 1));
    stack = stack.then(torch::relu);
    stack = stack.then(x -> enlarged(x, 2)).then(normalised(2 * width, width, 3, 1));
    layers = stack.then(torch::relu).then(mirroredConvolution(width, 3, 9, 1));
  }

  private Layer normalised(int inputs, int outputs, int kernel, int stride) {
    return mirroredConvolution(inputs, outputs, kernel, stride).then(instanceNorm(outputs));
  }

  /** Pictures {@code [n, 3, h, w]} in [0, 1] whose sides divide by 4, in another manner. */
  @Override
  public Tensor forward(Tensor x) {
    return layers.forward(x.sub(new Scalar(0.5))).sigmoid();
  }
}
