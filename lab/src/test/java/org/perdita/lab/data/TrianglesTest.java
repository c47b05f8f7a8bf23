package org.perdita.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrianglesTest {
  private final TriangleManifold manifold = new TriangleManifold();

  @Test
  void anImageDependsOnItsSeedAndPlaceAlone() {
    ImageSet many = Triangles.draw(50, 10, 7).train();
    assertThat(Triangles.draw(20, 0, 7).train().checksum()).isEqualTo(many.first(20).checksum());
    assertThat(Triangles.draw(50, 0, 8).train().checksum()).isNotEqualTo(many.checksum());
  }

  @Test
  void theInkIsTheAreaOfTheTriangleAndItsMiddleIsTheImages() {
    for (int i = 0; i < 50; i++) {
      Triangle triangle = Triangle.draw(Draw.of(3, i));
      float[] image = new float[Triangle.PIXELS];
      triangle.paint(image);
      double[] slacks = {triangle.slack1(), triangle.slack2(), triangle.slack3()};
      double[] angle = new double[3];
      for (int k = 0; k < 3; k++) {
        angle[k] = Math.toRadians(120 * k + 10 + slacks[k] - triangle.turn());
      }
      // Half r² times the sum of the sines of the three angles at the circle's middle.
      double area =
          0.5
              * 10.5
              * 10.5
              * (Math.sin(angle[1] - angle[0])
                  + Math.sin(angle[2] - angle[1])
                  + Math.sin(angle[0] - angle[2]));
      double ink = 0;
      double x = 0;
      double y = 0;
      for (int p = 0; p < image.length; p++) {
        ink += image[p];
        x += image[p] * (p % 28 + 0.5);
        int row = p / 28;
        y += image[p] * (row + 0.5);
      }
      assertThat(ink).isCloseTo(area, within(0.6));
      assertThat(x / ink).isCloseTo(14, within(0.2));
      assertThat(y / ink).isCloseTo(14, within(0.2));
    }
  }

  @Test
  void whatIsDrawnLiesOnTheManifold() {
    float[] images = Triangles.draw(100, 0, 1).train().toFloats();
    double[] distances = manifold.distances(images);
    assertThat(Arrays.stream(distances).max().orElseThrow()).isLessThan(0.6);
    assertThat(Arrays.stream(distances).average().orElseThrow()).isLessThan(0.1);
  }

  @Test
  void noiseIsAsFarAwayAsItIsLong() {
    float[] images = Triangles.draw(30, 0, 2).train().toFloats();
    Draw draw = Draw.of(5);
    for (int i = 0; i < 30; i++) {
      double square = 0;
      for (int p = i * 784; p < (i + 1) * 784; p++) {
        double noise = 0.1 * draw.bell();
        images[p] += (float) noise;
        square += noise * noise;
      }
      double length = Math.sqrt(square);
      // Four numbers of 784 can be fitted away; the search may stop a little early.
      assertThat(manifold.distance(images, i * 784)).isBetween(0.95 * length, 1.05 * length);
    }
  }

  @Test
  void noTriangleOfAFineGridIsNearerThanWhatIsFound() {
    float[] blurred = new float[784];
    float[] image = Triangles.draw(1, 0, 4).train().toFloats();
    for (int p = 0; p < 784; p++) {
      int left = p % 28 == 0 ? p : p - 1;
      blurred[p] = (image[p] + image[left]) / 2;
    }
    double nearest = Double.POSITIVE_INFINITY;
    float[] painted = new float[784];
    for (double a = 0; a <= 110; a += 5) {
      for (double b = 0; b <= 110; b += 5) {
        for (double c = 0; c <= 110; c += 5) {
          new Triangle(a, b, c, 3).paint(painted);
          double square = 0;
          for (int p = 0; p < 784; p++) {
            square += (blurred[p] - painted[p]) * (blurred[p] - painted[p]);
          }
          nearest = Math.min(nearest, Math.sqrt(square));
        }
      }
    }
    assertThat(manifold.distance(blurred, 0)).isLessThanOrEqualTo(nearest);
  }

  @Test
  void emptyImagesAndNumbersThatAreNoneLieFarAway() {
    float[] black = new float[784];
    assertThat(manifold.distance(black, 0)).isBetween(2.0, 3.0);
    black[100] = Float.NaN;
    assertThat(manifold.distance(black, 0)).isInfinite();
  }
}
