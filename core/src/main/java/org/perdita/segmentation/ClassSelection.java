package org.perdita.segmentation;

import java.util.List;
import java.util.stream.IntStream;
import org.perdita.internal.Check;

/**
 * Which classes a loss looks at. The choice comes after the activation: under softmax the others'
 * logits still take part in the probabilities, so a network can learn to tell them apart.
 *
 * @param indices class indices, ascending; empty means all
 */
public record ClassSelection(List<Integer> indices) {

  public ClassSelection {
    indices = indices.stream().sorted().distinct().toList();
    for (int k : indices) {
      Check.that(k >= 0, "ClassSelection", "class", k, "0 or more");
    }
  }

  /** Every class. */
  public static ClassSelection all() {
    return new ClassSelection(List.of());
  }

  /** These classes, at least one. */
  public static ClassSelection of(int... classes) {
    Check.that(classes.length > 0, "ClassSelection", "number of classes", 0, "at least 1");
    return new ClassSelection(IntStream.of(classes).boxed().toList());
  }

  /** Every class of {@code classes} but class 0. */
  public static ClassSelection withoutBackground(int classes) {
    Check.that(classes >= 2, "ClassSelection", "number of classes", classes, "at least 2");
    return of(IntStream.range(1, classes).toArray());
  }

  int[] toArray() {
    return indices.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return indices.isEmpty() ? "all" : indices.toString();
  }
}
