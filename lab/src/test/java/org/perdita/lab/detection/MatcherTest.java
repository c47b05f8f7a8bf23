package org.perdita.lab.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.perdita.Tensor;
import org.perdita.detection.Boxes;

class MatcherTest {
  private final Anchors anchors = Anchors.over(64, 64, new int[] {4, 8, 16}, 2);

  @Test
  void nineAnchorsStandAtEachPositionOfEachLevel() {
    assertThat(anchors.count()).isEqualTo(9 * (16 * 16 + 8 * 8 + 4 * 4));
    float[] sizes = anchors.at(4, 1, 7).cornerAndSize().toArray();
    assertThat(sizes[2]).isEqualTo(8 * (float) Math.cbrt(2), within(1e-4f));
    assertThat(anchors.at(1).centerAndSize().toArray()).containsExactly(2, 2, 8, 8);
  }

  @Test
  void agreesWithTheDefinition() {
    Random random = new Random(1);
    for (Matcher matcher : new Matcher[] {Matcher.retinaNet(), new Matcher(0.6, 0.3, false)}) {
      for (int trial = 0; trial < 20; trial++) {
        int n = random.nextInt(5);
        float[] boxes = new float[4 * n];
        for (int i = 0; i < n; i++) {
          boxes[4 * i] = random.nextFloat() * 40;
          boxes[4 * i + 1] = random.nextFloat() * 40;
          boxes[4 * i + 2] = boxes[4 * i] + 3 + random.nextFloat() * 20;
          boxes[4 * i + 3] = boxes[4 * i + 1] + 3 + random.nextFloat() * 20;
        }
        check(matcher, boxes, n);
      }
    }
  }

  /** Where two overlaps are nearly alike, rounding may choose; there is nothing to check. */
  private void check(Matcher matcher, float[] boxes, int n) {
    int[] found = matcher.match(anchors, boxes, new boolean[n]);
    int[] all = IntStream.range(0, anchors.count()).toArray();
    Tensor iou = anchors.at(all).iou(Boxes.ofCorners(Tensor.of(boxes, n, 4)));
    double[] most = new double[n];
    for (int i = 0; i < iou.size(); i++) {
      most[i % n] = Math.max(most[i % n], iou.get(i));
    }
    for (int i = 0; i < found.length; i++) {
      double[] own = new double[n];
      int best = -1;
      boolean close = false;
      int claimed = -1;
      for (int k = 0; k < n; k++) {
        own[k] = iou.get(i * n + k);
        best = own[k] > (best < 0 ? 0 : own[best]) ? k : best;
        boolean weak = matcher.everyObject() && most[k] > 0 && most[k] < matcher.positive();
        claimed = weak && own[k] == most[k] ? k : claimed;
        close |= weak && own[k] < most[k] && own[k] > most[k] - 1e-5;
      }
      double overlap = best < 0 ? 0 : own[best];
      for (int k = 0; k < n; k++) {
        close |= k != best && own[k] > 0 && Math.abs(own[k] - overlap) < 1e-5;
      }
      int expected =
          overlap >= matcher.positive()
              ? best
              : overlap >= matcher.negative() ? Matcher.IGNORED : Matcher.NONE;
      if (!close && Math.abs(overlap - matcher.positive()) > 1e-5) {
        assertThat(found[i]).isEqualTo(claimed >= 0 ? claimed : expected);
      }
    }
  }

  @Test
  void anchorsInACrowdAreIgnored() {
    float[] boxes = {0, 0, 32, 64};
    int[] of = Matcher.retinaNet().match(anchors, boxes, true);
    for (int i = 0; i < of.length; i++) {
      float[] a = anchors.at(i).corners().toArray();
      boolean inside = a[2] <= 32 && a[0] >= 0 && a[1] >= 0 && a[3] <= 64;
      assertThat(of[i]).isNegative().matches(o -> !inside || o == Matcher.IGNORED);
    }
  }
}
