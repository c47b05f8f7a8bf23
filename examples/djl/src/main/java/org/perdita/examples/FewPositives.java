package org.perdita.examples;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Random;
import org.perdita.Reduction;
import org.perdita.classification.Alpha;
import org.perdita.classification.FocalLoss;
import org.perdita.djl.DjlLoss;

/** One row in fifty is positive. The focal loss under EasyTrain, with DJL's usual listeners. */
public final class FewPositives {
  private static final int ROWS = 4096;
  private static final int BATCH = 256;

  public static void main(String[] args) throws Exception {
    Engine.getInstance().setRandomSeed(1);
    Random random = new Random(1);
    float[] x = new float[2 * ROWS];
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      y[i] = random.nextInt(50) == 0 ? 1 : 0;
      x[2 * i] = (float) (random.nextGaussian() + 2 * y[i]);
      x[2 * i + 1] = (float) (random.nextGaussian() + 2 * y[i]);
    }
    Loss loss = DjlLoss.of(new FocalLoss(Alpha.none(), 2), Reduction.mean());
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss)
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build())
            .addTrainingListeners(TrainingListener.Defaults.basic());
    try (NDManager manager = NDManager.newBaseManager();
        Model model = Model.newInstance("few-positives")) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(32).build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(1).build()));
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.create(x, new Shape(ROWS, 2)))
              .optLabels(manager.create(y, new Shape(ROWS, 1)))
              .setSampling(BATCH, true)
              .build();
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(BATCH, 2));
        EasyTrain.fit(trainer, 10, data, null);
        float[] logits =
            trainer
                .evaluate(new NDList(manager.create(x, new Shape(ROWS, 2))))
                .singletonOrThrow()
                .toFloatArray();
        System.out.printf(
            "focal loss %.4f; of a hundred rows with the highest scores, %d are positive%n",
            trainer.getTrainingResult().getTrainEvaluation(loss.getName()), hits(logits, y));
      }
    }
  }

  private static int hits(float[] logits, float[] y) {
    return (int)
        java.util.stream.IntStream.range(0, ROWS)
            .boxed()
            .sorted(java.util.Comparator.comparing(i -> -logits[i]))
            .limit(100)
            .filter(i -> y[i] == 1)
            .count();
  }
}
