package org.perdita.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.Tensor;

class BoxesTest {

  private static Tensor rows(float... numbers) {
    return Tensor.of(numbers, numbers.length / 4, 4);
  }

  @Test
  void everyFormatIsTheSameBox() {
    float[] corners = {1, 2, 5, 10};
    assertThat(Boxes.ofCorners(rows(1, 2, 5, 10)).corners().toArray()).isEqualTo(corners);
    assertThat(Boxes.ofCornerAndSize(rows(1, 2, 4, 8)).corners().toArray()).isEqualTo(corners);
    assertThat(Boxes.ofCenterAndSize(rows(3, 6, 4, 8)).corners().toArray()).isEqualTo(corners);
    assertThat(Boxes.ofInclusiveCorners(rows(1, 2, 4, 9)).corners().toArray()).isEqualTo(corners);
    Boxes box = Boxes.ofCorners(rows(corners));
    assertThat(box.cornerAndSize().toArray()).containsExactly(1, 2, 4, 8);
    assertThat(box.centerAndSize().toArray()).containsExactly(3, 6, 4, 8);
    assertThat(box.inclusiveCorners().toArray()).containsExactly(1, 2, 4, 9);
    assertThat(box.areas().toArray()).containsExactly(32);
  }

  @Test
  void overlapIsSharedAreaOverAllArea() {
    Boxes a = Boxes.ofCorners(rows(0, 0, 2, 2, 0, 0, 1, 1));
    Boxes b = Boxes.ofCorners(rows(1, 1, 3, 3, 1, 0, 2, 1));
    assertThat(a.iou(b).shape()).containsExactly(2, 2);
    assertThat(a.iou(b).toArray()).containsExactly(1 / 7f, 0.25f, 0, 0);
    assertThat(a.alignedIou(b).toArray()).containsExactly(1 / 7f, 0);
    assertThat(a.alignedIou(a).toArray()).containsExactly(1, 1);
  }

  @Test
  void boxesWithoutAreaOverlapNothing() {
    Boxes flat = Boxes.ofCorners(rows(0, 0, 0, 4, 1, 1, 1, 1));
    Boxes square = Boxes.ofCorners(rows(0, 0, 4, 4));
    assertThat(flat.iou(square).toArray()).containsExactly(0, 0);
    assertThat(flat.alignedIou(flat).toArray()).containsExactly(0, 0);
  }

  @Test
  void hugeBoxesKeepTheirOverlap() {
    float m = Float.MAX_VALUE / 2;
    Boxes huge = Boxes.ofCorners(rows(-m, -m, m, m));
    assertThat(huge.alignedIou(huge).get(0)).isEqualTo(1);
  }

  @Test
  void whatIsNoBoxIsRefused() {
    assertThatThrownBy(() -> Boxes.ofCorners(rows(0, 0, 1, 1, 5, 0, 4, 1)))
        .hasMessage("Boxes: corners [1] must be x1 <= x2 and y1 <= y2, was [5.0, 0.0, 4.0, 1.0]");
    assertThatThrownBy(() -> Boxes.ofCornerAndSize(rows(0, 0, -1, 1)))
        .hasMessage(
            "Boxes: corner and size [0] must be sizes of 0 or more, was [0.0, 0.0, -1.0, 1.0]");
    assertThatThrownBy(() -> Boxes.ofCorners(rows(0, 0, Float.NaN, 1)))
        .hasMessage("Boxes: corners [0] must be finite, was [0.0, 0.0, NaN, 1.0]");
    assertThatThrownBy(() -> Boxes.ofCorners(Tensor.zeros(4)))
        .hasMessage("Boxes: corners must be of shape [n, 4], was Tensor[4]");
    Boxes one = Boxes.ofCorners(rows(0, 0, 1, 1));
    Boxes two = Boxes.ofCorners(rows(0, 0, 1, 1, 0, 0, 1, 1));
    assertThatThrownBy(() -> one.alignedIou(two))
        .hasMessage("Boxes: count for aligned IoU must be 1, was 2");
  }

  @Test
  void offsetsDecodeToTheBoxTheyWereMadeFrom() {
    Random random = new Random(1);
    float[] anchors = new float[400];
    float[] boxes = new float[400];
    for (int i = 0; i < 400; i++) {
      anchors[i] = random.nextFloat() * 20 + (i % 4 < 2 ? 0 : 30);
      boxes[i] = random.nextFloat() * 20 + (i % 4 < 2 ? 0 : 30);
    }
    Boxes from = Boxes.ofCenterAndSize(rows(anchors));
    Boxes to = Boxes.ofCenterAndSize(rows(boxes));
    for (BoxCoder coder :
        new BoxCoder[] {
          BoxCoder.retinaNet(),
          BoxCoder.of(java.util.List.of(0.1, 0.0, 0.0, -0.2), java.util.List.of(0.1, 0.1, 0.2, 0.2))
        }) {
      Boxes back = coder.decode(from, coder.encode(from, to));
      for (int i = 0; i < 400; i++) {
        assertThat(back.corners().get(i)).isCloseTo(to.corners().get(i), within(2e-5f));
      }
    }
  }

  @Test
  void noOffsetMakesABoxInfiniteOrInverted() {
    Boxes anchors = Boxes.ofCorners(rows(0, 0, 16, 16));
    float m = Float.MAX_VALUE;
    for (float far : new float[] {100, 1e30f, m}) {
      Boxes box = BoxCoder.retinaNet().decode(anchors, rows(far, -far, far, -far));
      assertThat(box.corners().get(2)).isFinite();
    }
    Boxes grown = BoxCoder.retinaNet().decode(anchors, rows(0, 0, 9, 0));
    assertThat(grown.cornerAndSize().get(2)).isCloseTo(1000, within(1e-3f));
    assertThatThrownBy(
            () -> BoxCoder.retinaNet().encode(anchors, Boxes.ofCorners(rows(1, 1, 1, 2))))
        .hasMessageEndingWith("the size of box 0 must be above 0, was 0.0");
    assertThatThrownBy(() -> new BoxCoder(java.util.List.of(0.0), java.util.List.of(), 1))
        .hasMessage("BoxCoder: means must be four finite numbers, was [0.0]");
  }
}
