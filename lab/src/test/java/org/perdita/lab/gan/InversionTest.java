package org.perdita.lab.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Triangles;
import org.perdita.lab.net.ImageNets;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Net;

class InversionTest {
  private static final ImageNets NETS = new ImageNets.Full(4, 16, 32, 8, 0.5);

  @Test
  void whatTheGeneratorMadeIsFoundAgain() {
    try (Engine.Scope run = Engine.scope();
        Net generator = NETS.generator(1)) {
      Tensor made = generator.predict(Samples.uniform(4).draw(20, Draw.of(7)));
      float[] before = generator.toArray();
      double[] start = new Inversion(50, 0, 0.05).distances(generator, 4, made, 1);
      double[] found = new Inversion(50, 300, 0.05).distances(generator, 4, made, 1);
      assertThat(Arrays.stream(start).average().orElseThrow()).isGreaterThan(0.01);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isLessThanOrEqualTo(start[i]);
      }
      assertThat(Arrays.stream(found).average().orElseThrow())
          .isLessThan(0.1 * Arrays.stream(start).average().orElseThrow());
      assertThat(generator.toArray()).isEqualTo(before);
    }
  }

  @Test
  void whatItCannotMakeStaysFarAway() {
    try (Engine.Scope run = Engine.scope();
        Net generator = NETS.generator(1)) {
      Tensor triangles = ImageGame.tensor(Triangles.draw(5, 0, 1).train());
      double[] found = new Inversion(50, 50, 0.05).distances(generator, 4, triangles, 1);
      assertThat(Arrays.stream(found).min().orElseThrow()).isGreaterThan(5);
    }
  }
}
