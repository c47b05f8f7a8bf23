package org.perdita.segmentation;

import org.perdita.Loss;
import org.perdita.WeightedSum;
import org.perdita.internal.Check;

/**
 * How much a regional and a boundary loss count, epoch by epoch.
 *
 * <pre>{@code
 * WeightSchedule schedule = WeightSchedule.rebalance();
 * WeightedSum loss = schedule.at(epoch).of(GeneralizedDiceLoss.softmax(), boundary);
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/1812.07032">Kervadec et al., MIDL 2019, section 3</a>
 */
public sealed interface WeightSchedule {

  /**
   * The weights of an epoch.
   *
   * @param regional of the regional loss
   * @param boundary of the boundary loss
   */
  record Weights(double regional, double boundary) {
    /** The two losses so weighted, the regional one first. */
    public WeightedSum of(Loss regionalLoss, Loss boundaryLoss) {
      return WeightedSum.of(regional, regionalLoss).plus(boundary, boundaryLoss);
    }
  }

  /**
   * The weights of an epoch.
   *
   * @param epoch counted from 0
   */
  Weights at(int epoch);

  /** Regional + {@code boundary} · boundary loss, always. */
  static WeightSchedule constant(double boundary) {
    return new Constant(boundary);
  }

  /** Regional + α · boundary loss, where α starts at {@code step} and rises by it each epoch. */
  static WeightSchedule increase(double step) {
    return new Increase(step, step);
  }

  /** The paper's: α · regional + (1 − α) · boundary, α from 1 down by 0.01 an epoch to 0.01. */
  static WeightSchedule rebalance() {
    return new Rebalance(0.01, 0.01);
  }

  /** See {@link WeightSchedule#constant}. */
  record Constant(double boundary) implements WeightSchedule {
    public Constant {
      weight("boundary", boundary);
    }

    @Override
    public Weights at(int epoch) {
      return new Weights(1, boundary);
    }
  }

  /** See {@link WeightSchedule#increase}. */
  record Increase(double start, double step) implements WeightSchedule {
    public Increase {
      weight("start", start);
      weight("step", step);
    }

    @Override
    public Weights at(int epoch) {
      return new Weights(1, start + step * epoch);
    }
  }

  /**
   * α = max(floor, 1 − step · epoch); the weights are α and 1 − α.
   *
   * @param step how much α falls each epoch; a shorter training takes a larger one
   * @param floor where α stops, so that the regional loss never vanishes
   */
  record Rebalance(double step, double floor) implements WeightSchedule {
    public Rebalance {
      weight("step", step);
      Check.that(floor >= 0 && floor <= 1, "WeightSchedule", "floor", floor, "in [0, 1]");
    }

    @Override
    public Weights at(int epoch) {
      double alpha = Math.max(floor, 1 - step * epoch);
      return new Weights(alpha, 1 - alpha);
    }
  }

  /**
   * What the authors' code does: starts at (1, 0.01) and moves 0.01 an epoch, the regional weight
   * stopping at 0.1 and the boundary weight not at all.
   */
  record PublishedCode() implements WeightSchedule {
    @Override
    public Weights at(int epoch) {
      return new Weights(Math.max(0.1, 1 - 0.01 * epoch), 0.01 + 0.01 * epoch);
    }
  }

  private static void weight(String what, double was) {
    Check.that(
        was >= 0 && was < Double.POSITIVE_INFINITY,
        "WeightSchedule",
        what,
        was,
        "finite and 0 or more");
  }
}
