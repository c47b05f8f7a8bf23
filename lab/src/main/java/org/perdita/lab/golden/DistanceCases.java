package org.perdita.lab.golden;

import org.perdita.Tensor;
import org.perdita.segmentation.DistanceTransform;
import org.perdita.segmentation.SignedDistanceMap;
import org.perdita.segmentation.Spacing;

/** Cases about distance transforms. */
final class DistanceCases {
  private DistanceCases() {}

  /** Input {@code mask}: the distance of each nonzero element to the nearest zero one. */
  static Computed transform(GoldenCase golden) {
    GoldenArray mask = golden.input("mask");
    Tensor distances =
        new DistanceTransform(spacing(golden, "sampling")).of(mask.labels(mask.shape()));
    return Computed.inFloat().with("value", GoldenArray.of(distances, mask.shape()));
  }

  /** Input {@code labels} [d…]; the signed maps of the classes in {@code classes_stored}. */
  static Computed signed(GoldenCase golden) {
    GoldenArray labels = golden.input("labels");
    int[] shape = labels.shape();
    int classes = (int) golden.param("num_classes");
    int[] stored = golden.indices("classes_stored");
    int[] batched = new int[shape.length + 1];
    batched[0] = 1;
    System.arraycopy(shape, 0, batched, 1, shape.length);
    boolean whole = golden.source().contains("int32") || golden.words("dtype").contains("int");
    SignedDistanceMap map =
        SignedDistanceMap.published()
            .withSpacing(spacing(golden, "resolution"))
            .withRounding(
                whole
                    ? SignedDistanceMap.Rounding.CUT_TO_INTEGER
                    : SignedDistanceMap.Rounding.EXACT);
    Tensor maps = map.of(labels.labels(batched), classes);
    int area = labels.data().length;
    double[] kept = new double[stored.length * area];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = maps.get(stored[i / area] * area + i % area);
    }
    int[] out = batched.clone();
    out[0] = stored.length;
    return Computed.inFloat().with("value", new GoldenArray(out, kept));
  }

  static Spacing spacing(GoldenCase golden, String key) {
    double[] spacing = golden.list(key);
    return spacing.length == 0 ? Spacing.unit() : Spacing.of(spacing);
  }
}
