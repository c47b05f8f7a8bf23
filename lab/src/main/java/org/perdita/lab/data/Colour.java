package org.perdita.lab.data;

/** Red, green and blue, from 0 to 1. */
record Colour(double r, double g, double b) {

  /** Of a hue in turns, a saturation and a brightness. */
  static Colour hsv(double hue, double saturation, double value) {
    return new Colour(
        channel(5 + 6 * hue, saturation, value),
        channel(3 + 6 * hue, saturation, value),
        channel(1 + 6 * hue, saturation, value));
  }

  private static double channel(double n, double saturation, double value) {
    double k = n - 6 * Math.floor(n / 6);
    return value - value * saturation * Math.max(0, Math.min(Math.min(k, 4 - k), 1));
  }

  /** This where {@code t} is 0, {@code other} where it is 1. */
  Colour mix(Colour other, double t) {
    double share = Math.max(0, Math.min(1, t));
    return new Colour(
        r + share * (other.r - r), g + share * (other.g - g), b + share * (other.b - b));
  }

  /** Each channel times {@code factor}. */
  Colour times(double factor) {
    return new Colour(r * factor, g * factor, b * factor);
  }
}
