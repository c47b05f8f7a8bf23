package org.perdita.lab.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}
