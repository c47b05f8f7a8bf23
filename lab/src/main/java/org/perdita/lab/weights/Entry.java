package org.perdita.lab.weights;

import java.util.List;

/**
 * A tensor in a file.
 *
 * @param name its name
 * @param type how its elements are written
 * @param shape the lengths of its axes; none for a single number
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record Entry(String name, ElementType type, List<Integer> shape, long begin, long end) {

  Entry {
    shape = List.copyOf(shape);
  }

  /** How many elements there are. */
  int size() {
    return Math.toIntExact((end - begin) / type.bytes());
  }

  /** The shape as an array. */
  int[] lengths() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }
}
