package org.perdita.lab.noisy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.data.LabelNoise;
import org.perdita.lab.data.NoisyLabels;
import org.perdita.lab.data.TrainTest;

/**
 * The images of one training. Only the test images are under their true labels.
 *
 * @param train to learn from, under noisy labels
 * @param wrongAt positions in {@code train} of the images whose label is wrong
 * @param validation held out, under noisy labels: what a person with noisy data has
 * @param test under true labels; for measuring, never for choosing
 */
record NoisySplit(ImageSet train, BitSet wrongAt, ImageSet validation, ImageSet test) {

  /** The training images whose label is wrong, under that label. */
  ImageSet wrong() {
    return train.subset(wrongAt.stream().toArray());
  }

  /**
   * Where splits are drawn from.
   *
   * @param images all images
   * @param trainSize how many to learn from
   * @param validationSize how many to hold out
   * @param testSize how many to measure on, at most
   */
  record Source(TrainTest images, int trainSize, int validationSize, int testSize) {

    /** The split of a seed, with the given share of wrong labels in train and validation. */
    NoisySplit draw(double noise, int seed) {
      int[] order = Draw.of(seed, SPLIT).permutation(images.train().size());
      ImageSet drawn = images.train().subset(Arrays.copyOf(order, trainSize + validationSize));
      NoisyLabels noisy =
          new LabelNoise.Symmetric(noise).apply(drawn.labels(), drawn.classes(), seed);
      ImageSet labelled = drawn.withLabels(noisy.labels());
      BitSet wrongAt = new BitSet();
      IntStream.range(0, trainSize).filter(noisy::changed).forEach(wrongAt::set);
      return new NoisySplit(
          labelled.first(trainSize),
          wrongAt,
          labelled.after(trainSize),
          images.test().first(testSize));
    }

    private static final long SPLIT = 0;
  }
}
