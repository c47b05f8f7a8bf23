package org.perdita.internal;

/** A loss that is about one plane {@code [h, w]} at a time: an image of probabilities. */
public interface PlaneFormula {

  /** The least height and width a plane may have. */
  int leastSide();

  /** Whether a pixel of weight 0 is hidden from the formula: shown as 0, target and all. */
  boolean hidesIgnored();

  /**
   * The value of the plane; {@code plane.slope} too if it is wanted. Where no pixel counts, clears
   * {@code plane.counted}.
   */
  double evaluate(Plane plane, boolean slope);

  /** One plane. */
  final class Plane {
    public final int height;
    public final int width;

    /** Probabilities. */
    public final float[] p;

    /** Targets: one or more planes, one after the other. */
    public final float[] target;

    /** Weights of the pixels; all 1 when there are none. */
    public final float[] weight;

    /** Out: d value / d p. */
    public final float[] slope;

    /** Out: whether the plane counts at all. */
    public boolean counted;

    Plane(int height, int width, int targets) {
      this.height = height;
      this.width = width;
      this.p = new float[height * width];
      this.target = new float[targets * height * width];
      this.weight = new float[height * width];
      this.slope = new float[height * width];
    }
  }
}
