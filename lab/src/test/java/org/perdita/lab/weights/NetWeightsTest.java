package org.perdita.lab.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.perdita.lab.data.BadData;
import org.perdita.lab.net.LeNet;
import org.perdita.lab.net.ResNet;

class NetWeightsTest {

  @Test
  void aSavedNetworkComesBackBitForBit(@TempDir Path folder) {
    Path file = folder.resolve("net.safetensors");
    ResNet net = new ResNet(1, 8, 4);
    ResNet other = new ResNet(2, 8, 4);
    try (net;
        other) {
      NetWeights.save(net, file, Map.of());
      assertThat(other.toArray()).isNotEqualTo(net.toArray());
      assertThat(NetWeights.load(other, file).names()).isEqualTo(net.state().keySet());
      assertThat(other.toArray()).isEqualTo(net.toArray());
    }
  }

  @Test
  void aFileOfAnotherNetworkIsRefusedAndChangesNothing(@TempDir Path folder) {
    Path file = folder.resolve("net.safetensors");
    LeNet net = new LeNet(1, 4, 8, 16, 10);
    LeNet wider = new LeNet(1, 4, 9, 16, 10);
    ResNet different = new ResNet(1, 8, 4);
    try (net;
        wider;
        different) {
      NetWeights.save(net, file, Map.of());
      float[] before = wider.toArray();
      assertThatThrownBy(() -> NetWeights.load(wider, file))
          .isInstanceOf(BadData.class)
          .hasMessage(
              file + ": tensor '2.weight' has shape [8, 4, 5, 5], the network's has [9, 4, 5, 5]");
      assertThat(wider.toArray()).isEqualTo(before);
      assertThatThrownBy(() -> NetWeights.load(different, file))
          .isInstanceOf(BadData.class)
          .hasMessageContaining("the network's has [16, 3, 3, 3]");
    }
  }
}
