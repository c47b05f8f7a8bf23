package org.perdita.perceptual;

import java.util.Collections;
import java.util.List;
import org.perdita.Tensor;
import org.perdita.internal.Check;
import org.perdita.perceptual.PixelFormat.Channels;
import org.perdita.perceptual.PixelFormat.Range;

/**
 * What a feature network wants to be fed: pixels of a format, less a mean, over a deviation,
 * channel by channel. Feeding it anything else is the most repeated mistake with perceptual losses,
 * and shows in no error message: the features are merely worse.
 *
 * @param format what the network's first layer was trained on
 * @param mean subtracted from each channel
 * @param deviation what each channel is divided by then
 */
public record NetworkInput(PixelFormat format, List<Double> mean, List<Double> deviation) {

  public NetworkInput {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    int c = format.channels().count();
    Check.that(mean.size() == c, "NetworkInput", "mean", mean, "of " + c + " numbers");
    Check.that(
        deviation.size() == c && deviation.stream().allMatch(d -> d > 0),
        "NetworkInput",
        "deviation",
        deviation,
        "of " + c + " numbers above 0");
  }

  /** Red, green, blue in [0, 1], as they are. */
  public static NetworkInput rgb() {
    return plain(PixelFormat.rgb());
  }

  /** Torchvision's: red, green, blue in [0, 1], standardised by ImageNet's statistics. */
  public static NetworkInput imageNet() {
    return new NetworkInput(
        PixelFormat.rgb(), List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
  }

  /** The original VGG's: blue, green, red in [0, 255], less their means. */
  public static NetworkInput caffeVgg() {
    return new NetworkInput(
        new PixelFormat(Range.BYTE, Channels.BGR),
        List.of(103.939, 116.779, 123.68),
        List.of(1.0, 1.0, 1.0));
  }

  /** That of LPIPS: red, green, blue in [−1, 1], shifted and scaled. */
  public static NetworkInput lpips() {
    return new NetworkInput(
        PixelFormat.rgb().in(Range.SIGNED),
        List.of(-0.030, -0.088, -0.188),
        List.of(0.458, 0.448, 0.450));
  }

  /** Pixels of {@code format}, as they are. */
  public static NetworkInput plain(PixelFormat format) {
    int c = format.channels().count();
    return new NetworkInput(format, Collections.nCopies(c, 0.0), Collections.nCopies(c, 1.0));
  }

  /** What the network is to be fed for these pictures, in new memory. */
  public Tensor prepare(Image image) {
    return from(image.format()).apply(image.pixels());
  }

  /**
   * How pixels of {@code given} become the network's input, for engines that do it within their
   * graph.
   *
   * @throws IllegalArgumentException if the network wants grey and colours are given
   */
  public ChannelMap from(PixelFormat given) {
    List<Integer> same = List.of(0, 1, 2).subList(0, mean.size());
    List<Double> scale = deviation.stream().map(d -> 1 / d).toList();
    List<Double> offset = same.stream().map(k -> -mean.get(k) / deviation.get(k)).toList();
    return Image.map(given, format).then(new ChannelMap(same, scale, offset));
  }
}
