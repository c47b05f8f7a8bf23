package org.perdita.lab.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.Loss;
import org.perdita.Tensor;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.BoxCoder;
import org.perdita.lab.coco.Found;
import org.perdita.lab.coco.Truth;
import org.perdita.lab.net.Backbone;
import org.perdita.lab.net.RetinaNet;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

class DetectorTest {

  @Test
  void aDrawnBoxIsWhatItsShapeFills() {
    List<Scene> scenes = DrawnScenes.draw(64, 40, 0, 5, 1).train();
    assertThat(scenes).allSatisfy(s -> assertThat(s.classes().length).isBetween(1, 8));
    assertThat(scenes.stream().flatMapToInt(s -> Arrays.stream(s.classes())).distinct().count())
        .isEqualTo(4);
    Scene again = DrawnScenes.draw(64, 40, 0, 5, 1).train().get(3);
    assertThat(again.pixels()).isEqualTo(scenes.get(3).pixels());
    assertThat(DrawnScenes.draw(64, 1, 0, 5, 1).test().get(0).pixels())
        .isNotEqualTo(scenes.get(0).pixels());
    Scene mirrored = scenes.get(0).mirrored();
    assertThat(mirrored.boxes()[0]).isEqualTo(64 - scenes.get(0).boxes()[2]);
    assertThat(mirrored.mirrored().pixels()).isEqualTo(scenes.get(0).pixels());
  }

  @Test
  void whatIsEncodedIsFoundAgain() {
    SceneSet scenes = DrawnScenes.draw(64, 3, 0, 1, 2);
    Anchors anchors = Anchors.over(64, 64, Backbone.TINY.strides(), 2);
    BoxCoder coder = BoxCoder.retinaNet();
    for (Scene scene : scenes.train()) {
      Assignment a = Assignment.of(Matcher.retinaNet(), anchors, 4, List.of(scene.objects()));
      float[] out = new float[anchors.count() * 8];
      Arrays.fill(out, -10);
      Tensor offsets = a.offsets(coder);
      for (int i = 0; i < a.positives().length; i++) {
        int at = a.positives()[i] * 8;
        out[at + a.labels()[a.positives()[i]]] = 3;
        for (int k = 0; k < 4; k++) {
          out[at + 4 + k] = offsets.get(4 * i + k);
        }
      }
      List<Found> found =
          Postprocessing.retinaNet()
              .find(Tensor.of(out, 1, anchors.count(), 8), 0, anchors, coder, scene);
      assertThat(found).hasSameSizeAs(scene.truth());
      for (Truth t : scene.truth()) {
        assertThat(found)
            .anySatisfy(
                f -> {
                  assertThat(f.category()).isEqualTo(t.category());
                  assertThat(f.x()).isCloseTo(t.x(), within(1e-3));
                  assertThat(f.height()).isCloseTo(t.height(), within(1e-3));
                });
      }
      BoxQuality perfect = BoxQuality.of(scene.truth(), found);
      assertThat(perfect.precise()).isEqualTo(1);
    }
  }

  @Test
  void everythingStartsAsBackgroundAndLevelsFollowEachOther() {
    for (Backbone size : List.of(Backbone.TINY, Backbone.SMALL)) {
      Engine.scoped(
          () -> {
            try (RetinaNet net = new RetinaNet(1, size, 3, Anchors.A_POSITION, 0.01)) {
              int side = 2 * size.multiple();
              Anchors anchors = Anchors.over(side, side, size.strides(), 2);
              Tensor out =
                  EngineTensors.view(
                      net.predict(EngineTensors.of(new float[3 * side * side], 1, 3, side, side)));
              assertThat(out.shape()).containsExactly(1, anchors.count(), 7);
              assertThat(1 / (1 + Math.exp(-out.get(0)))).isBetween(0.005, 0.02);
              assertThat(net.state()).containsKey("class.last.bias");
            }
          });
    }
    assertThat(Backbone.RESNET50.strides()).containsExactly(8, 16, 32, 64, 128);
  }

