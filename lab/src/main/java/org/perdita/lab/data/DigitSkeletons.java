package org.perdita.lab.data;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How people write the ten digits: a few ways each, as the path of the pen. A way is written as
 * strokes apart by {@code |}, a stroke as points x y in percent of the digit's box, y downwards.
 * The pen runs through the points in a smooth curve; a point given twice is a corner.
 */
final class DigitSkeletons {
  private static final String[][] WAYS = {
    { // 0: closed, open at the top, overshooting loop
      "52 2 28 10 14 34 14 66 28 92 50 98 72 90 86 66 86 34 72 10 52 2 44 3",
      "46 2 24 16 14 46 20 80 44 99 70 90 84 60 82 26 68 6 54 4",
      "68 8 44 2 22 18 14 50 22 84 46 99 72 88 86 56 80 22 60 4 40 10 34 20"
    },
    { // 1: bare, with a serif, with serif and foot, bent
      "50 0 50 50 50 100",
      "28 24 40 14 54 0 54 0 52 50 52 100",
      "30 22 42 12 52 0 52 0 52 50 52 98 | 26 99 52 98 78 99",
      "56 0 52 30 48 70 46 100"
    },
    { // 2: sharp foot, looped foot, flat and wide, swan
      "18 24 28 6 52 0 76 10 80 32 62 58 38 80 16 98 16 98 50 97 86 96",
      "20 22 34 4 60 2 78 20 72 46 50 72 28 94 14 94 16 80 32 78 52 92 72 98 92 88",
      "14 18 34 2 64 0 82 18 78 40 52 68 12 96 12 96 48 99 90 94",
      "24 30 22 12 44 0 70 8 76 30 62 58 40 82 20 96 34 90 56 98 84 92"
    },
    { // 3: round, with a pointed waist, flat top, curly
      "20 12 44 0 72 8 76 28 60 44 42 48 62 51 80 66 76 88 50 100 18 90",
      "18 10 48 0 74 12 72 32 38 47 38 47 72 56 82 76 64 96 36 100 16 88",
      "18 2 48 2 78 2 78 2 62 22 44 42 44 42 72 50 82 70 70 92 44 100 16 90",
      "22 18 36 2 62 2 76 18 68 38 46 46 46 46 74 54 80 78 60 98 34 98 18 84"
    },
    { // 4: open, closed, open and curved, in one go
      "26 4 22 30 20 56 20 56 52 55 88 52 | 70 10 68 55 66 100",
      "66 0 38 34 10 66 10 66 50 66 92 65 | 66 0 65 50 64 100",
      "22 4 18 30 28 54 52 56 76 44 | 80 2 76 40 70 100",
      "74 30 74 4 74 4 40 36 10 62 10 62 50 62 92 60 | 70 34 68 70 66 100"
    },
    { // 5: in one go, with the bar apart, curvy
      "80 2 54 2 28 3 28 3 25 24 22 46 22 46 50 36 76 46 84 70 66 94 38 99 14 88",
      "28 4 26 24 24 46 24 46 50 38 78 50 82 76 60 98 36 99 16 88 | 28 4 54 3 84 1",
      "78 4 48 4 30 14 28 36 48 46 72 58 76 80 54 98 30 98 16 86"
    },
    { // 6: curved, steep stem, curled top
      "68 0 42 18 22 50 18 80 40 99 70 92 82 70 66 54 40 58 22 76",
      "54 0 36 30 22 66 28 92 54 100 76 86 72 64 48 56 30 66 24 80",
      "80 10 62 0 38 14 20 50 20 82 44 100 74 90 82 66 60 52 34 58 20 74"
    },
    { // 7: plain, with a bar, with a serif, curved
      "14 4 48 4 84 2 84 2 60 42 42 100",
      "14 4 48 4 86 2 86 2 62 44 46 100 | 32 52 54 49 78 48",
      "16 20 17 11 18 2 18 2 50 4 84 3 84 3 64 38 50 100",
      "12 12 36 3 60 9 84 2 84 2 60 36 52 66 50 100"
    },
    { // 8: one curve, two circles, open at the top
      "72 16 50 0 28 12 30 32 52 46 76 62 78 84 52 99 24 88 22 64 46 48 70 34 73 16 60 4",
      "50 47 28 34 28 12 50 0 72 12 72 34 50 47 | 50 47 22 60 20 86 50 100 80 86 78 60 50 47",
      "80 10 56 1 32 8 28 28 50 44 74 60 78 84 52 99 26 90 24 70 48 48 70 30 84 16"
    },
    { // 9: straight tail, curved tail, tail bent back, drawn as a loop and a stick
      "76 20 56 1 30 8 20 30 36 51 62 44 76 20 76 20 75 60 70 100",
      "78 22 58 1 30 6 20 30 38 51 64 42 78 20 80 56 66 90 42 100 22 92",
      "74 12 48 0 24 16 26 42 50 50 70 34 76 12 68 54 54 100",
      "74 24 54 4 30 10 22 34 44 50 68 40 | 78 2 76 50 74 100"
    }
  };

  private static final Pattern STROKE_END = Pattern.compile(" \\| ");
  private static final Pattern SPACE = Pattern.compile(" ");

  private static final List<List<List<float[]>>> PARSED =
      Arrays.stream(WAYS)
          .map(ways -> Arrays.stream(ways).map(DigitSkeletons::strokes).toList())
          .toList();

  private DigitSkeletons() {}

  /** The ways to write {@code digit}: of each the strokes, of each x, y, x, y, … in [0, 1]. */
  static List<List<float[]>> of(int digit) {
    return PARSED.get(digit);
  }

  private static List<float[]> strokes(String way) {
    return STROKE_END.splitAsStream(way).map(DigitSkeletons::points).toList();
  }

  private static float[] points(String stroke) {
    int[] percent = SPACE.splitAsStream(stroke).mapToInt(Integer::parseInt).toArray();
    float[] points = new float[percent.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = percent[i] / 100f;
    }
    return points;
  }
}
