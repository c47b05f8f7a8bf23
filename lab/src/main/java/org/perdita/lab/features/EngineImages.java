package org.perdita.lab.features;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.image.Resampling;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/** Images in the engine: red, green and blue in [0, 1]. */
public final class EngineImages {
  private EngineImages() {}

  /** The pixels as an engine's tensor. */
  public static Tensor of(Image image) {
    return EngineTensors.of(image.to(PixelFormat.rgb()).pixels());
  }

  /** The pixels as an image, cut to [0, 1] and rounded to bytes as a saved picture has them. */
  public static Image saved(Tensor pixels) {
    return Engine.scoped(
        () -> {
          ScalarOptional black = new ScalarOptional(new Scalar(0));
          ScalarOptional full = new ScalarOptional(new Scalar(1));
          Tensor bytes =
              pixels.detach().clamp(black, full).mul(new Scalar(255)).round().div(new Scalar(255));
          org.perdita.Tensor view = EngineTensors.view(bytes);
          return new Image(org.perdita.Tensor.of(view.toArray(), view.shape()), PixelFormat.rgb());
        });
  }

  /** The pictures {@code [n, c, h, w]} at another size, by two matrix products. */
  public static Tensor resized(Tensor pixels, Resampling kernel, int height, int width) {
    return Engine.scoped(
        () -> {
          Tensor rows = matrix(kernel.weights((int) pixels.size(2), height));
          Tensor columns = matrix(kernel.weights((int) pixels.size(3), width));
          return rows.matmul(pixels).matmul(columns.t());
        });
  }

  private static Tensor matrix(double[][] rows) {
    int width = rows[0].length;
    float[] all = new float[rows.length * width];
    double[] numbers = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) numbers[i];
    }
    return EngineTensors.of(all, rows.length, width);
  }
}
