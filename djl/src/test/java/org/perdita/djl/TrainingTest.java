package org.perdita.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.classification.Alpha;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.FocalLoss;

/** {@code EasyTrain}, with the listeners that ask for every loss twice. */
final class TrainingTest {
  private static final int ROWS = 512;
  private static final int FEATURES = 4;

  private record Trained(List<Float> parameters, float first, float last, float seen) {}

  private static float[] inputs() {
    SplittableRandom random = new SplittableRandom(5);
    float[] x = new float[ROWS * FEATURES];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** One in eight is positive. */
  private static float[] targets(float[] x) {
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      y[i] = x[FEATURES * i] + x[FEATURES * i + 1] > 1.6f ? 1 : 0;
    }
    return y;
  }

  private static Trained train(Loss loss, int epochs) {
    Engine.getInstance().setRandomSeed(7);
    float[] x = inputs();
    float[] y = targets(x);
    try (Model model = Model.newInstance("net");
        NDManager manager = NDManager.newBaseManager()) {
      model.setBlock(
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).build())
              .add(Activation.reluBlock())
              .add(Linear.builder().setUnits(1).build()));
      ArrayDataset data =
          new ArrayDataset.Builder()
              .setData(manager.create(x, new Shape(ROWS, FEATURES)))
              .optLabels(manager.create(y, new Shape(ROWS, 1)))
              .setSampling(64, false)
              .build();
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(loss)
              .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build())
              .addTrainingListeners(TrainingListener.Defaults.basic());
      try (Trainer trainer = model.newTrainer(config)) {
        trainer.initialize(new Shape(64, FEATURES));
        float first = epoch(trainer, data, loss, 1);
        float last = epoch(trainer, data, loss, epochs - 1);
        NDArray logits =
            trainer.evaluate(new NDList(manager.create(x, new Shape(ROWS, FEATURES)))).head();
        float seen =
            (float)
                new BinaryCrossEntropyLoss()
                    .value(
                        Batch.of(Tensor.of(logits.toFloatArray(), ROWS), Tensor.of(y, ROWS)),
                        Reduction.mean());
        return new Trained(parameters(model), first, last, seen);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static float epoch(Trainer trainer, ArrayDataset data, Loss loss, int epochs)
      throws Exception {
    EasyTrain.fit(trainer, epochs, data, null);
    TrainingResult result = trainer.getTrainingResult();
    return Objects.requireNonNull(result.getEvaluations().get("train_" + loss.getName()));
  }

  private static List<Float> parameters(Model model) {
    List<Float> all = new ArrayList<>();
    for (var parameter : model.getBlock().getParameters().values()) {
      for (float one : parameter.getArray().toFloatArray()) {
        all.add(one);
      }
    }
    assertThat(all).hasSize(FEATURES * 16 + 16 + 16 + 1);
    return all;
  }

  @Test
  void lowersTheFocalLossOfFewPositives() {
    Trained trained = train(DjlLoss.of(new FocalLoss(Alpha.none(), 2), Reduction.mean()), 30);
    assertThat(trained.last()).isLessThan(trained.first() / 2);
  }

  @Test
  void endsWhereTheEnginesOwnLossEnds() {
    Trained ours = train(DjlLoss.of(new BinaryCrossEntropyLoss(), Reduction.mean()), 5);
    Trained theirs = train(Loss.sigmoidBinaryCrossEntropyLoss(), 5);
    for (int i = 0; i < ours.parameters().size(); i++) {
      assertThat(ours.parameters().get(i)).isCloseTo(theirs.parameters().get(i), within(1e-5f));
    }
    assertThat(ours.last()).isCloseTo(theirs.last(), within(1e-5f));
    assertThat(ours.seen()).isCloseTo(theirs.seen(), within(1e-5f));
  }
}
