package org.perdita.perceptual;

import java.util.Collections;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.perceptual.PixelFormat.Channels;
import org.perdita.perceptual.PixelFormat.Range;

/**
 * Pictures that know what their numbers mean, so that nobody feeds [0, 1] where [−1, 1] is wanted
 * or red where blue is.
 *
 * <p>Refuses: another number of channels than the format's, numbers that are not finite or lie
 * farther outside the format's range than half its length. Slightly outside is allowed: networks
 * overshoot.
 *
 * {@snippet :
 * var image = new Image(Tensor.of(pixels, 1, 3, h, w), PixelFormat.rgb());
 * Tensor input = NetworkInput.imageNet().prepare(image);
 * }
 *
 * @param pixels {@code [n, c, h, w]}; viewed, not copied
 * @param format what the numbers mean
 */
public record Image(Tensor pixels, PixelFormat format) {

  public Image {
    int c = format.channels().count();
    Check.that(
        pixels.rank() == 4 && pixels.length(1) == c,
        "Image",
        "pixels",
        pixels,
        "of shape [n, " + c + ", h, w] for " + format.channels());
    Range range = format.range();
    double low = range.low() - range.length() / 2;
    double high = range.high() + range.length() / 2;
    for (int i = 0; i < pixels.size(); i++) {
      float x = pixels.get(i);
      if (!(x >= low && x <= high)) {
        String allowed = "in or near [" + range.low() + ", " + range.high() + "], which " + range;
        throw Check.entry("Image", "pixels", i, pixels.shape(), x, allowed + " says");
      }
    }
  }

  /**
   * The same pictures in another format. Grey becomes three equal channels.
   *
   * @throws IllegalArgumentException if colours would have to become grey; {@link #luma} does that
   */
  public Image to(PixelFormat wanted) {
    return wanted.equals(format) ? this : new Image(map(format, wanted).apply(pixels), wanted);
  }

  /**
   * The luma of ITU-R BT.601, Y = 16 + 65.481 R + 128.553 G + 24.966 B for colours in [0, 1]: the
   * channel on which super-resolution is measured. It lies in [16, 235] and is grey of the range 0
   * to 255.
   */
  public Image luma() {
    return new Image(yCbCr(0, 1), new PixelFormat(Range.BYTE, Channels.GREY));
  }

  /**
   * Y, Cb and Cr of ITU-R BT.601 in [16, 235], [16, 240] and [16, 240], as MATLAB and scikit-image
   * have them.
   *
   * @return {@code [n, 3, h, w]}
   */
  public Tensor yCbCr() {
    return yCbCr(0, 3);
  }

  private static final double[][] BT_601 = {
    {65.481, 128.553, 24.966, 16}, {-37.797, -74.203, 112, 128}, {112, -93.786, -18.214, 128}
  };

  private Tensor yCbCr(int first, int count) {
    Tensor rgb = to(PixelFormat.rgb()).pixels;
    int n = rgb.length(0);
    int m = rgb.length(2) * rgb.length(3);
    Tensor out = Tensor.zeros(n, count, rgb.length(2), rgb.length(3));
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < count; k++) {
        double[] row = BT_601[first + k];
        for (int j = 0; j < m; j++) {
          int at = i * 3 * m + j;
          double y = row[0] * rgb.get(at) + row[1] * rgb.get(at + m) + row[2] * rgb.get(at + 2 * m);
          out.buffer().put((i * count + k) * m + j, (float) (y + row[3]));
        }
      }
    }
    return out;
  }

  /** How pixels of one format become those of another. */
  static ChannelMap map(PixelFormat from, PixelFormat to) {
    Channels a = from.channels();
    Channels b = to.channels();
    Check.that(
        a == b || b != Channels.GREY,
        "Image",
        "format",
        a,
        b + "; colours do not become grey by themselves, see luma()");
    List<Integer> source =
        a == Channels.GREY
            ? Collections.nCopies(b.count(), 0)
            : a == b ? List.of(0, 1, 2) : List.of(2, 1, 0);
    double scale = to.range().length() / from.range().length();
    double offset = to.range().low() - scale * from.range().low();
    return new ChannelMap(
        source,
        Collections.nCopies(source.size(), scale),
        Collections.nCopies(source.size(), offset));
  }
}
