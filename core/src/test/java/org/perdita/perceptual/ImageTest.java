package org.perdita.perceptual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.perdita.Tensor;
import org.perdita.perceptual.PixelFormat.Channels;
import org.perdita.perceptual.PixelFormat.Range;

class ImageTest {
  private static final Image PIXEL =
      new Image(Tensor.of(new float[] {1, 0.5f, 0}, 1, 3, 1, 1), PixelFormat.rgb());

  @Test
  void convertsRangeAndOrder() {
    assertThat(PIXEL.to(new PixelFormat(Range.BYTE, Channels.BGR)).pixels().toArray())
        .containsExactly(0, 127.5f, 255);
    Image signed = PIXEL.to(PixelFormat.rgb().in(Range.SIGNED));
    assertThat(signed.pixels().toArray()).containsExactly(1, 0, -1);
    assertThat(signed.to(PixelFormat.rgb()).pixels().toArray()).containsExactly(1, 0.5f, 0);
  }

  @Test
  void greyBecomesColoursButNotBack() {
    PixelFormat grey = new PixelFormat(Range.UNIT, Channels.GREY);
    Image image = new Image(Tensor.of(new float[] {0.25f}, 1, 1, 1, 1), grey);
    assertThat(image.to(PixelFormat.rgb()).pixels().toArray()).containsOnly(0.25f).hasSize(3);
    assertThatThrownBy(() -> PIXEL.to(grey))
        .hasMessage(
            "Image: format must be GREY; colours do not become grey by themselves, see luma(), was"
                + " RGB");
  }

  @Test
  void whiteAndBlackHaveTheLumaOfVideo() {
    Tensor pixels = Tensor.of(new float[] {1, 0, 1, 0, 1, 0}, 1, 3, 1, 2);
    Image luma = new Image(pixels, PixelFormat.rgb()).luma();
    assertThat(luma.pixels().toArray()).containsExactly(new float[] {235, 16}, within(1e-4f));
    assertThat(luma.format()).isEqualTo(new PixelFormat(Range.BYTE, Channels.GREY));
  }

  @Test
  void eachNetworkGetsWhatItWants() {
    assertThat(NetworkInput.caffeVgg().prepare(PIXEL).toArray())
        .containsExactly(new float[] {-103.939f, 127.5f - 116.779f, 255 - 123.68f}, within(1e-4f));
    assertThat(NetworkInput.imageNet().prepare(PIXEL).toArray())
        .containsExactly(
            new float[] {(1 - 0.485f) / 0.229f, (0.5f - 0.456f) / 0.224f, (0 - 0.406f) / 0.225f},
            within(1e-5f));
    assertThat(NetworkInput.lpips().prepare(PIXEL).toArray())
        .containsExactly(
            new float[] {(1 + 0.030f) / 0.458f, 0.088f / 0.448f, (-1 + 0.188f) / 0.450f},
            within(1e-5f));
  }

  @Test
  void theInputsGradientGoesBackToThePixels() {
    ChannelMap map = NetworkInput.caffeVgg().from(PixelFormat.rgb());
    Tensor ones = Tensor.of(new float[] {1, 2, 3}, 1, 3, 1, 1);
    assertThat(map.backward(ones, 3).toArray()).containsExactly(3 * 255, 2 * 255, 255);
    ChannelMap spread = NetworkInput.rgb().from(new PixelFormat(Range.UNIT, Channels.GREY));
    assertThat(spread.backward(ones, 1).toArray()).containsExactly(6);
  }

  @Test
  void refusesPixelsOfAnotherRange() {
    Tensor bytes = Tensor.of(new float[] {0.1f, 200, 0.3f}, 1, 3, 1, 1);
    assertThatThrownBy(() -> new Image(bytes, PixelFormat.rgb()))
        .hasMessage(
            "Image: pixels[0, 1, 0, 0] = 200.0 is not in or near [0.0, 1.0], which UNIT says");
    assertThatThrownBy(
            () ->
                new Image(Tensor.of(new float[] {Float.NaN, 0, 0}, 1, 3, 1, 1), PixelFormat.rgb()))
        .hasMessageStartingWith("Image: pixels[0, 0, 0, 0] = NaN is not in or near");
    assertThatThrownBy(() -> new Image(Tensor.zeros(1, 1, 1, 1), PixelFormat.rgb()))
        .hasMessage("Image: pixels must be of shape [n, 3, h, w] for RGB, was Tensor[1, 1, 1, 1]");
    assertThatThrownBy(
            () -> new NetworkInput(PixelFormat.rgb(), List.of(0.0), List.of(1.0, 1.0, 1.0)))
        .hasMessage("NetworkInput: mean must be of 3 numbers, was [0.0]");
  }
}
