package org.perdita.lab.golden;

import org.perdita.lab.metrics.Features;
import org.perdita.lab.metrics.FrechetDistance;
import org.perdita.lab.metrics.Moments;

/** Cases about the Fréchet distance; computed in double. */
final class FrechetCases {
  private FrechetCases() {}

  /** Inputs {@code features1}, {@code features2}; the distance and the moments it was made from. */
  static Computed ofFeatures(GoldenCase golden) {
    if (golden.param("ddof", 1) != 1) {
      throw new UnsupportedOperationException("the covariance is the unbiased one, ddof 1");
    }
    Moments a = Moments.of(features(golden, "features1"));
    Moments b = Moments.of(features(golden, "features2"));
    return Computed.inDouble()
        .with("value.fid", GoldenArray.scalar(FrechetDistance.of(a, b)))
        .with("value.mu1", mean(a))
        .with("value.mu2", mean(b))
        .with("value.sigma1", covariance(a))
        .with("value.sigma2", covariance(b));
  }

  /** Inputs {@code mu1}, {@code sigma1}, {@code mu2}, {@code sigma2}. */
  static Computed ofMoments(GoldenCase golden) {
    Moments a = moments(golden, "1");
    Moments b = moments(golden, "2");
    return Computed.inDouble().with("value", GoldenArray.scalar(FrechetDistance.of(a, b)));
  }

  private static Features features(GoldenCase golden, String name) {
    GoldenArray array = golden.input(name);
    if (array.shape().length != 2) {
      throw golden.refusal("inputs." + name + ".shape", "must be samples by features");
    }
    return Features.of(array.data(), array.shape()[1]);
  }

  private static Moments moments(GoldenCase golden, String which) {
    double[] mean = golden.input("mu" + which).data();
    return new Moments(mean, golden.input("sigma" + which, mean.length, mean.length).data());
  }

  private static GoldenArray mean(Moments moments) {
    return new GoldenArray(new int[] {moments.mean().length}, moments.mean());
  }

  private static GoldenArray covariance(Moments moments) {
    int d = moments.mean().length;
    return new GoldenArray(new int[] {d, d}, moments.covariance());
  }
}
