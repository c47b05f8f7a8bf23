package org.perdita.lab.metrics;

/**
 * Makes probabilities of margins: σ(slope × margin + shift), fitted on held-out rows with Platt's
 * softened targets, (n₊ + 1) / (n₊ + 2) for a positive and 1 / (n₋ + 2) for a negative.
 *
 * @param slope what a margin is multiplied by
 * @param shift what is added
 * @see <a href="https://doi.org/10.1007/s10994-007-5018-6">Lin, Lin, Weng: A note on Platt's
 *     probabilistic outputs for support vector machines, 2007</a>
 */
public record PlattScaling(double slope, double shift) {
  private static final int STEPS = 100;
  private static final double RIDGE = 1e-9;
  private static final double ENOUGH = 1e-9;

  /** Fitted by Newton's method, halving steps that do not lower the loss. */
  public static PlattScaling fit(float[] margins, float[] labels) {
    double positives = 0;
    for (float label : labels) {
      positives += label;
    }
    double yes = (positives + 1) / (positives + 2);
    double no = 1 / (labels.length - positives + 2);
    PlattScaling at =
        new PlattScaling(0, Math.log((positives + 1) / (labels.length - positives + 1)));
    double loss = at.loss(margins, labels, yes, no);
    for (int step = 0; step < STEPS; step++) {
      double ga = 0;
      double gb = 0;
      double haa = RIDGE;
      double hab = 0;
      double hbb = RIDGE;
      for (int i = 0; i < margins.length; i++) {
        double p = at.of(margins[i]);
        double error = p - (labels[i] > 0 ? yes : no);
        double h = p * (1 - p);
        ga += error * margins[i];
        gb += error;
        haa += h * margins[i] * margins[i];
        hab += h * margins[i];
        hbb += h;
      }
      double determinant = haa * hbb - hab * hab;
      double da = -(hbb * ga - hab * gb) / determinant;
      double db = -(haa * gb - hab * ga) / determinant;
      PlattScaling next = at;
      double nextLoss = loss;
      for (double share = 1; share > 1e-6; share /= 2) {
        PlattScaling there = new PlattScaling(at.slope + share * da, at.shift + share * db);
        double found = there.loss(margins, labels, yes, no);
        if (found < loss) {
          next = there;
          nextLoss = found;
          break;
        }
      }
      double gained = loss - nextLoss;
      at = next;
      loss = nextLoss;
      if (gained <= ENOUGH * Math.abs(loss)) {
        break;
      }
    }
    return at;
  }

  private double loss(float[] margins, float[] labels, double yes, double no) {
    double sum = 0;
    for (int i = 0; i < margins.length; i++) {
      double z = slope * margins[i] + shift;
      double target = labels[i] > 0 ? yes : no;
      sum += Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)));
    }
    return sum;
  }

  /** The probability that a margin means. */
  public double of(double margin) {
    return 1 / (1 + Math.exp(-(slope * margin + shift)));
  }

  /** Those of all margins. */
  public float[] of(float[] margins) {
    float[] p = new float[margins.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) of((double) margins[i]);
    }
    return p;
  }
}
