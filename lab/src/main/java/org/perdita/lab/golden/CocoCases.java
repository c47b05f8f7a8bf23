package org.perdita.lab.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.perdita.lab.coco.CocoEvaluator;
import org.perdita.lab.coco.CocoResult;
import org.perdita.lab.coco.Found;
import org.perdita.lab.coco.Truth;

/**
 * Cases about COCO's evaluation of boxes. Inputs {@code ground_truth} and {@code detections} are
 * lists of COCO's own objects.
 */
final class CocoCases {
  private static final List<Double> THRESHOLDS =
      List.of(0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95);

  private CocoCases() {}

  static Computed boxes(GoldenCase golden) {
    List<Double> thresholds = golden.params("iou_thresholds", THRESHOLDS.size());
    for (int i = 0; i < thresholds.size(); i++) {
      if (Math.abs(thresholds.get(i) - THRESHOLDS.get(i)) > 1e-9) {
        throw new UnsupportedOperationException("IoU thresholds other than COCO's");
      }
    }
    List<Integer> categories = ids(golden, "categories");
    CocoResult result =
        CocoEvaluator.evaluate(
            ids(golden, "images"),
            categories,
            each(golden, "ground_truth", CocoCases::truth),
            each(golden, "detections", CocoCases::found));
    double[] stats = result.stats().stream().mapToDouble(d -> d).toArray();
    double[] table =
        result.byThreshold().stream().flatMap(List::stream).mapToDouble(d -> d).toArray();
    int[] shape = {THRESHOLDS.size(), categories.size()};
    return Computed.inDouble()
        .with("value.stats", new GoldenArray(new int[] {stats.length}, stats))
        .with("value.ap_iou_by_category", new GoldenArray(shape, table));
  }

  private static List<Integer> ids(GoldenCase golden, String key) {
    JsonNode list = golden.node("params", key);
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : list) {
      ids.add(golden.whole(id, "params." + key));
    }
    return ids;
  }

  private static <T> List<T> each(
      GoldenCase golden, String key, BiFunction<GoldenCase, JsonNode, T> read) {
    List<T> all = new ArrayList<>();
    for (JsonNode object : golden.node("inputs", key)) {
      all.add(read.apply(golden, object));
    }
    return all;
  }

  private static Truth truth(GoldenCase golden, JsonNode object) {
    double[] box = box(golden, object);
    return new Truth(
        golden.whole(object.path("image_id"), "image_id"),
        golden.whole(object.path("category_id"), "category_id"),
        box[0],
        box[1],
        box[2],
        box[3],
        golden.number(object.path("area"), "area"),
        golden.whole(object.path("iscrowd"), "iscrowd") != 0);
  }

  private static Found found(GoldenCase golden, JsonNode object) {
    double[] box = box(golden, object);
    return new Found(
        golden.whole(object.path("image_id"), "image_id"),
        golden.whole(object.path("category_id"), "category_id"),
        box[0],
        box[1],
        box[2],
        box[3],
        golden.number(object.path("score"), "score"));
  }

  private static double[] box(GoldenCase golden, JsonNode object) {
    double[] box = new double[4];
    for (int k = 0; k < box.length; k++) {
      box[k] = golden.number(object.path("bbox").path(k), "bbox[" + k + "]");
    }
    return box;
  }
}
