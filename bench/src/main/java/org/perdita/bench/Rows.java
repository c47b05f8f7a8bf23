package org.perdita.bench;

/** A batch's size, as in {@code 4096x1000}. */
record Rows(int count, int classes) {

  static Rows of(String size) {
    int x = size.indexOf('x');
    return new Rows(
        Integer.parseInt(size.substring(0, x)), Integer.parseInt(size.substring(x + 1)));
  }
}
