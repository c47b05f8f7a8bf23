package org.perdita.lab.data;

import java.util.Random;

/** Rows of numbers, each with a yes or a no. Missing numbers are NaN. Immutable. */
public final class Table {
  private final String name;
  private final int columns;
  private final float[] cells;
  private final float[] labels;

  /** A table over arrays that nobody else writes to. */
  Table(String name, int columns, float[] cells, float[] labels) {
    if (cells.length != Math.multiplyExact(labels.length, columns)) {
      throw new IllegalArgumentException(
          (name + ": " + labels.length + " rows of " + columns)
              + (" must have as many cells, have " + cells.length));
    }
    this.name = name;
    this.columns = columns;
    this.cells = cells;
    this.labels = labels;
  }

  public int rows() {
    return labels.length;
  }

  public int columns() {
    return columns;
  }

  /** The cells, row by row; a copy. */
  public float[] cells() {
    return cells.clone();
  }

  /** 1 for a positive, 0 for a negative; a copy. */
  public float[] labels() {
    return labels.clone();
  }

  /** How many rows are positive. */
  public int positives() {
    int positives = 0;
    for (float label : labels) {
      positives += label > 0 ? 1 : 0;
    }
    return positives;
  }

  /** The rows from {@code from} to before {@code to}. */
  public Table rows(int from, int to) {
    float[] someCells = new float[(to - from) * columns];
    float[] someLabels = new float[to - from];
    System.arraycopy(cells, from * columns, someCells, 0, someCells.length);
    System.arraycopy(labels, from, someLabels, 0, someLabels.length);
    return new Table(name, columns, someCells, someLabels);
  }

  /** The rows in an order that {@code seed} draws. */
  public Table shuffled(long seed) {
    Random random = new Random(seed);
    float[] someCells = cells.clone();
    float[] someLabels = labels.clone();
    float[] row = new float[columns];
    for (int i = rows() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      System.arraycopy(someCells, i * columns, row, 0, columns);
      System.arraycopy(someCells, j * columns, someCells, i * columns, columns);
      System.arraycopy(row, 0, someCells, j * columns, columns);
      float label = someLabels[i];
      someLabels[i] = someLabels[j];
      someLabels[j] = label;
    }
    return new Table(name, columns, someCells, someLabels);
  }

  /**
   * The same with wrong labels: each positive is recorded as a negative with probability {@code
   * missed}, and negatives as positives so often that as many are expected to come as to go.
   */
  public Table mislabelled(double missed, long seed) {
    Random random = new Random(seed);
    double share = (double) positives() / rows();
    double invented = share == 1 ? 0 : missed * share / (1 - share);
    float[] recorded = labels.clone();
    for (int i = 0; i < recorded.length; i++) {
      if (random.nextDouble() < (recorded[i] > 0 ? missed : invented)) {
        recorded[i] = 1 - recorded[i];
      }
    }
    return new Table(name, columns, cells, recorded);
  }

  @Override
  public String toString() {
    return name + ", " + rows() + " rows of " + columns;
  }
}
