package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.perdita.Batch;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.perceptual.PixelFormat.Channels;
import org.perdita.perceptual.PixelFormat.Range;
import org.perdita.perceptual.Ssim.Window;

class SsimTest {

  private static Tensor picture(long seed, int... shape) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.buffer().put(i, random.nextFloat());
    }
    return tensor;
  }

  /** Equation 13 at each window of equal weights that lies inside, written out. */
  private static double formula(Tensor x, Tensor y, int size, double range) {
    int h = x.length(2);
    int w = x.length(3);
    double c1 = Math.pow(0.01 * range, 2);
    double c2 = Math.pow(0.03 * range, 2);
    double sum = 0;
    int windows = 0;
    for (int i = 0; i + size <= h; i++) {
      for (int j = 0; j + size <= w; j++) {
        double mx = 0;
        double my = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int k = 0; k < size * size; k++) {
          double a = x.get((i + k / size) * w + j + k % size);
          double b = y.get((i + k / size) * w + j + k % size);
          mx += a / (size * size);
          my += b / (size * size);
          xx += a * a / (size * size);
          yy += b * b / (size * size);
          xy += a * b / (size * size);
        }
        sum +=
            (2 * mx * my + c1)
                * (2 * (xy - mx * my) + c2)
                / ((mx * mx + my * my + c1) * (xx - mx * mx + yy - my * my + c2));
        windows++;
      }
    }
    return sum / windows;
  }

  @Test
  void isThePapersFormula() {
    Tensor x = picture(1, 1, 1, 12, 10);
    Tensor y = picture(2, 1, 1, 12, 10);
    assertThat(Ssim.wang(1).with(Window.uniform(5)).of(x, y)[0])
        .isCloseTo(formula(x, y, 5, 1), within(1e-12));
  }

  @Test
  void equalPicturesAreAlikeAndTheRangeIsRelative() {
    Tensor x = picture(3, 2, 3, 16, 17);
    Tensor y = picture(4, 2, 3, 16, 17);
    assertThat(Ssim.wang(1).of(x, x)).containsExactly(new double[] {1, 1}, within(1e-12));
    float[] bytes = x.toArray();
    float[] others = y.toArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] *= 255;
      others[i] *= 255;
    }
    double[] wide = Ssim.wang(255).of(Tensor.of(bytes, x.shape()), Tensor.of(others, x.shape()));
    assertThat(wide).containsExactly(Ssim.wang(1).of(x, y), within(1e-6));
  }

  @Test
  void conventionsDiffer() {
    Tensor x = picture(5, 1, 1, 14, 15);
    Tensor y = picture(6, 1, 1, 14, 15);
    double valid = Ssim.wang(1).of(x, y)[0];
    assertThat(Ssim.torchmetrics(1).of(x, y)[0]).isNotCloseTo(valid, within(1e-3));
    assertThat(Ssim.scikitImage(1).of(x, y)[0]).isNotCloseTo(valid, within(1e-3));
  }

  @Test
  void lossIsOneLess() {
    Tensor x = picture(7, 1, 2, 11, 11);
    Tensor y = picture(8, 1, 2, 11, 11);
    assertThat(new SsimLoss(Ssim.wang(1)).value(Batch.of(x, y), Reduction.mean()))
        .isCloseTo(1 - Ssim.wang(1).of(x, y)[0], within(1e-15));
  }

  @Test
  void psnrIsTheDefinition() {
    Tensor x = Tensor.of(new float[] {0, 1}, 1, 1, 1, 2);
    Tensor y = Tensor.of(new float[] {0, 0.5f}, 1, 1, 1, 2);
    assertThat(new Psnr(1).of(x, y)).isCloseTo(10 * Math.log10(8), within(1e-12));
    assertThat(new Psnr(1).of(x, x)).isEqualTo(Double.POSITIVE_INFINITY);
    PixelFormat grey = new PixelFormat(Range.UNIT, Channels.GREY);
    assertThat(Psnr.of(new Image(x, grey), new Image(y, grey))).isEqualTo(new Psnr(1).of(x, y));
  }

  @Test
  void refusesSmallPicturesAndOtherRanges() {
    assertThatThrownBy(
            () -> Ssim.wang(1).of(Tensor.zeros(1, 1, 10, 20), Tensor.zeros(1, 1, 10, 20)))
        .hasMessageEndingWith(
            "prediction must be at least 11 × 11 large, was Tensor[1, 1, 10, 20]");
    Image unit = new Image(Tensor.zeros(1, 3, 11, 11), PixelFormat.rgb());
    assertThatThrownBy(() -> Ssim.wang(255).of(unit, unit))
        .hasMessageEndingWith("the pictures' range must be 255.0, was 1.0");
    Image bytes = unit.to(PixelFormat.rgb().in(Range.BYTE));
    assertThatThrownBy(() -> Psnr.of(unit, bytes))
        .hasMessage(
            "Psnr: format must be PixelFormat[range=UNIT, channels=RGB], was"
                + " PixelFormat[range=BYTE, channels=RGB]");
    assertThatThrownBy(() -> Window.uniform(4))
        .hasMessage("Ssim: window size must be odd and above 0, was 4");
  }
}