  @Test
  void theHardestNegativesAreThoseOfTheGreatestLoss() {
    SceneSet scenes = DrawnScenes.draw(64, 1, 0, 1, 3);
    Anchors anchors = Anchors.over(64, 64, Backbone.TINY.strides(), 2);
    Assignment a =
        Assignment.of(
            Matcher.retinaNet(), anchors, 4, scenes.train().stream().map(Scene::objects).toList());
    float[] scores = new float[4 * anchors.count()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -5 + (float) (i % 9973) / 9973;
    }
    Loss loss = new BinaryCrossEntropyLoss();
    float[] counts =
        new ScoreLoss.HardestNegatives(loss, 3)
            .weights(a, Tensor.of(scores, anchors.count(), 4))
            .toArray();
    int negatives = 0;
    float least = Float.POSITIVE_INFINITY;
    float most = 0;
    float[] each =
        loss.values(org.perdita.Batch.of(Tensor.of(scores, anchors.count(), 4), a.target()))
            .toArray();
    for (int i = 0; i < counts.length; i++) {
      float sum = each[4 * i] + each[4 * i + 1] + each[4 * i + 2] + each[4 * i + 3];
      if (a.labels()[i] < 4) {
        assertThat(counts[i]).isEqualTo(1);
      } else if (counts[i] == 1) {
        negatives++;
        least = Math.min(least, sum);
      } else if (a.counts()[i] == 1) {
        most = Math.max(most, sum);
      }
    }
    assertThat(negatives).isEqualTo(3 * a.positives().length);
    assertThat(least).isGreaterThanOrEqualTo(most);
  }

  @Test
  void theEasyBackgroundHoldsLessOfTheFocalLoss() {
    SceneSet scenes = DrawnScenes.draw(64, 2, 0, 1, 4);
    Anchors anchors = Anchors.over(64, 64, Backbone.TINY.strides(), 2);
    Assignment a =
        Assignment.of(
            Matcher.retinaNet(), anchors, 4, scenes.train().stream().map(Scene::objects).toList());
    float[] scores = new float[4 * a.labels().length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = -6 + (i * 7919 % 1000) / 200f;
    }
    LossShares shares = new LossShares(4);
    shares.add(Tensor.of(scores, a.labels().length, 4), a);
    double before = 1;
    for (double gamma : new double[] {0, 0.5, 1, 2, 5}) {
      FocalLoss loss = FocalLoss.retinaNet().withGamma(gamma);
      double easy = shares.ofEasyNegatives(loss);
      assertThat(easy).isBetween(0.0, before);
      before = easy;
      List<Double> curve = shares.cumulative(loss);
      assertThat(curve).hasSize(101).isSorted().startsWith(0.0);
      assertThat(curve.get(100)).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void scoresThatFollowTheBoxesCorrelate() {
    List<Truth> truth = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      truth.add(new Truth(i, 1, 0, 0, 100, 100, 1e4, false));
      found.add(new Found(i, 1, 0, 0, 100, 55 + 5 * i, 0.3 + 0.05 * i));
      found.add(new Found(i, 1, 50, 50, 100, 100, 0.9)); // finds nothing
    }
    BoxQuality quality = BoxQuality.of(truth, found);
    assertThat(quality.correlation()).isCloseTo(1, within(1e-9));
    assertThat(quality.precise()).isEqualTo(0.3);
    assertThat(BoxQuality.of(truth, List.of())).isEqualTo(new BoxQuality(0, 0));
  }

  @Test
  void aTrainedDetectorFindsTheSameFromItsFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("d.safetensors");
    List<Double> losses = new ArrayList<>();
    new TrainedDetector.Job(Optional.empty(), false, Backbone.TINY, 64, 25, 1)
        .run(file, losses::add);
    assertThat(losses).hasSize(25);
    assertThat(losses.get(24)).isLessThan(losses.get(0));
    BufferedImage picture = new BufferedImage(90, 60, BufferedImage.TYPE_INT_RGB);
    try (TrainedDetector one = TrainedDetector.load(file);
        TrainedDetector two = TrainedDetector.load(file)) {
      assertThat(one.classes()).isEqualTo(DrawnScenes.CLASSES);
      assertThat(one.find(picture)).isEqualTo(two.find(picture));
      one.draw(picture, List.of(new Found(0, 1, 5, 5, 20, 20, 0.9)));
      assertThat(picture.getRGB(5, 15)).isNotEqualTo(0xff000000);
    }
    Path other = folder.resolve("other.safetensors");
    Files.write(other, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    assertThatThrownBy(() -> TrainedDetector.load(other))
        .hasMessageStartingWith(other + ": is no detector of perdita train-detector");
  }
}
