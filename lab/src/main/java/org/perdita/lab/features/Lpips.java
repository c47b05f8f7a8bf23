package org.perdita.lab.features;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Batch;
import org.perdita.lab.data.BadData;
import org.perdita.lab.weights.SafeTensors;
import org.perdita.perceptual.ChannelDistanceLoss;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * The perceptual distance LPIPS on a feature network: the sum over its layers of {@link
 * ChannelDistanceLoss}. With torchvision's network and the published linear weights it gives the
 * published numbers; with equal weights, each one over the number of channels, it is a distance of
 * the same kind that nobody calibrated.
 *
 * @see <a href="https://arxiv.org/abs/1801.03924">Zhang et al. 2018</a>
 */
public final class Lpips {
  private final FeatureNetwork network;
  private final List<String> layers;
  private final Optional<SafeTensors> linear;

  private Lpips(FeatureNetwork network, Optional<SafeTensors> linear) {
    this.network = network;
    this.layers = network.distanceLayers();
    this.linear = linear;
  }

  /** With the weights {@code lin0.weight}, {@code lin1.weight}, … of a file, one a layer. */
  public static Lpips calibrated(FeatureNetwork network, SafeTensors linear) {
    if (linear.names().size() != network.distanceLayers().size()) {
      throw new BadData(
          (linear.file() + ": holds " + linear.names().size() + " linear layers, " + network)
              + (" has " + network.distanceLayers().size() + ": " + network.distanceLayers()));
    }
    return new Lpips(network, Optional.of(linear));
  }

  /** With equal weights. */
  public static Lpips uncalibrated(FeatureNetwork network) {
    return new Lpips(network, Optional.empty());
  }

  /** The distance of each pair of pictures. */
  public double[] distances(Image a, Image b) {
    return Engine.scoped(
        () -> {
          Map<String, Tensor> one = features(a);
          Map<String, Tensor> two = features(b);
          double[] distances = new double[a.pixels().length(0)];
          for (int k = 0; k < layers.size(); k++) {
            org.perdita.Tensor x = at(one, k);
            org.perdita.Tensor values = loss(k, x.length(1)).values(Batch.of(x, at(two, k)));
            for (int i = 0; i < distances.length; i++) {
              distances[i] += values.get(i);
            }
          }
          return distances;
        });
  }

  /** The mean distance of two batches. */
  public double distance(Image a, Image b) {
    double sum = 0;
    double[] distances = distances(a, b);
    for (double d : distances) {
      sum += d;
    }
    return sum / Math.max(1, distances.length);
  }

  /** How this was put together, for a report. */
  public String description() {
    return "LPIPS arithmetic on "
        + network
        + linear.map(l -> ", weights of " + l.file().getFileName()).orElse(", equal weights")
        + ", layers "
        + String.join(" ", layers);
  }

  private Map<String, Tensor> features(Image image) {
    Tensor pixels = EngineTensors.of(image.to(PixelFormat.rgb()).pixels());
    Map<String, Tensor> found = network.features(pixels, layers);
    return found;
  }

  private org.perdita.Tensor at(Map<String, Tensor> features, int k) {
    Tensor found = features.get(layers.get(k));
    if (found == null) {
      throw new IllegalStateException("Lpips: no features at " + layers.get(k));
    }
    return EngineTensors.view(found);
  }

  private ChannelDistanceLoss loss(int k, int channels) {
    if (linear.isEmpty()) {
      return new ChannelDistanceLoss(Collections.nCopies(channels, 1.0 / channels));
    }
    org.perdita.Tensor weights = linear.get().tensor("lin" + k + ".weight");
    if (weights.size() != channels) {
      throw new BadData(
          (linear.get().file() + ": lin" + k + ".weight has " + weights.size())
              + (" numbers, " + layers.get(k) + " of " + network + " has " + channels));
    }
    List<Double> list = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      list.add((double) weights.get(c));
    }
    return new ChannelDistanceLoss(list);
  }
}
