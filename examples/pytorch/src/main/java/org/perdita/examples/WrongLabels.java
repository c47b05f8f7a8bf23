package org.perdita.examples;

import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Three classes in the plane. A third of the training labels is wrong; what counts is how many
 * points get their true class. The two trainings differ by the loss alone.
 */
public final class WrongLabels {
  private static final int POINTS = 600;
  private static final int CLASSES = 3;

  public static void main(String[] args) {
    System.out.printf("cross-entropy  %.1f %%%n", 100 * train(new CrossEntropyLoss()));
    System.out.printf("bi-tempered    %.1f %%%n", 100 * train(BiTemperedLoss.of(0.5, 1.5)));
  }

  /** Trains a network, and gives the share of points that it gets right. */
  private static double train(Loss chosen) {
    Random random = new Random(1);
    float[] points = new float[2 * POINTS];
    int[] truth = new int[POINTS];
    int[] recorded = new int[POINTS];
    for (int i = 0; i < POINTS; i++) {
      truth[i] = random.nextInt(CLASSES);
      double angle = 2 * Math.PI * truth[i] / CLASSES;
      points[2 * i] = (float) (1.5 * Math.cos(angle) + 0.7 * random.nextGaussian());
      points[2 * i + 1] = (float) (1.5 * Math.sin(angle) + 0.7 * random.nextGaussian());
      boolean wrong = random.nextInt(3) == 0;
      recorded[i] = wrong ? (truth[i] + 1 + random.nextInt(CLASSES - 1)) % CLASSES : truth[i];
    }
    Labels labels = Labels.of(recorded);
    try (Engine.Scope scope = Engine.scope();
        Net net = new Mlp(7);
        Optimizer optimizer = Optimizer.adam(net, 0.02, 0.9, 0.999)) {
      Tensor x = EngineTensors.of(points, POINTS, 2);
      EngineLoss loss = new EngineLoss(chosen, Reduction.mean());
      for (int step = 0; step < 600; step++) {
        optimizer.step(() -> loss.backward(net.forward(x), labels));
      }
      return right(EngineTensors.view(net.predict(x)), truth);
    }
  }

  private static double right(org.perdita.Tensor logits, int[] truth) {
    int right = 0;
    for (int i = 0; i < POINTS; i++) {
      int best = 0;
      for (int k = 1; k < CLASSES; k++) {
        best = logits.get(CLASSES * i + k) > logits.get(CLASSES * i + best) ? k : best;
      }
      right += best == truth[i] ? 1 : 0;
    }
    return right / (double) POINTS;
  }

  private static final class Mlp extends Net {
    private final Layer first = linear(2, 64);
    private final Layer last = linear(64, CLASSES);

    Mlp(long seed) {
      super(seed);
    }

    @Override
    public Tensor forward(Tensor x) {
      return last.forward(torch.relu(first.forward(x)));
    }
  }
}
