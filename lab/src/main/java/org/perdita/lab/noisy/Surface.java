package org.perdita.lab.noisy;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import org.perdita.Loss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.lab.data.NoisyLabels;
import org.perdita.lab.data.Rings;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/**
 * What a network makes of the plane: orange where it says ring, blue where it says disc, pale where
 * it is in doubt, with the points it learned from. Points under a wrong label are ringed in black.
 */
final class Surface {
  private static final int SIDE = 180;
  private static final Color RING = new Color(0xd55e00);
  private static final Color DISC = new Color(0x0072b2);
  private static final double POINT = 3.2;

  private Surface() {}

  static BufferedImage of(Net net, Loss loss, Rings points, NoisyLabels noisy) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    paintProbabilities(image, net, loss);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setStroke(new BasicStroke(0.9f));
    float[] at = points.coordinates();
    int[] labels = noisy.labels();
    for (int i = 0; i < labels.length; i++) {
      double x = pixel(at[2 * i]);
      double y = pixel(-at[2 * i + 1]);
      Ellipse2D dot = new Ellipse2D.Double(x - POINT / 2, y - POINT / 2, POINT, POINT);
      pen.setColor(labels[i] == 1 ? RING : DISC);
      pen.fill(dot);
      if (noisy.changed(i)) {
        pen.setColor(Color.BLACK);
        pen.draw(dot);
      }
    }
    pen.dispose();
    return image;
  }

  private static double pixel(double coordinate) {
    return (coordinate / Rings.extent() + 1) / 2 * SIDE;
  }

  private static void paintProbabilities(BufferedImage image, Net net, Loss loss) {
    float[] grid = new float[2 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      grid[2 * i] = coordinate(i % SIDE);
      grid[2 * i + 1] = -coordinate(i / SIDE);
    }
    Engine.scoped(
        () -> {
          org.perdita.Tensor logits =
              EngineTensors.view(net.predict(EngineTensors.of(grid, SIDE * SIDE, 2)));
          org.perdita.Tensor ring = probabilities(loss, logits);
          for (int i = 0; i < SIDE * SIDE; i++) {
            image.setRGB(i % SIDE, i / SIDE, blend(ring.get(i)));
          }
        });
  }

  private static float coordinate(int pixel) {
    return (float) (Rings.extent() * (2 * (pixel + 0.5) / SIDE - 1));
  }

  /** The probability of the ring, by the loss's own link. */
  private static org.perdita.Tensor probabilities(Loss loss, org.perdita.Tensor logits) {
    BinaryBiTemperedLoss link =
        loss instanceof BinaryBiTemperedLoss tempered ? tempered : BinaryBiTemperedLoss.of(1, 1);
    return link.predict(logits);
  }

  /** White at 0.5, half the class's colour at certainty. */
  private static int blend(double p) {
    Color colour = p > 0.5 ? RING : DISC;
    double strength = Math.abs(2 * p - 1) * 0.5;
    return channel(colour.getRed(), strength) << 16
        | channel(colour.getGreen(), strength) << 8
        | channel(colour.getBlue(), strength);
  }

  private static int channel(int full, double strength) {
    return (int) Math.round(255 + strength * (full - 255));
  }
}
