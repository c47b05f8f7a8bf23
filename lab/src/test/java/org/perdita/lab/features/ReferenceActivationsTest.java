package org.perdita.lab.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.perdita.lab.weights.SafeTensors;
import org.perdita.perceptual.Gram;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;
import org.perdita.perceptual.PixelFormat.Range;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * Published networks against activations computed elsewhere, where the environment variable {@code
 * PERDITA_DATA} names a folder that holds {@code features}; skipped elsewhere.
 */
class ReferenceActivationsTest {

  private static Path file(String name) {
    String data = System.getenv("PERDITA_DATA");
    Assumptions.assumeTrue(data != null, "PERDITA_DATA is not set");
    Path file = Path.of(data == null ? "" : data).resolve("features").resolve(name);
    Assumptions.assumeTrue(Files.isRegularFile(file), file + " does not exist");
    return file;
  }

  /** The photograph that both references are about, 224 × 224 bytes, colours last. */
  private static Tensor photo(SafeTensors reference) {
    org.perdita.Tensor bytes = reference.tensor("photo_u8_hwc");
    int area = 224 * 224;
    float[] planes = new float[3 * area];
    for (int i = 0; i < planes.length; i++) {
      planes[i % 3 * area + i / 3] = bytes.get(i);
    }
    Image image =
        new Image(org.perdita.Tensor.of(planes, 1, 3, 224, 224), PixelFormat.rgb().in(Range.BYTE));
    return EngineTensors.of(image.to(PixelFormat.rgb()).pixels());
  }

  private static org.perdita.Tensor at(Map<String, Tensor> features, String layer) {
    return EngineTensors.view(Objects.requireNonNull(features.get(layer)));
  }

  private static void sameMeans(
      SafeTensors reference, String name, org.perdita.Tensor found, float within) {
    int channels = found.length(1);
    int area = found.size() / channels;
    float[] means = new float[channels];
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int p = 0; p < area; p++) {
        sum += found.get(c * area + p);
      }
      means[c] = (float) (sum / area);
    }
    assertThat(means)
        .as(name)
        .containsExactly(reference.tensor(name).toArray(), Offset.offset(within));
  }

  @Test
  void distilledVggGivesTheReferencesFeaturesAndGramMatrices() {
    SafeTensors reference = SafeTensors.read(file("vgg19_16x-reference.safetensors"));
    try (Engine.Scope scope = Engine.scope();
        FeatureNetworks.Loaded loaded =
            FeatureNetworks.load(file("vgg19_16x_encoder5.safetensors"))) {
      List<String> layers = List.of("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1");
      Map<String, Tensor> features = loaded.network().features(photo(reference), layers);
      for (String layer : layers) {
        String name = "conv" + layer.charAt(4) + "1";
        org.perdita.Tensor found = at(features, layer);
        sameMeans(reference, name + "_channel_mean", found, 2e-3f);
        org.perdita.Tensor gram = Gram.of(found, (double) found.length(2) * found.length(3));
        float[] expected = reference.tensor(name + "_gram").toArray();
        float largest = 0;
        for (float g : expected) {
          largest = Math.max(largest, Math.abs(g));
        }
        assertThat(gram.toArray()).containsExactly(expected, within(1e-4f * largest));
      }
      float[] last = at(features, "relu5_1").toArray();
      assertThat(last).containsExactly(reference.tensor("conv51").toArray(), within(2e-3f));
    }
  }

  @Test
  void squeezeNetGivesTheReferencesFeaturesAndLogits() {
    SafeTensors reference = SafeTensors.read(file("squeezenet1_1-reference.safetensors"));
    try (Engine.Scope scope = Engine.scope();
        FeatureNetworks.Loaded loaded = FeatureNetworks.load(file("squeezenet1_1.safetensors"))) {
      List<String> layers = List.of("relu1", "fire2", "fire5", "fire9", "logits");
      Map<String, Tensor> features = loaded.network().features(photo(reference), layers);
      for (String layer : List.of("relu1", "fire2", "fire5", "fire9")) {
        sameMeans(reference, "photo_" + layer + "_channel_mean", at(features, layer), 1e-3f);
      }
      float[] logits = reference.tensor("photo_logits").toArray();
      assertThat(at(features, "logits").toArray()).containsExactly(logits, within(2e-3f));
      assertThat(loaded.toString())
          .startsWith("SqueezeNet 1.1 from squeezenet1_1.safetensors: 52 tensors, 1235496 numbers");
    }
  }

  @Test
  void lpipsTakesTheLinearWeightsOfItsFile() {
    SafeTensors linear = SafeTensors.read(file("lpips_v0.1_squeeze_linear.safetensors"));
    SafeTensors reference = SafeTensors.read(file("squeezenet1_1-reference.safetensors"));
    try (Engine.Scope scope = Engine.scope();
        FeatureNetworks.Loaded loaded = FeatureNetworks.load(file("squeezenet1_1.safetensors"))) {
      Lpips lpips = Lpips.calibrated(loaded.network(), linear);
      Tensor pixels = photo(reference);
      Image photo = new Image(EngineTensors.view(pixels), PixelFormat.rgb());
      float[] darker = photo.pixels().toArray();
      float[] noisy = photo.pixels().toArray();
      Random random = new Random(1);
      for (int i = 0; i < darker.length; i++) {
        darker[i] *= 0.9f;
        noisy[i] += 0.08f * (float) random.nextGaussian();
      }
      int[] shape = photo.pixels().shape();
      Image dark = new Image(org.perdita.Tensor.of(darker, shape), PixelFormat.rgb());
      Image noise = new Image(org.perdita.Tensor.of(noisy, shape), PixelFormat.rgb());
      assertThat(lpips.distance(photo, photo)).isZero();
      assertThat(lpips.distance(photo, noise)).isGreaterThan(3 * lpips.distance(photo, dark));
    }
  }
}
