package org.perdita.lab.noisy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Trains an image classifier on noisy labels and measures it on clean ones, epoch by epoch.
 *
 * @param recipe how to train
 * @param split which images, under which labels
 * @param network makes the network of a seed
 * @param loss what is minimised, averaged over the batch
 */
record ImageTraining(
    Condition condition,
    Arm arm,
    int seed,
    Recipe recipe,
    NoisySplit.Source split,
    LongFunction<Net> network,
    Loss loss)
    implements Training {

  /** Clean test accuracy after the last epoch. */
  static final String ACCURACY = "accuracy";

  /** Clean test accuracy at the epoch with the best accuracy on noisy validation labels. */
  static final String STOPPED = "accuracy, stopped by noisy validation";

  /** Accuracy on validation images under their noisy labels, after the last epoch. */
  static final String VALIDATION = "noisy validation accuracy";

  /** Share of the training images with a wrong label for which the network predicts that label. */
  static final String MEMORISED = "share of wrong labels memorised";

  /** Mean training loss of an epoch. */
  static final String TRAINING_LOSS = "training loss";

  /** How these are to be read. */
  static final List<Measure> MEASURES =
      List.of(
          Measure.share(ACCURACY).defined("Share of clean test images classified rightly."),
          Measure.share(STOPPED)
              .defined("Accuracy at the epoch with the best accuracy on noisy validation labels."),
          Measure.share(VALIDATION)
              .defined("Share of held-out images whose noisy label is predicted."),
          Measure.share(MEMORISED)
              .lowerIsBetter()
              .defined("Share of wrongly labelled training images whose wrong label is predicted."),
          Measure.plain(TRAINING_LOSS).lowerIsBetter());

  private static final int EVALUATION_BATCH = 256;

  /**
   * How to train.
   *
   * @param epochs passes over the training images
   * @param batch images a step; the last batch of an epoch may be smaller
   * @param optimizer makes the optimizer of a network
   * @param learningRate the learning rate of an epoch, counted from 0
   * @param augmentation what is done to a training image before each use
   */
  record Recipe(
      int epochs,
      int batch,
      Function<Net, Optimizer> optimizer,
      IntToDoubleFunction learningRate,
      ImageBatches.Augmentation augmentation) {}

  @Override
  public int steps() {
    return recipe.epochs() * ((split.trainSize() + recipe.batch() - 1) / recipe.batch());
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    NoisySplit data = split.draw(condition.x(), seed);
    ImageBatches batches = new ImageBatches(data.train());
    EngineLoss mean = new EngineLoss(loss, Reduction.mean());
    Curves curves = new Curves();
    Optional<String> diverged = Optional.empty();
    try (Engine.Scope run = Engine.scope();
        Net net = network.apply(seed);
        Optimizer optimizer = recipe.optimizer().apply(net)) {
      try {
        for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
          optimizer.learningRate(recipe.learningRate().applyAsDouble(epoch));
          double sum = 0;
          Draw draw = Draw.of(seed, BATCHES, epoch);
          int[] order = draw.permutation(data.train().size());
          for (int from = 0; from < order.length; from += recipe.batch()) {
            int to = Math.min(order.length, from + recipe.batch());
            int[] indices = Arrays.copyOfRange(order, from, to);
            sum += indices.length * step(net, optimizer, mean, data, batches, indices, draw);
            progress.step();
          }
          curves.add(TRAINING_LOSS, sum / order.length);
          measure(net, data, batches, curves);
        }
      } catch (DivergedException e) {
        diverged = Optional.of(String.valueOf(e.getMessage()));
        measure(net, data, batches, curves);
      }
    }
    return new Outcome(curves.metrics(), curves.all(), pictures(data), diverged);
  }

  private static final long BATCHES = 1;

  private double step(
      Net net,
      Optimizer optimizer,
      EngineLoss mean,
      NoisySplit data,
      ImageBatches batches,
      int[] indices,
      Draw draw) {
    int[] labels = new int[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = data.train().label(indices[i]);
    }
    return optimizer.step(
        () -> {
          Tensor x = batches.of(data.train(), indices, recipe.augmentation(), draw);
          return mean.backward(net.forward(x), Labels.of(labels));
        });
  }

  private void measure(Net net, NoisySplit data, ImageBatches batches, Curves curves) {
    curves.add(ACCURACY, share(predict(net, batches, data.test()), data.test()));
    curves.add(VALIDATION, share(predict(net, batches, data.validation()), data.validation()));
    if (data.wrong().size() > 0) {
      curves.add(MEMORISED, share(predict(net, batches, data.wrong()), data.wrong()));
    }
  }

  private static double share(int[] predicted, ImageSet truth) {
    int right = 0;
    for (int i = 0; i < predicted.length; i++) {
      right += predicted[i] == truth.label(i) ? 1 : 0;
    }
    return right / (double) predicted.length;
  }

  private static int[] predict(Net net, ImageBatches batches, ImageSet images) {
    int[] classes = new int[images.size()];
    for (int from = 0; from < classes.length; from += EVALUATION_BATCH) {
      int start = from;
      int n = Math.min(EVALUATION_BATCH, classes.length - from);
      Engine.scoped(
          () -> {
            Tensor x = batches.of(images, start, n);
            org.perdita.Tensor logits = EngineTensors.view(net.predict(x));
            for (int i = 0; i < n; i++) {
              classes[start + i] = largest(logits, i);
            }
          });
    }
    return classes;
  }

  private static int largest(org.perdita.Tensor logits, int row) {
    int classes = logits.length(1);
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (logits.get(row * classes + k) > logits.get(row * classes + best)) {
        best = k;
      }
    }
    return best;
  }

  /** The training images are the same for every arm: the first seed of one shows them. */
  private List<Picture> pictures(NoisySplit data) {
    if (seed != 1 || !arm.group().equals(NoiseStudy.LOGISTIC)) {
      return List.of();
    }
    return List.of(Sheet.of(data, condition));
  }

  /** Measures by name, one number an epoch. */
  private static final class Curves {
    private final Map<String, List<Double>> curves = new LinkedHashMap<>();

    void add(String name, double value) {
      curves.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    Map<String, List<Double>> all() {
      return curves;
    }

    Map<String, Double> metrics() {
      Map<String, Double> metrics = new LinkedHashMap<>();
      curves.forEach((name, values) -> metrics.put(name, values.get(values.size() - 1)));
      List<Double> validation = curves.getOrDefault(VALIDATION, List.of());
      int best = 0;
      for (int epoch = 1; epoch < validation.size(); epoch++) {
        if (validation.get(epoch) > validation.get(best)) {
          best = epoch;
        }
      }
      metrics.put(STOPPED, curves.getOrDefault(ACCURACY, List.of()).get(best));
      return metrics;
    }
  }
}
