package org.perdita.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.perdita.lab.experiment.Refusal;

class MasterTest {

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[2]", "local[2,3]"})
  void localIsThisProcess(String on) {
    assertThat(Master.of(on).local()).isTrue();
    assertThat(Master.of(on).loopback()).isTrue();
    assertThatCode(() -> Master.of(on).probe()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "locally",
        "local[0]",
        "local[two]",
        "spark://",
        "spark://host",
        "spark://host:port",
        "spark://host:70000",
        "spark://a:1,",
        "http://host:7077",
        "yarn"
      })
  void othersAreRefused(String on) {
    assertThatThrownBy(() -> Master.of(on))
        .isInstanceOf(Refusal.class)
        .hasMessage("--on: must be spark://HOST:PORT or local[N], was " + on);
  }

  @Test
  void whatSparkSubmitHasUnderstoodIsTaken() {
    assertThat(Master.trusted("yarn").local()).isFalse();
    assertThatCode(() -> Master.trusted("yarn").probe()).doesNotThrowAnyException();
  }

  @Test
  void oneOfSeveralMastersThatAnswersIsEnough() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Master master = Master.of("spark://nowhere.invalid:7077,127.0.0.1:" + socket.getLocalPort());
      assertThatCode(master::probe).doesNotThrowAnyException();
      assertThat(master.loopback()).isFalse();
    }
  }

  @Test
  void noAnswerIsSaidAtOnce() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> Master.of("spark://127.0.0.1:" + free).probe())
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "--on: no Spark master answers at spark://127.0.0.1:" + free + ": Connection refused");
    assertThatThrownBy(() -> Master.of("spark://nowhere.invalid:7077").probe())
        .hasMessage(
            "--on: no Spark master answers at spark://nowhere.invalid:7077:"
                + " there is no host nowhere.invalid");
  }
}
