package org.perdita.lab.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.detection.BoxCoder;
import org.perdita.detection.Boxes;
import org.perdita.lab.coco.Found;

/**
 * From scores and offsets to detections: the best scores of each level, decoded, without those that
 * a better one of the same class overlaps.
 *
 * @param threshold scores of this or less are nothing; 0.05 in the paper
 * @param perLevel how many scores of a level are looked at; 1000 in the paper
 * @param overlap IoU above which a detection repeats a better one; 0.5 in the paper
 * @param most how many detections an image has; 100 in the paper
 */
record Postprocessing(double threshold, int perLevel, double overlap, int most) {

  static Postprocessing retinaNet() {
    return new Postprocessing(0.05, 1000, 0.5, 100);
  }

  private record Candidate(int anchor, int kind, float logit) {}

  /**
   * What is found in one scene.
   *
   * @param out {@code [n, anchors, classes + 4]}
   * @param image which of the n
   */
  List<Found> find(Tensor out, int image, Anchors anchors, BoxCoder coder, Scene scene) {
    int width = out.length(2);
    int from = image * anchors.count() * width;
    List<Candidate> best = candidates(out, from, anchors, width - 4);
    int[] which = best.stream().mapToInt(Candidate::anchor).toArray();
    float[] offsets = new float[4 * which.length];
    for (int i = 0; i < which.length; i++) {
      out.buffer().get(from + which[i] * width + width - 4, offsets, 4 * i, 4);
    }
    Boxes boxes = coder.decode(anchors.at(which), Tensor.of(offsets, which.length, 4));
    float[] corners = boxes.corners().toArray();
    for (int i = 0; i < corners.length; i++) {
      corners[i] = Math.max(0, Math.min(corners[i], scene.side()));
    }
    List<Found> found = new ArrayList<>();
    boolean[] gone = new boolean[which.length];
    for (int i = 0; i < which.length && found.size() < most; i++) {
      if (gone[i]) {
        continue;
      }
      found.add(found(scene, best.get(i), corners, i));
      for (int j = i + 1; j < which.length; j++) {
        gone[j] |= best.get(j).kind() == best.get(i).kind() && iou(corners, i, j) > overlap;
      }
    }
    return found;
  }

  /** The best of each level, best first. */
  private List<Candidate> candidates(Tensor out, int from, Anchors anchors, int classes) {
    double least = Math.log(threshold / (1 - threshold));
    List<Candidate> all = new ArrayList<>();
    for (int level = 0; level + 1 < anchors.levels.length; level++) {
      List<Candidate> own = new ArrayList<>();
      for (int i = anchors.levels[level]; i < anchors.levels[level + 1]; i++) {
        for (int k = 0; k < classes; k++) {
          float logit = out.get(from + i * (classes + 4) + k);
          if (logit > least) {
            own.add(new Candidate(i, k, logit));
          }
        }
      }
      own.sort(Postprocessing::better);
      all.addAll(own.subList(0, Math.min(perLevel, own.size())));
    }
    all.sort(Postprocessing::better);
    return all;
  }

  private static int better(Candidate a, Candidate b) {
    return Float.compare(b.logit(), a.logit());
  }

  private static Found found(Scene scene, Candidate c, float[] corners, int i) {
    double[] box = new double[4];
    Arrays.setAll(box, k -> corners[4 * i + k] / scene.scale());
    double score = 1 / (1 + Math.exp(-c.logit()));
    return new Found(
        scene.id(), c.kind() + 1, box[0], box[1], box[2] - box[0], box[3] - box[1], score);
  }

  private static float iou(float[] a, int i, int j) {
    int p = 4 * i;
    int q = 4 * j;
    float w = Math.min(a[p + 2], a[q + 2]) - Math.max(a[p], a[q]);
    float h = Math.min(a[p + 3], a[q + 3]) - Math.max(a[p + 1], a[q + 1]);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    float own = (a[p + 2] - a[p]) * (a[p + 3] - a[p + 1]);
    float other = (a[q + 2] - a[q]) * (a[q + 3] - a[q + 1]);
    return w * h / (own + other - w * h);
  }
}
