package org.perdita.lab.gan;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.metrics.Features;
import org.perdita.lab.net.LeNet;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * What a small classifier sees in images: the hidden layer of a LeNet, trained on the real images
 * when it is first asked. The same bits whoever asks first. It is no Inception, so distances on it
 * are no FID and compare only with each other.
 */
final class DigitFeatures {
  private static final int CHANNELS_1 = 8;
  private static final int CHANNELS_2 = 16;
  private static final int UNITS = 64;
  private static final int BATCH = 32;
  private static final int PREDICTED_BATCH = 256;
  private static final double LEARNING_RATE = 2e-3;
  private static final long SEED = 99;

  private final ImageSet train;
  private final int epochs;
  private @Nullable Seen net;

  /**
   * A classifier to be trained.
   *
   * @param train real images with their labels
   * @param epochs passes over them
   */
  DigitFeatures(ImageSet train, int epochs) {
    this.train = train;
    this.epochs = epochs;
  }

  /** A trained classifier of which one sees the hidden layer. */
  private static final class Seen extends Net {
    private final LeNet classifier;

    Seen(LeNet classifier) {
      super(SEED);
      this.classifier = classifier;
    }

    @Override
    public Tensor forward(Tensor x) {
      return classifier.features(x);
    }
  }

  /** As results name the network. */
  static String name() {
    return "LeNet (" + CHANNELS_1 + ", " + CHANNELS_2 + ", " + UNITS + ") features";
  }

  /**
   * The features of images.
   *
   * @param images one after the other, 28 · 28 numbers in [0, 1] each
   */
  synchronized Features of(float[] images) {
    Net seen = trained();
    return Engine.scoped(
        () -> {
          Tensor x = EngineTensors.of(images, images.length / (28 * 28), 1, 28, 28);
          return Features.of(seen.predict(x, PREDICTED_BATCH).toArray(), UNITS);
        });
  }

  /** The share of images that the classifier puts into their class. */
  synchronized double accuracy(ImageSet images) {
    LeNet classifier = trained().classifier;
    org.perdita.Tensor logits =
        Engine.scoped(() -> classifier.predict(ImageGame.tensor(images), PREDICTED_BATCH));
    int classes = logits.length(1);
    int right = 0;
    for (int i = 0; i < images.size(); i++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = logits.get(i * classes + k) > logits.get(i * classes + best) ? k : best;
      }
      right += best == images.label(i) ? 1 : 0;
    }
    return right / (double) images.size();
  }

  private Seen trained() {
    Seen known = net;
    if (known == null) {
      known = new Seen(train());
      net = known;
    }
    return known;
  }

  private LeNet train() {
    LeNet classifier = new LeNet(SEED, CHANNELS_1, CHANNELS_2, UNITS, train.classes());
    EngineLoss mean = new EngineLoss(new CrossEntropyLoss(), Reduction.mean());
    try (Engine.Scope run = Engine.scope();
        Optimizer adam = Optimizer.adam(classifier, LEARNING_RATE, 0.9, 0.999)) {
      Tensor images = ImageGame.tensor(train);
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = Draw.of(SEED, epoch).permutation(train.size());
        for (int from = 0; from < order.length; from += BATCH) {
          int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
          Labels labels = Labels.of(Arrays.stream(batch).map(train::label).toArray());
          adam.step(
              () -> mean.backward(classifier.forward(EngineTensors.rows(images, batch)), labels));
        }
      }
    }
    return classifier;
  }
}
