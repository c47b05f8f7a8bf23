package org.perdita.lab.data;

import java.util.List;

/** A pattern over the plane: how much of the second colour there is at a point, from 0 to 1. */
@FunctionalInterface
interface TexturePattern {

  float at(float x, float y);

  /** What people call the patterns of {@link #drawn}. */
  List<String> NAMES =
      List.of(
          "horizontal stripes",
          "vertical stripes",
          "diagonal stripes",
          "checks",
          "plaid",
          "dots",
          "rings",
          "cells",
          "blobs",
          "grain");

  /**
   * A pattern of a kind, with period, angle, phase and sharpness of its own. Every kind is as
   * likely as its mirror image.
   *
   * @param kind an index into {@link #NAMES}
   * @param side the pixels of a side of the image; patterns with a centre have it near there
   */
  static TexturePattern drawn(int kind, int side, Draw draw) {
    return switch (kind) {
      case 0 -> stripes(tilt(0, draw), draw);
      case 1 -> stripes(tilt(90, draw), draw);
      case 2 -> stripes(tilt(draw.chance(0.5) ? 45 : 135, draw), draw);
      case 3 -> checks(draw);
      case 4 -> plaid(draw);
      case 5 -> dots(draw);
      case 6 -> rings(side, draw);
      case 7 -> cells(side, draw);
      case 8 -> noise(draw.uniform(4, 9), draw);
      case 9 -> noise(draw.uniform(1, 2.2), draw);
      default -> throw new IllegalArgumentException("TexturePattern: no kind " + kind);
    };
  }

  private static double tilt(double degrees, Draw draw) {
    return StrictMath.toRadians(degrees + draw.uniform(-18, 18));
  }

  private static double anyAngle(Draw draw) {
    return draw.uniform(0, 2 * Math.PI);
  }

  /** 0 at whole numbers, 1 half-way, straight in between. */
  private static float triangle(float t) {
    float part = t - (float) Math.floor(t);
    return 1 - Math.abs(2 * part - 1);
  }

  /** From 0 to 1 around one half, the steeper the sharper. */
  private static float edge(float v, float sharpness) {
    return Math.min(1, Math.max(0, (v - 0.5f) * sharpness + 0.5f));
  }

  /** Waves whose crests lie across {@code angle}. */
  private static TexturePattern wave(double angle, double period, Draw draw) {
    float fx = (float) (StrictMath.sin(angle) / period);
    float fy = (float) (StrictMath.cos(angle) / period);
    float phase = (float) draw.uniform();
    return (x, y) -> triangle(fx * x + fy * y + phase);
  }

  private static TexturePattern sharpened(TexturePattern pattern, Draw draw) {
    float sharpness = (float) draw.uniform(1, 5);
    return (x, y) -> edge(pattern.at(x, y), sharpness);
  }

  private static TexturePattern stripes(double angle, Draw draw) {
    return sharpened(wave(angle, draw.uniform(3.5, 10), draw), draw);
  }

  private static TexturePattern checks(Draw draw) {
    double angle = anyAngle(draw);
    double period = draw.uniform(7, 14);
    float sharpness = (float) draw.uniform(3, 7);
    TexturePattern a = wave(angle, period, draw);
    TexturePattern b = wave(angle + Math.PI / 2, period, draw);
    // Sharpened before the product: a product of soft waves is a sum of waves, which is a plaid.
    return (x, y) ->
        0.5f + 2 * (edge(a.at(x, y), sharpness) - 0.5f) * (edge(b.at(x, y), sharpness) - 0.5f);
  }

  /** Two systems of narrow bands, each with its own period, laid over each other. */
  private static TexturePattern plaid(Draw draw) {
    double angle = anyAngle(draw);
    TexturePattern a = bands(angle, draw);
    TexturePattern b = bands(angle + Math.PI / 2, draw);
    return (x, y) -> 0.5f * (a.at(x, y) + b.at(x, y));
  }

  private static TexturePattern bands(double angle, Draw draw) {
    TexturePattern wave = wave(angle, draw.uniform(6, 12), draw);
    float narrow = (float) draw.uniform(0.05, 0.25);
    float sharpness = (float) draw.uniform(2.5, 5);
    return (x, y) -> edge(wave.at(x, y) - narrow, sharpness);
  }

  private static TexturePattern dots(Draw draw) {
    double angle = anyAngle(draw);
    double period = draw.uniform(6, 11);
    double lean = draw.chance(0.5) ? Math.PI / 2 : Math.PI / 3;
    TexturePattern a = wave(angle, period, draw);
    TexturePattern b = wave(angle + lean, period, draw);
    float size = (float) draw.uniform(0.3, 0.45);
    float sharpness = (float) draw.uniform(2.5, 5);
    return (x, y) -> {
      float u = 1 - a.at(x, y);
      float v = 1 - b.at(x, y);
      return edge(0.5f + size - (float) Math.sqrt(u * u + v * v) / 1.4f, sharpness);
    };
  }

  private static TexturePattern rings(int side, Draw draw) {
    float cx = (float) draw.uniform(0.1 * side, 0.9 * side);
    float cy = (float) draw.uniform(0.1 * side, 0.9 * side);
    float stretch = (float) draw.uniform(0.75, 1.33);
    float frequency = (float) (1 / draw.uniform(3.5, 10));
    float phase = (float) draw.uniform();
    return sharpened(
        (x, y) -> {
          float dx = (x - cx) * stretch;
          float dy = (y - cy) / stretch;
          return triangle(frequency * (float) Math.sqrt(dx * dx + dy * dy) + phase);
        },
        draw);
  }

  /** Each point has the shade of the nearest of some scattered centres. */
  private static TexturePattern cells(int side, Draw draw) {
    int n = 8 + draw.below(20);
    float[] cx = new float[n];
    float[] cy = new float[n];
    float[] shade = new float[n];
    for (int i = 0; i < n; i++) {
      cx[i] = (float) draw.uniform(-0.1 * side, 1.1 * side);
      cy[i] = (float) draw.uniform(-0.1 * side, 1.1 * side);
      shade[i] = (float) draw.uniform();
    }
    return (x, y) -> {
      int nearest = 0;
      float least = Float.MAX_VALUE;
      for (int i = 0; i < n; i++) {
        float d = (x - cx[i]) * (x - cx[i]) + (y - cy[i]) * (y - cy[i]);
        if (d < least) {
          least = d;
          nearest = i;
        }
      }
      return shade[nearest];
    };
  }

  /** Random values on a turned square lattice, smoothly joined. */
  private static TexturePattern noise(double period, Draw draw) {
    int lattice = 64;
    float[] values = new float[lattice * lattice];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw.uniform();
    }
    double angle = anyAngle(draw);
    float cos = (float) (StrictMath.cos(angle) / period);
    float sin = (float) (StrictMath.sin(angle) / period);
    return sharpened(
        (x, y) -> {
          float u = cos * x + sin * y + lattice;
          float v = cos * y - sin * x + lattice;
          int i = (int) u;
          int j = (int) v;
          float s = smooth(u - i);
          float t = smooth(v - j);
          float top = mix(values[at(i, j, lattice)], values[at(i + 1, j, lattice)], s);
          float low = mix(values[at(i, j + 1, lattice)], values[at(i + 1, j + 1, lattice)], s);
          return mix(top, low, t);
        },
        draw);
  }

  private static int at(int i, int j, int lattice) {
    return (j & (lattice - 1)) * lattice + (i & (lattice - 1));
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mix(float a, float b, float t) {
    return a + t * (b - a);
  }
}
