package org.perdita.lab.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.perdita.Labels;
import org.perdita.Reduction;
import org.perdita.classification.FocalLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Optimizer;

class BackboneTest {

  /**
   * torchvision's resnet18 and resnet50 have 11,689,512 and 25,557,032 parameters, of which the
   * last layer, which a detector has not, has 513,000 and 2,049,000.
   */
  @ParameterizedTest
  @CsvSource({"RESNET18, 11176512", "RESNET50, 23508032"})
  void residualBackbonesAreAsLargeAsTorchvisions(String name, long parameters) {
    try (RetinaNet net = new RetinaNet(1, backbone(name), 91, 9, 0.01)) {
      long own =
          net.state().entrySet().stream()
              .filter(e -> e.getKey().startsWith("stem") || e.getKey().startsWith("stage"))
              .filter(e -> !e.getKey().contains("running") && !e.getKey().contains("num_batches"))
              .mapToLong(e -> e.getValue().numel())
              .sum();
      assertThat(own).isEqualTo(parameters);
    }
  }

  /**
   * torchvision's retinanet_resnet50_fpn has 34,014,999 without its frozen normalisation's 53,120;
   * its P6 comes from P5, here as in the paper from C5, by 3 · 3 · (2048 − 256) · 256 more.
   */
  @Test
  void theWholeDetectorIsAsLargeAsTorchvisions() {
    try (RetinaNet net = new RetinaNet(1, Backbone.RESNET50, 91, 9, 0.01)) {
      assertThat(net.size()).isEqualTo(34_014_999 + 53_120 + 9 * (2048 - 256) * 256);
    }
  }

  @ParameterizedTest
  @CsvSource({"RESNET18", "RESNET50"})
  void aStepOfALargeDetectorLowersItsLoss(String name) {
    int side = 128;
    try (Engine.Scope run = Engine.scope();
        RetinaNet net = new RetinaNet(1, backbone(name), 3, 9, 0.01);
        Optimizer optimizer = Optimizer.adam(net, 1e-4, 0.9, 0.999)) {
      float[] pixels = new float[2 * 3 * side * side];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) Math.sin(i * 0.37);
      }
      int rows = 2 * 9 * (16 * 16 + 8 * 8 + 4 * 4 + 2 * 2 + 1);
      int[] labels = new int[rows];
      Arrays.setAll(labels, i -> i % 50 == 0 ? 1 : 3);
      EngineLoss loss = new EngineLoss(FocalLoss.retinaNet(), Reduction.mean());
      double[] values = new double[3];
      for (int step = 0; step < values.length; step++) {
        values[step] =
            optimizer.step(
                () -> {
                  Tensor x = EngineTensors.of(pixels, 2, 3, side, side);
                  RetinaNet.Heads heads = net.heads(x);
                  assertThat(heads.offsets().size(1)).isEqualTo(rows / 2);
                  return loss.backward(heads.scores().view(-1, 3), Labels.of(labels));
                });
      }
      assertThat(values[2]).isLessThan(values[0]);
    }
  }

  private static Backbone backbone(String name) {
    return Backbone.ALL.stream()
        .filter(b -> b.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow();
  }
}
