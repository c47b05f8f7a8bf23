package org.perdita.lab.noisy;

import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.ImageSet;
import org.perdita.pytorch.EngineTensors;

/**
 * Turns images into the engine's batches: each channel minus its mean over its standard deviation,
 * both taken from the training images.
 */
final class ImageBatches {
  private static final int CROP_MARGIN = 4;

  private final double[] mean;
  private final double[] deviation;

  /** What is done to a training image before each use. */
  enum Augmentation {
    NONE,
    /** Shifted by up to 4 pixels each way, what comes in being black; mirrored half of the time. */
    SHIFT_AND_MIRROR
  }

  ImageBatches(ImageSet train) {
    mean = train.mean();
    deviation = train.standardDeviation();
  }

  /** Images {@code start} … {@code start + n − 1} as they are. */
  Tensor of(ImageSet images, int start, int n) {
    float[] batch = new float[n * images.imageSize()];
    for (int i = 0; i < n; i++) {
      images.copyTo(start + i, batch, i * images.imageSize());
    }
    return tensor(images, batch, n);
  }

  /** The images at {@code indices}, augmented with numbers from {@code draw}. */
  Tensor of(ImageSet images, int[] indices, Augmentation augmentation, Draw draw) {
    int size = images.imageSize();
    float[] batch = new float[indices.length * size];
    float[] image = new float[size];
    for (int i = 0; i < indices.length; i++) {
      if (augmentation == Augmentation.NONE) {
        images.copyTo(indices[i], batch, i * size);
      } else {
        images.copyTo(indices[i], image, 0);
        shiftAndMirror(images, image, batch, i * size, draw);
      }
    }
    return tensor(images, batch, indices.length);
  }

  private static void shiftAndMirror(ImageSet images, float[] from, float[] to, int at, Draw draw) {
    int height = images.height();
    int width = images.width();
    int down = draw.below(2 * CROP_MARGIN + 1) - CROP_MARGIN;
    int right = draw.below(2 * CROP_MARGIN + 1) - CROP_MARGIN;
    boolean mirror = draw.chance(0.5);
    for (int p = 0; p < from.length; p++) {
      int column = p % width;
      int row = p / width % height;
      int sourceRow = row - down;
      int sourceColumn = (mirror ? width - 1 - column : column) - right;
      boolean inside =
          sourceRow >= 0 && sourceRow < height && sourceColumn >= 0 && sourceColumn < width;
      int channel = p / (width * height);
      to[at + p] = inside ? from[(channel * height + sourceRow) * width + sourceColumn] : 0;
    }
  }

  private Tensor tensor(ImageSet images, float[] batch, int n) {
    int area = images.height() * images.width();
    for (int i = 0; i < batch.length; i++) {
      int channel = i / area % images.channels();
      batch[i] = (float) ((batch[i] - mean[channel]) / deviation[channel]);
    }
    return EngineTensors.of(batch, n, images.channels(), images.height(), images.width());
  }
}
