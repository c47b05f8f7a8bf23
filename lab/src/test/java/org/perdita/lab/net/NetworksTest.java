package org.perdita.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

class NetworksTest {

  /** The paper gives 0.27 million for 20 layers and 0.85 million for 56. */
  @ParameterizedTest
  @CsvSource({"20, 269722", "56, 853018"})
  void residualNetworksAreAsLargeAsThePapers(int layers, long parameters) {
    try (Net net = new ResNet(1, layers, 10)) {
      assertThat(net.size()).isEqualTo(parameters);
    }
  }

  @Test
  void residualNetworksTakeAnySideThatDividesByFour() {
    try (Engine.Scope run = Engine.scope();
        Net net = new ResNet(1, 8, 7)) {
      float[] pixels = new float[2 * 3 * 16 * 16];
      assertThat(net.predict(EngineTensors.of(pixels, 2, 3, 16, 16)).shape()).containsExactly(2, 7);
    }
  }

  @Test
  void thereIsNoResidualNetworkOf21Layers() {
    assertThatThrownBy(() -> new ResNet(1, 21, 10))
        .hasMessage("ResNet: layers must be 6 n + 2 with n of 1 or more, was 21");
  }

  @Test
  void leNetGivesALogitAClass() {
    try (Engine.Scope run = Engine.scope();
        Net net = new LeNet(1, 8, 16, 64, 10)) {
      float[] pixels = new float[3 * 28 * 28];
      assertThat(net.predict(EngineTensors.of(pixels, 3, 1, 28, 28)).shape())
          .containsExactly(3, 10);
      assertThat(net.size()).isEqualTo(8 * 26 + 16 * (8 * 25 + 1) + 64 * (16 * 49 + 1) + 650);
    }
  }

  /**
   * With bias everywhere: fully connected, convolution, normalisation, in the order of the data.
   */
  @Test
  void theStudysGeneratorAndCriticAreAsLargeAsTheirLayersSay() {
    ImageNets nets = ImageNets.Convolutions.ofTheStudy();
    long generator =
        (64 + 1) * 1024
            + 2 * 1024
            + (1024 + 1) * 6272
            + 2 * 6272
            + (128 * 16 + 1) * 64
            + 2 * 64
            + (64 * 16 + 1);
    long critic =
        (16 + 1) * 64 + (64 * 16 + 1) * 128 + 2 * 128 + (6272 + 1) * 1024 + 2 * 1024 + 1025;
    try (Net made = nets.generator(1);
        Net judged = nets.critic(1, ImageCritic.Normalisation.BATCH)) {
      assertThat(made.size()).isEqualTo(generator);
      assertThat(judged.size()).isEqualTo(critic);
    }
  }

  static Stream<ImageNets> imageNets() {
    return Stream.of(
        new ImageNets.Convolutions(5, new ImageWidths(2, 4, 16), 8),
        new ImageNets.Full(5, 8, 16, 4, 0.5));
  }

  @ParameterizedTest
  @MethodSource("imageNets")
  void gamesOverImagesFitTogether(ImageNets nets) {
    try (Engine.Scope run = Engine.scope();
        Net generator = nets.generator(1);
        Net plain = nets.critic(2, ImageCritic.Normalisation.NONE);
        Net normal = nets.critic(2, ImageCritic.Normalisation.BATCH);
        Net autoencoder = nets.autoencoder(2)) {
      Tensor images = generator.predict(EngineTensors.of(new float[3 * 5], 3, 5));
      assertThat(images.shape()).containsExactly(3, 1, 28, 28);
      assertThat(EngineTensors.view(images).get(0)).isBetween(0f, 1f);
      assertThat(plain.predict(images).shape()).containsExactly(3, 1);
      assertThat(normal.predict(images).shape()).containsExactly(3, 1);
      assertThat(autoencoder.predict(images).shape()).containsExactly(3, 1, 28, 28);
    }
  }
}
