package org.perdita.internal;

/**
 * One thread's scratch for losses over the positions of images and volumes: some positions at a
 * time, class-major, so that every pass runs with all arrays at the same index.
 */
final class PositionTile {
  /** The first class that is loaded, and the one after the last. */
  int from;

  int to;

  /** Predictions, by class. */
  float[][] x = new float[0][];

  /** Targets, by class. */
  float[][] y = x;

  /** Probabilities, by class. */
  float[][] p = x;

  /** d value / d probability, and then d value / d prediction, by class. */
  float[][] d = x;

  /**
   * Positions a tile: fewer than {@link Tile} has, as each class has arrays of its own. Four
   * classes with their sums then about fill a first-level cache of 32 KB.
   */
  static final int SIZE = 384;

  /** Weights of the positions. */
  final float[] w = new float[Tile.LENGTH];

  /** The loss of each position, for losses that have one. */
  final float[] v = new float[Tile.LENGTH];

  /** Class indices. */
  final int[] label = new int[Tile.LENGTH];

  /** Room for passes. */
  final float[][] t = new float[5][Tile.LENGTH];

  /** Lanes that stay 0 as long as every target and probability is what it may be. */
  final float[] bad = new float[Tile.LENGTH];

  final TileSum sum = new TileSum();

  /** What {@link Positions#callIn} read, kept so that the JIT believes that it matters. */
  float calledIn;

  private static final ThreadLocal<PositionTile> OWN = ThreadLocal.withInitial(PositionTile::new);

  /** Whether class {@code k} is loaded. */
  boolean has(int k) {
    return from <= k && k < to;
  }

  /** This thread's tile, with room for {@code classes}. */
  static PositionTile own(int classes) {
    PositionTile tile = OWN.get();
    if (tile.x.length < classes) {
      tile.x = new float[classes][Tile.LENGTH];
      tile.y = new float[classes][Tile.LENGTH];
      tile.p = new float[classes][Tile.LENGTH];
      tile.d = new float[classes][Tile.LENGTH];
    }
    return tile;
  }
}
