package org.perdita.lab.features;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.data.Crops;
import org.perdita.lab.data.Draw;
import org.perdita.lab.weights.NetWeights;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * Trains the program's own feature network: to say which texture or thing a small picture shows and
 * how blurred it is. Four kinds of texture are kept for {@link FeatureTest}.
 *
 * @param pictures how many different ones are drawn
 * @param steps of the optimiser
 * @param batch pictures a step
 * @param learningRate Adam's at the start; it falls to 0 along half a cosine
 */
public record FeatureTraining(int pictures, int steps, int batch, double learningRate) {
  /** Kinds that the training never sees: checks, dots, rings, cells. */
  static final List<Integer> HELD_OUT = List.of(3, 5, 6, 7);

  static final int SIDE = 32;

  private static final List<Integer> KINDS =
      IntStream.range(0, Crops.NAMES.size()).filter(k -> !HELD_OUT.contains(k)).boxed().toList();

  /** What the shipped file was trained with: two to three minutes of one core. */
  public static FeatureTraining shipped() {
    return new FeatureTraining(6000, 2400, 32, 2e-3);
  }

  /** Two questions on top of the features. */
  private static final class Heads extends Net {
    private final OwnFeatures features;
    private final Layer kind;
    private final Layer blur;

    Heads(OwnFeatures features, long seed) {
      super(seed);
      this.features = features;
      kind = linear(OwnFeatures.outputs(), KINDS.size());
      blur = linear(OwnFeatures.outputs(), Crops.BLURS);
      features.parameters().forEach(this::parameter);
    }

    @Override
    public Tensor forward(Tensor x) {
      return features.forward(x).mean(2, 3);
    }
  }

  /**
   * Trains and saves.
   *
   * @param told a line now and then
   */
  public void run(long seed, Path file, Consumer<String> told) {
    Crops crops = Crops.draw(seed, pictures, SIDE, KINDS, true);
    EngineLoss loss = new EngineLoss(new CrossEntropyLoss(), Reduction.mean());
    try (Engine.Scope run = Engine.scope();
        OwnFeatures features = new OwnFeatures(seed);
        Heads heads = new Heads(features, seed + 1);
        Optimizer optimizer = Optimizer.adam(heads, learningRate, 0.9, 0.999)) {
      Tensor pixels = EngineTensors.of(crops.pixels());
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        optimizer.learningRate(learningRate * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps)));
        Draw draw = Draw.of(seed, 619, step);
        int[] rows = IntStream.range(0, batch).map(i -> draw.below(pictures)).toArray();
        boolean flipped = draw.chance(0.5);
        boolean turned = draw.chance(0.5);
        Labels kinds = labels(rows, i -> KINDS.indexOf(crops.kinds().get(i)));
        Labels blurs = labels(rows, crops.blurs()::get);
        sum +=
            optimizer.step(
                () -> {
                  Tensor x = EngineTensors.rows(pixels, rows);
                  x = flipped ? x.flip(3) : x;
                  x = turned ? x.flip(2) : x;
                  Tensor pooled = heads.forward(x);
                  BackwardPass pass = new BackwardPass();
                  double value =
                      pass.add(loss, heads.kind.forward(pooled), kinds, null)
                          + pass.add(loss, heads.blur.forward(pooled), blurs, null);
                  pass.run();
                  return value;
                });
        if ((step + 1) % 200 == 0) {
          told.accept(String.format(Locale.ROOT, "step %d: loss %.3f", step + 1, sum / 200));
          sum = 0;
        }
      }
      NetWeights.save(
          features,
          file,
          Map.of(
              "made by",
              "perdita train-features, seed " + seed + ", " + this,
              "input",
              "red, green, blue in [0, 1], less ImageNet's mean, over its deviation"));
    }
  }

  private static Labels labels(int[] rows, IntUnaryOperator of) {
    return Labels.of(Arrays.stream(rows).map(of).toArray());
  }
}
