package org.perdita.perceptual;

/**
 * What the numbers of an image mean.
 *
 * @param range which number is black and which is full
 * @param channels which channel is which
 */
public record PixelFormat(Range range, Channels channels) {

  /** Which number is black and which is full. */
  public enum Range {
    /** 0 to 1. */
    UNIT(0, 1),
    /** 0 to 255. */
    BYTE(0, 255),
    /** −1 to 1. */
    SIGNED(-1, 1);

    private final double low;
    private final double high;

    Range(double low, double high) {
      this.low = low;
      this.high = high;
    }

    /** Black. */
    public double low() {
      return low;
    }

    /** Full. */
    public double high() {
      return high;
    }

    /** The range's length, which metrics such as PSNR are relative to. */
    public double length() {
      return high - low;
    }
  }

  /** Which channel is which. */
  public enum Channels {
    RGB(3),
    BGR(3),
    GREY(1);

    private final int count;

    Channels(int count) {
      this.count = count;
    }

    /** How many there are. */
    public int count() {
      return count;
    }
  }

  /** Red, green, blue in [0, 1]. */
  public static PixelFormat rgb() {
    return new PixelFormat(Range.UNIT, Channels.RGB);
  }

  /** The same channels in another range. */
  public PixelFormat in(Range range) {
    return new PixelFormat(range, channels);
  }
}
