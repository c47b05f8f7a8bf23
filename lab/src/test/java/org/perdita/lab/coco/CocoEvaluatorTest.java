package org.perdita.lab.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.perdita.lab.experiment.Refusal;

/** Beside pycocotools' own numbers, which the golden file holds. */
class CocoEvaluatorTest {

  @Test
  void higherThresholdsWantBetterBoxes() {
    List<Truth> truth =
        List.of(
            new Truth(1, 1, 0, 0, 100, 100, 1e4, false),
            new Truth(1, 2, 0, 0, 100, 100, 1e4, false));
    List<Found> found =
        List.of(new Found(1, 1, 0, 0, 100, 85, 0.9), new Found(1, 2, 0, 0, 100, 100, 0.9));
    CocoResult result = CocoEvaluator.evaluate(List.of(1), List.of(1, 2, 3), truth, found);
    assertThat(result.ap50()).isCloseTo(1, within(1e-12));
    assertThat(result.ap80()).isCloseTo(1, within(1e-12));
    assertThat(result.ap90()).isCloseTo(0.5, within(1e-12));
    assertThat(result.perClass().get(0)).isCloseTo(0.8, within(1e-12));
    assertThat(result.perClass().get(1)).isCloseTo(1, within(1e-12));
    assertThat(result.perClass().get(2)).isEqualTo(-1);
    assertThat(result.ap()).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void whatIsNotKnownIsRefused() {
    List<Found> elsewhere = List.of(new Found(2, 1, 0, 0, 1, 1, 0.5));
    assertThatThrownBy(() -> CocoEvaluator.evaluate(List.of(1), List.of(1), List.of(), elsewhere))
        .isInstanceOf(Refusal.class)
        .hasMessage("CocoEvaluator: a detection is in image 2, which is not known");
    List<Truth> other = List.of(new Truth(1, 4, 0, 0, 1, 1, 1, false));
    assertThatThrownBy(() -> CocoEvaluator.evaluate(List.of(1), List.of(1), other, List.of()))
        .hasMessage("CocoEvaluator: an object is of category 4, which is not known");
    List<Found> unsure = List.of(new Found(1, 1, 0, 0, 1, 1, Double.NaN));
    assertThatThrownBy(() -> CocoEvaluator.evaluate(List.of(1), List.of(1), List.of(), unsure))
        .hasMessage("CocoEvaluator: a detection of image 1 has score NaN");
  }

  @Test
  void fiveThousandImagesTakeSeconds() {
    Random random = new Random(1);
    int images = 5000;
    List<Truth> truth = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      for (int i = 0; i < 7; i++) {
        double w = 5 + random.nextInt(200);
        double h = 5 + random.nextInt(200);
        double x = random.nextInt(400);
        double y = random.nextInt(300);
        int category = 1 + random.nextInt(80);
        truth.add(new Truth(image, category, x, y, w, h, w * h, i == 0));
        for (int d = 0; d < 14; d++) {
          int of = random.nextInt(3) == 0 ? category : 1 + random.nextInt(80);
          double off = random.nextGaussian() * 6;
          found.add(new Found(image, of, x + off, y - off, w, h, random.nextFloat()));
        }
      }
      found.add(new Found(image, 1, 0, 0, 5, 5, 0.1));
      found.add(new Found(image, 2, 0, 0, 5, 5, 0.1));
    }
    assertThat(found).hasSize(images * 100);
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    CocoResult result =
        CocoEvaluator.evaluate(
            IntStream.range(0, images).boxed().toList(),
            IntStream.rangeClosed(1, 80).boxed().toList(),
            truth,
            found);
    double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
    assertThat(result.ap()).isBetween(0.01, 0.9);
    assertThat(seconds).isLessThan(30);
    System.out.printf("CocoEvaluator: 500,000 detections in %.1f s of CPU%n", seconds);
  }
}
