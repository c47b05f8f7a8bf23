package org.perdita.segmentation;

import org.perdita.internal.RegionFormula;

/**
 * (1 − N / D)<sup>γ</sup> for each class, where N = both·I + n and D = I·own + P·predicted +
 * Y·target + d are linear in the sums of the class.
 */
record OverlapFormula(
    boolean squares,
    double both,
    double own,
    double predicted,
    double target,
    Smooth smooth,
    EmptyClass empty,
    double gamma)
    implements RegionFormula {

  @Override
  public int units(int classes) {
    return classes;
  }

  @Override
  public void evaluate(Group group) {
    for (int k = 0; k < group.value.length; k++) {
      if (group.target[k] == 0 && empty != EmptyClass.AS_FORMULA) {
        group.leftOut[k] = empty == EmptyClass.LEFT_OUT;
      } else {
        evaluate(group, k);
      }
    }
  }

  private void evaluate(Group group, int k) {
    double i = group.both[k];
    double n = both * i + smooth.numerator();
    double d =
        own * i + predicted * group.predicted[k] + target * group.target[k] + smooth.denominator();
    if (d == 0) {
      return; // nothing predicted, nothing there: a perfect overlap of nothing
    }
    double overlap = n / d;
    double miss = 1 - overlap;
    double slope = gamma == 1 ? 1 : gamma * Math.pow(Math.max(miss, 0), gamma - 1);
    group.value[k] = gamma == 1 ? miss : Math.pow(Math.max(miss, 0), gamma);
    group.bySlope[k] = slope * (own * overlap - both) / d;
    group.predictedSlope[k] = slope * predicted * overlap / d;
  }
}
