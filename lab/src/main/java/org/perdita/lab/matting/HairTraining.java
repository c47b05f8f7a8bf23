package org.perdita.lab.matting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.WeightedSum;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Matte;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.metrics.MatteErrors;
import org.perdita.lab.metrics.Overlap;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.matting.Luminance;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Trains a matting network on masks and measures it on true alpha.
 *
 * @param weight of the gradient consistency beside cross-entropy; 0 is cross-entropy alone
 * @param train images to learn from
 * @param test images to measure on
 * @param recipe how to train
 * @param network makes the network of a seed
 */
record HairTraining(
    Condition condition,
    Arm arm,
    int seed,
    double weight,
    List<Matte> train,
    List<Matte> test,
    Recipe recipe,
    LongFunction<Net> network)
    implements Training {

  static final String MSE = "MSE × 1000";
  static final String MSE_MIXED = "MSE × 1000 of mixed pixels";
  static final String SAD = "SAD";
  static final String GRADIENT = "Grad";
  static final String CONNECTIVITY = "Conn";
  static final String F1 = "F1";
  static final String IOU = "IoU";
  static final String CONSISTENCY = "gradient consistency";
  static final String TRAINING_LOSS = "training loss";
  static final String TEST_SAD = "SAD over the epochs";

  private static final long BATCHES = 1;
  private static final int PICTURED = 4;

  /**
   * How to train.
   *
   * @param batch images a step
   * @param learningRate Adam's; a fifth of it in the last third of the epochs
   * @param reach how coarse the masks are, see {@link Matte#coarse}; 0 for true alpha
   */
  record Recipe(int epochs, int batch, double learningRate, int reach) {
    double rate(int epoch) {
      return 3 * epoch < 2 * epochs ? learningRate : learningRate / 5;
    }

    float[] target(Matte matte) {
      return reach == 0 ? matte.alpha() : matte.coarse(reach);
    }
  }

  @Override
  public int steps() {
    return recipe.epochs() * ((train.size() + recipe.batch() - 1) / recipe.batch());
  }

  @Override
  public Outcome run(Progress progress) throws InterruptedException {
    Map<String, List<Double>> curves = new LinkedHashMap<>();
    curves.put(TRAINING_LOSS, new ArrayList<>());
    curves.put(TEST_SAD, new ArrayList<>());
    Optional<String> diverged = Optional.empty();
    List<float[]> targets = train.stream().map(recipe::target).toList();
    WeightedSum loss =
        WeightedSum.of(1, new BinaryCrossEntropyLoss())
            .plus(weight, GradientConsistencyLoss.ofLogits());
    try (Engine.Scope run = Engine.scope();
        Net net = network.apply(seed);
        Optimizer optimizer = Optimizer.adam(net, recipe.learningRate(), 0.9, 0.999)) {
      try {
        for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
          optimizer.learningRate(recipe.rate(epoch));
          int[] order = Draw.of(seed, BATCHES, epoch).permutation(train.size());
          double sum = 0;
          for (int from = 0; from < order.length; from += recipe.batch()) {
            int to = Math.min(order.length, from + recipe.batch());
            int[] indices = Arrays.copyOfRange(order, from, to);
            sum += indices.length * step(net, optimizer, loss, targets, indices);
            progress.step();
          }
          curves.get(TRAINING_LOSS).add(sum / order.length);
          curves.get(TEST_SAD).add(sad(predict(net)));
        }
      } catch (DivergedException e) {
        diverged = Optional.of(String.valueOf(e.getMessage()));
      }
      List<float[]> mattes = predict(net);
      return new Outcome(measure(mattes), curves, pictures(mattes), diverged);
    }
  }

  private double step(
      Net net, Optimizer optimizer, WeightedSum loss, List<float[]> targets, int[] indices) {
    int h = train.get(0).height();
    int w = train.get(0).width();
    float[] rgb = new float[indices.length * 3 * h * w];
    float[] y = new float[indices.length * h * w];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(train.get(indices[i]).rgb(), 0, rgb, i * 3 * h * w, 3 * h * w);
      System.arraycopy(targets.get(indices[i]), 0, y, i * h * w, h * w);
    }
    int n = indices.length;
    org.perdita.Tensor grey = Luminance.of(org.perdita.Tensor.of(rgb, n, 3, h, w));
    org.perdita.Tensor target = org.perdita.Tensor.of(y, n, 1, h, w);
    return optimizer.step(
        () -> {
          Tensor logits = net.forward(EngineTensors.of(rgb, n, 3, h, w));
          org.perdita.Tensor x = EngineTensors.view(logits);
          org.perdita.Tensor gradient = org.perdita.Tensor.zeros(x.shape());
          List<Batch> batches = List.of(Batch.of(x, target), Batch.of(x, grey));
          double value = loss.evaluate(batches, Reduction.mean(), gradient);
          BackwardPass pass = new BackwardPass();
          pass.add(logits, gradient);
          pass.run();
          return value;
        });
  }

  private List<float[]> predict(Net net) {
    List<float[]> mattes = new ArrayList<>();
    for (Matte matte : test) {
      Engine.scoped(
          () -> {
            org.perdita.Tensor logits =
                EngineTensors.view(
                    net.predict(
                        EngineTensors.of(matte.rgb(), 1, 3, matte.height(), matte.width())));
            float[] alpha = logits.toArray();
            for (int i = 0; i < alpha.length; i++) {
              alpha[i] = (float) (1 / (1 + Math.exp(-alpha[i])));
            }
            mattes.add(alpha);
          });
    }
    return mattes;
  }

  private double sad(List<float[]> mattes) {
    double sum = 0;
    for (int i = 0; i < mattes.size(); i++) {
      sum += MatteErrors.sad(mattes.get(i), test.get(i).alpha());
    }
    return sum / mattes.size();
  }

  /** Means over the test images. */
  private Map<String, Double> measure(List<float[]> mattes) {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int i = 0; i < mattes.size(); i++) {
      float[] a = mattes.get(i);
      Matte matte = test.get(i);
      float[] y = matte.alpha();
      int h = matte.height();
      int w = matte.width();
      Overlap overlap = Overlap.of(MatteErrors.mask(a), MatteErrors.mask(y));
      add(sums, SAD, MatteErrors.sad(a, y));
      add(sums, MSE, 1000 * MatteErrors.mse(a, y));
      add(sums, MSE_MIXED, 1000 * MatteErrors.mseOfMixed(a, y));
      add(sums, GRADIENT, MatteErrors.gradient(a, y, h, w));
      add(sums, CONNECTIVITY, MatteErrors.connectivity(a, y, h, w));
      add(sums, F1, overlap.dice());
      add(sums, IOU, overlap.iou());
      org.perdita.Tensor grey = Luminance.of(org.perdita.Tensor.of(matte.rgb(), 1, 3, h, w));
      Batch batch = Batch.of(org.perdita.Tensor.of(a, 1, 1, h, w), grey);
      add(sums, CONSISTENCY, GradientConsistencyLoss.ofAlpha().value(batch, Reduction.mean()));
    }
    sums.replaceAll((name, sum) -> sum / mattes.size());
    return sums;
  }

  private static void add(Map<String, Double> sums, String name, double value) {
    sums.merge(name, value, Double::sum);
  }

  private List<Picture> pictures(List<float[]> mattes) {
    if (seed != 1) {
      return List.of();
    }
    int n = Math.min(PICTURED, test.size());
    return List.of(
        new Picture(
            arm.name()
                + ": image, mask trained on, true alpha, predicted alpha; below each, a zoomed crop",
            Strands.of(test.subList(0, n), mattes.subList(0, n), recipe)));
  }
}
