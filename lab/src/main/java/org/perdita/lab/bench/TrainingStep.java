package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atMost;
import static org.perdita.lab.bench.Figure.told;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.net.LeNet;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Optimizer;

/**
 * A training step of the noisy-digits network: images a second, and the loss's share of the time.
 * {@code bench/python/lenet.py} trains the same network in Python.
 */
final class TrainingStep {
  private static final String SUBJECT = "noisy-digits network, ";
  private static final int BATCH = 64;
  private static final int IMAGES = 4096;
  private static final int CLASSES = 10;

  private final Race race;
  private final SplittableRandom random = new SplittableRandom(5);

  TrainingStep(Size size) {
    race = new Race(size);
  }

  /** For each loss: how fast the network trains with it, and what it costs. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(Engine.scoped(() -> figures("cross-entropy", new CrossEntropyLoss())));
    figures.addAll(Engine.scoped(() -> figures("bi-tempered (0.5, 4)", BiTemperedLoss.of(0.5, 4))));
    return figures;
  }

  private List<Figure> figures(String name, Loss loss) {
    float[] pixels = new float[IMAGES * 28 * 28];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    Tensor images = EngineTensors.of(pixels, IMAGES, 1, 28, 28);
    int[] labels = random.ints(IMAGES, 0, CLASSES).toArray();
    EngineLoss mean = new EngineLoss(loss, Reduction.mean());
    try (LeNet net = new LeNet(1, 8, 16, 64, CLASSES);
        Optimizer optimizer = Optimizer.adam(net, 2e-3, 0.9, 0.999)) {
      Tensor logits = net.predict(EngineTensors.rows(images, drawn()));
      Labels target = Labels.of(random.ints(BATCH, 0, CLASSES).toArray());
      List<Timing> times =
          race.run(
              List.of(
                  () -> step(net, optimizer, mean, images, labels),
                  () -> Engine.scoped(() -> new BackwardPass().add(mean, logits, target, null))));
      double step = times.get(0).cpuNanos();
      return List.of(
          told(SUBJECT + name, "images a second", BATCH / step * 1e9),
          atMost(
              2,
              SUBJECT + name,
              "% of a step that the loss costs",
              100 * times.get(1).cpuNanos() / step));
    }
  }

  private double step(
      LeNet net, Optimizer optimizer, EngineLoss loss, Tensor images, int[] labels) {
    int[] batch = drawn();
    int[] target = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      target[i] = labels[batch[i]];
    }
    return optimizer.step(
        () -> loss.backward(net.forward(EngineTensors.rows(images, batch)), Labels.of(target)));
  }

  private int[] drawn() {
    return random.ints(BATCH, 0, IMAGES).toArray();
  }
}
