package org.perdita.lab.gan;

import java.awt.image.BufferedImage;
import org.bytedeco.pytorch.Tensor;
import org.perdita.adversarial.GanLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/**
 * What a critic says of each place in the plane, from orange (fake) over white to blue (real), with
 * the generator's points in black. A logistic critic's score is shown as the probability that it
 * stands for; any other's as a number between its lowest and its highest.
 */
final class CriticSurface {
  private static final int SIDE = 180;
  private static final double EXTENT = 1.5;
  private static final int REAL = 0x0072b2;
  private static final int FAKE = 0xd55e00;

  private CriticSurface() {}

  /**
   * The picture.
   *
   * @param points the generator's, x and y one after the other
   */
  static BufferedImage of(Net critic, GanObjective objective, float[] points) {
    float[] scores = scores(critic);
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      lowest = Math.min(lowest, score);
      highest = Math.max(highest, score);
    }
    boolean logistic = isLogistic(objective);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < scores.length; i++) {
      double real =
          logistic ? 1 / (1 + Math.exp(-scores[i])) : (scores[i] - lowest) / (highest - lowest);
      image.setRGB(i % SIDE, i / SIDE, blend(real));
    }
    for (int i = 0; i + 1 < points.length; i += 2) {
      int x = pixel(points[i]);
      int y = pixel(-points[i + 1]);
      if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) {
        image.setRGB(x, y, 0);
      }
    }
    return image;
  }

  private static boolean isLogistic(GanObjective objective) {
    return objective.game() instanceof Game.Scores scores
        && (scores.loss() instanceof GanLoss.Minimax
            || scores.loss() instanceof GanLoss.NonSaturating);
  }

  private static float[] scores(Net critic) {
    float[] plane = new float[2 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      plane[2 * i] = coordinate(i % SIDE);
      plane[2 * i + 1] = -coordinate(i / SIDE);
    }
    return Engine.scoped(
        () -> {
          Tensor at = EngineTensors.of(plane, SIDE * SIDE, 2);
          return EngineTensors.view(critic.predict(at)).toArray();
        });
  }

  private static float coordinate(int pixel) {
    return (float) (EXTENT * (2 * (pixel + 0.5) / SIDE - 1));
  }

  private static int pixel(float coordinate) {
    return (int) Math.floor((coordinate / EXTENT + 1) / 2 * SIDE);
  }

  /** White at a half, a colour at either end. */
  private static int blend(double real) {
    int colour = real > 0.5 ? REAL : FAKE;
    double strength = Math.min(1, Math.abs(2 * real - 1));
    int blended = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int full = colour >> shift & 0xff;
      blended |= (int) Math.round(255 + strength * (full - 255)) << shift;
    }
    return blended;
  }
}
