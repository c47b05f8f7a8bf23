package org.perdita.lab.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.perdita.lab.data.TriangleManifold;
import org.perdita.lab.data.Triangles;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.net.ImageNets;

class GanPolygonsTest {
  private static final int SIDE = 28;

  @Test
  void whatCountsAsNearIsATriangleBlurredByAPixelAndNoEmptyPicture() {
    TriangleManifold manifold = new TriangleManifold();
    float[] images = Triangles.draw(0, 200, 1).test().toFloats();
    double[] blurred = manifold.distances(blurred(images, 1, SIDE));
    Arrays.sort(blurred);
    assertThat(blurred[100]).isCloseTo(GanPolygons.NEAR, within(0.005));
    assertThat(manifold.distance(new float[SIDE * SIDE], 0)).isGreaterThan(GanPolygons.NEAR + 0.5);
  }

  @Test
  void generatorsStartAtTheInkOfTriangles() {
    float[] images = Triangles.draw(2000, 0, 1).train().toFloats();
    double ink = 0;
    for (float pixel : images) {
      ink += pixel / images.length;
    }
    var nets = (ImageNets.Full) GanPolygons.Numbers.of(Request.of(Scale.FULL)).networks();
    assertThat(ink).isCloseTo(nets.ink(), within(0.005));
  }

  @Test
  void anotherBudgetKeepsTheSearchSoFar() {
    Request more = new Request(Scale.FULL, Optional.empty(), OptionalInt.of(20), false, false);
    assertThat(new GanPolygons().plan(more).protocol().settings())
        .isEqualTo(new GanPolygons().plan(Request.of(Scale.FULL)).protocol().settings());
  }

  /** Along the rows, then along the columns, by a Gaussian of deviation 1. */
  private static float[] blurred(float[] images, int... strides) {
    float[] from = images;
    for (int stride : strides) {
      float[] to = new float[from.length];
      for (int i = 0; i < from.length; i++) {
        int place = i / stride % SIDE;
        double sum = 0;
        double weights = 0;
        for (int d = -5; d <= 5; d++) {
          double weight = Math.exp(-0.5 * d * d);
          weights += weight;
          if (place + d >= 0 && place + d < SIDE) {
            sum += weight * from[i + d * stride];
          }
        }
        to[i] = (float) (sum / weights);
      }
      from = to;
    }
    return from;
  }
}
