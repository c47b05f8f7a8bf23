package org.perdita.lab.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.Scenes;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.net.LeNet;
import org.perdita.lab.weights.NetWeights;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.StyleLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

class FeatureNetworksTest {

  @Test
  void ownFeaturesTellUnseenTexturesApartAndRandomOnesHardly() {
    try (FeatureNetworks.Loaded own = FeatureNetworks.own()) {
      double trained = FeatureTest.accuracy(own.network());
      double best = 0;
      for (long seed = 1; seed <= 3; seed++) {
        OwnFeatures random = new OwnFeatures(seed);
        try (random) {
          best = Math.max(best, FeatureTest.accuracy(random));
        }
      }
      assertThat(trained).isGreaterThan(0.85);
      assertThat(trained).isGreaterThan(best + 0.3);
      assertThat(own.toString()).contains("14 tensors, 127472 numbers, SHA-256 ");
      assertThat(own.weights().metadata().get("made by")).startsWith("perdita train-features");
    }
  }

  @Test
  void trainingAFewStepsGivesAFileThatLoads(@TempDir Path folder) {
    Path file = folder.resolve("features.safetensors");
    new FeatureTraining(24, 2, 4, 1e-3).run(1, file, line -> {});
    FeatureNetworks.Loaded loaded = FeatureNetworks.load(file);
    try (loaded) {
      assertThat(loaded.network().name()).isEqualTo("own features");
    }
  }

  @Test
  void vggHasTorchvisionsNames() {
    Vgg sixteen = Vgg.sixteen();
    try (sixteen) {
      assertThat(sixteen.state().keySet())
          .hasSize(26)
          .contains("features.0.weight", "features.2.bias", "features.28.weight");
      assertThat(sixteen.size()).isEqualTo(14_714_688);
      assertThat(sixteen.layers()).startsWith("relu1_1", "relu1_2", "pool1", "relu2_1");
      Engine.scoped(
          () -> {
            Tensor x = EngineImages.of(Scenes.draw(1, 16, 16));
            Map<String, Tensor> found = sixteen.features(x, List.of("relu2_2"));
            assertThat(Objects.requireNonNull(found.get("relu2_2")).shape())
                .containsExactly(1, 128, 8, 8);
          });
    }
  }

  @Test
  void aFileOfNoKnownNetworkIsRefusedAndSoIsALayerThatIsNotThere(@TempDir Path folder) {
    Path file = folder.resolve("lenet.safetensors");
    LeNet net = new LeNet(1, 2, 2, 2, 2);
    try (net) {
      NetWeights.save(net, file, Map.of());
    }
    assertThatThrownBy(() -> FeatureNetworks.load(file))
        .isInstanceOf(BadData.class)
        .hasMessageStartingWith(file + ": is of no network known here; known are VGG-16");
    FeatureNetworks.Loaded own = FeatureNetworks.own();
    try (own) {
      Engine.scoped(
          () ->
              assertThatThrownBy(
                      () ->
                          own.network()
                              .features(
                                  EngineImages.of(Scenes.draw(1, 16, 16)), List.of("relu9_9")))
                  .isInstanceOf(Refusal.class)
                  .hasMessageStartingWith("own features: has no layer relu9_9; it has [relu1_1,"));
    }
  }

  @Test
  void theObjectivesGradientIsItsSlope() {
    try (Engine.Scope scope = Engine.scope();
        FeatureNetworks.Loaded own = FeatureNetworks.own()) {
      PerceptualLoss loss =
          PerceptualLoss.of("relu2_1", 1, FeatureLoss.squaredError())
              .plus("relu1_1", 3, StyleLoss.johnson())
              .plus("relu2_1", 2, StyleLoss.gatys());
      PerceptualObjective objective = new PerceptualObjective(own.network(), loss, 1e-3);
      Tensor content = EngineImages.of(Scenes.draw(1, 16, 16));
      PerceptualObjective.Targets targets =
          objective.targets(content, EngineImages.of(Scenes.draw(2, 16, 24)));
      float[] start = EngineTensors.view(EngineImages.of(Scenes.draw(3, 16, 16))).toArray();
      Tensor pixels = EngineTensors.of(start, 1, 3, 16, 16).requires_grad_(true);
      objective.backward(pixels, targets);
      float[] slopes = EngineTensors.view(pixels.grad()).toArray();
      double squares = 0;
      float[] up = start.clone();
      float[] down = start.clone();
      float h = 2e-3f;
      double norm = 0;
      for (float g : slopes) {
        norm += g * g;
      }
      for (int i = 0; i < slopes.length; i++) {
        double along = slopes[i] / Math.sqrt(norm);
        squares += along * slopes[i];
        up[i] += (float) (h * along);
        down[i] -= (float) (h * along);
      }
      double slope = (value(objective, targets, up) - value(objective, targets, down)) / (2 * h);
      assertThat(slope).isCloseTo(squares, within(0.02 * squares));
    }
  }

  @Test
  void anotherContentKeepsTheStyle() {
    try (Engine.Scope scope = Engine.scope();
        FeatureNetworks.Loaded own = FeatureNetworks.own()) {
      PerceptualLoss loss =
          PerceptualLoss.of("relu2_1", 1, FeatureLoss.squaredError())
              .plus("relu2_1", 2, StyleLoss.johnson())
              .plus(FeatureNetwork.PIXELS, 1, StyleLoss.johnson());
      PerceptualObjective objective = new PerceptualObjective(own.network(), loss, 0);
      Tensor style = EngineImages.of(Scenes.draw(2, 16, 24));
      Tensor one = EngineImages.of(Scenes.draw(1, 16, 16));
      Tensor other = EngineImages.of(Scenes.draw(3, 24, 16));
      PerceptualObjective.Targets kept = objective.targets(other, objective.targets(one, style));
      PerceptualObjective.Targets anew = objective.targets(other, style);
      assertThat(kept.terms()).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(kept.terms().get(i).shape()).isEqualTo(anew.terms().get(i).shape());
        assertThat(kept.terms().get(i).toArray()).isEqualTo(anew.terms().get(i).toArray());
      }
    }
  }

  private static double value(
      PerceptualObjective objective, PerceptualObjective.Targets targets, float... pixels) {
    Tensor x = EngineTensors.of(pixels, 1, 3, 16, 16).requires_grad_(true);
    return objective.backward(x, targets).total();
  }

  @Test
  void uncalibratedLpipsIsADistance() {
    FeatureNetworks.Loaded own = FeatureNetworks.own();
    try (own) {
      Lpips lpips = Lpips.uncalibrated(own.network());
      Image a = Scenes.draw(1, 32, 32);
      Image b = Scenes.draw(2, 32, 32);
      assertThat(lpips.distance(a, a)).isZero();
      assertThat(lpips.distance(a, b)).isPositive().isCloseTo(lpips.distance(b, a), within(1e-9));
      assertThat(lpips.description())
          .isEqualTo(
              "LPIPS arithmetic on own features, equal weights, layers relu1_2 relu2_2 relu3_2"
                  + " relu4_1");
    }
  }
}
