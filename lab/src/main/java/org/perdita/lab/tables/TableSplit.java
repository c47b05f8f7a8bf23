package org.perdita.lab.tables;

import org.perdita.lab.data.RareTables;
import org.perdita.lab.data.Table;

/**
 * One seed's rows. Training and validation labels may be wrong, test labels are as they were.
 *
 * @param train what trees are grown on
 * @param validation what the number of trees, the arm and the calibration are chosen on
 * @param test what is reported
 */
record TableSplit(Table train, Table validation, Table test) {

  /** Where a seed's rows come from. */
  @FunctionalInterface
  interface Source {
    /** The rows of {@code seed}, before labels go wrong. */
    TableSplit of(long seed);
  }

  /** Rows drawn for each seed. */
  static Source drawn(RareTables tables, int train, int validation, int test) {
    return seed ->
        new TableSplit(
            tables.draw(train, 3 * seed),
            tables.draw(validation, 3 * seed + 1),
            tables.draw(test, 3 * seed + 2));
  }

  /** Rows of a file, in a seed's order: three fifths, a fifth, a fifth. */
  static Source of(Table table) {
    return seed -> {
      Table shuffled = table.shuffled(seed);
      int fifth = table.rows() / 5;
      int train = table.rows() - 2 * fifth;
      return new TableSplit(
          shuffled.rows(0, train),
          shuffled.rows(train, train + fifth),
          shuffled.rows(train + fifth, table.rows()));
    };
  }

  /** The same with a share of the positives missed where labels may be wrong. */
  TableSplit mislabelled(double missed, long seed) {
    return missed == 0
        ? this
        : new TableSplit(
            train.mislabelled(missed, 5 * seed),
            validation.mislabelled(missed, 5 * seed + 1),
            test);
  }
}
