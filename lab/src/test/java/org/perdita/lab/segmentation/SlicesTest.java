package org.perdita.lab.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.lab.data.Brains;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scan;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

class SlicesTest {
  private static final List<Scan> SCANS = Brains.draw(5, 3, 6, 32);

  @Test
  void showsALesionInAsManyViewsOfEachBatchAsAsked() {
    for (Slices.Drawn batch : new Slices(SCANS, 1, 12).epoch(20, 4, 3, Draw.of(1, 0))) {
      Labels labels = batch.labels();
      for (int view = 0; view < 3; view++) {
        int from = view * 12 * 12;
        assertThat(IntStream.range(from, from + 12 * 12).map(labels::get).sum()).isPositive();
      }
    }
  }

  @Test
  void cutsImageLabelsAndDistancesAtOnePlace() {
    for (Slices.Drawn batch : new Slices(SCANS, 0, 12).epoch(5, 2, 1, Draw.of(2, 0))) {
      Labels labels = batch.labels();
      Tensor maps = batch.maps();
      float[] seen = Engine.scoped(() -> EngineTensors.view(batch.images()).toArray());
      for (int i = 0; i < 12 * 12; i++) {
        assertThat(maps.get(12 * 12 + i) <= 0).isEqualTo(labels.get(i) == 1);
      }
      assertThat(found(seen, labels)).isTrue();
    }
  }

  /** Whether some scan shows the first view's pixels somewhere, mirrored or not, labelled so. */
  private static boolean found(float[] seen, Labels labels) {
    for (Scan scan : SCANS) {
      for (int at = 0; at < scan.depth() * 21 * 21 * 2; at++) {
        int z = at / 2 / 21 / 21;
        int top = at / 2 / 21 % 21;
        int left = at / 2 % 21;
        boolean mirrored = at % 2 == 1;
        boolean same =
            IntStream.range(0, 12 * 12)
                .allMatch(
                    i -> {
                      int column = left + (mirrored ? 11 - i % 12 : i % 12);
                      int voxel = (z * 32 + top + i / 12) * 32 + column;
                      return seen[i] == scan.at(z, top + i / 12, column)
                          && labels.get(i) == scan.mask()[voxel];
                    });
        if (same) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void seesEverySliceWhenAnEpochIsLongEnough() {
    Slices whole = new Slices(SCANS, 0, 64);
    int voxels = 0;
    for (Slices.Drawn batch : whole.epoch(9, 2, 0, Draw.of(3, 0))) {
      Labels labels = batch.labels();
      voxels += IntStream.range(0, labels.size()).map(labels::get).sum();
    }
    assertThat(voxels).isEqualTo(SCANS.stream().mapToInt(s -> IntStream.of(s.mask()).sum()).sum());
  }
}
