package org.perdita.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

final class OptimizerTest {
  private static final double START = 1.5;

  /** One number θ, whose gradient in step t is set to 2 θ + t. */
  private static final class Single extends Net {
    private final Tensor theta = parameter(EngineTensors.of(new float[] {(float) START}, 1));

    Single() {
      super(0);
    }

    @Override
    public Tensor forward(Tensor x) {
      return theta.mul(x);
    }

    float step(Optimizer optimizer, int t) {
      optimizer.step(
          () -> {
            double slope = gradient(toArray()[0], t);
            BackwardPass pass = new BackwardPass();
            pass.add(theta, org.perdita.Tensor.of(new float[] {(float) slope}, 1));
            pass.run();
            return slope;
          });
      return toArray()[0];
    }
  }

  private static double gradient(double theta, int t) {
    return 2 * theta + t;
  }

  @Test
  void adamUsesEachBetaWhereThePaperDoes() {
    double beta1 = 0.5;
    double beta2 = 0.9;
    double theta = START;
    double m = 0;
    double v = 0;
    Single net = new Single();
    Optimizer adam = Optimizer.adam(net, 0.1, beta1, beta2);
    try (net;
        adam) {
      for (int t = 1; t <= 8; t++) {
        double g = gradient(theta, t);
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        theta -=
            0.1 * (m / (1 - Math.pow(beta1, t))) / (Math.sqrt(v / (1 - Math.pow(beta2, t))) + 1e-8);
        assertThat((double) net.step(adam, t)).isCloseTo(theta, within(1e-5));
      }
    }
  }

  /** Ten numbers, each pulled to its index with a stiffness of its own. */
  private static final class Bowl extends Net {
    private final Tensor theta = parameter(EngineTensors.of(new float[10], 10));

    Bowl() {
      super(0);
    }

    @Override
    public Tensor forward(Tensor x) {
      return theta;
    }

    double step(Optimizer optimizer) {
      return optimizer.step(
          () -> {
            float[] at = toArray();
            float[] slopes = new float[10];
            double value = 0;
            for (int i = 0; i < 10; i++) {
              value += (1 + i) * Math.pow(at[i] - i, 2) / 2;
              slopes[i] = (1 + i) * (at[i] - i);
            }
            BackwardPass pass = new BackwardPass();
            pass.add(theta, org.perdita.Tensor.of(slopes, 10));
            pass.run();
            return value;
          });
    }
  }

  @Test
  void lbfgsFindsTheBottomOfABowlInAFewSteps() {
    Bowl net = new Bowl();
    Optimizer lbfgs = Optimizer.lbfgs(net, 1, 10);
    try (net;
        lbfgs) {
      double value = Double.POSITIVE_INFINITY;
      for (int i = 0; i < 25; i++) {
        value = net.step(lbfgs);
      }
      assertThat(value).isLessThan(1e-4);
    }
  }

  @Test
  void rmsPropDividesByTheRootOfTheMeanSquare() {
    double theta = START;
    double v = 0;
    Single net = new Single();
    Optimizer rmsProp = Optimizer.rmsProp(net, 0.1, 0.9);
    try (net;
        rmsProp) {
      for (int t = 1; t <= 8; t++) {
        double g = gradient(theta, t);
        v = 0.9 * v + 0.1 * g * g;
        theta -= 0.1 * g / (Math.sqrt(v) + 1e-8);
        assertThat((double) net.step(rmsProp, t)).isCloseTo(theta, within(1e-5));
      }
    }
  }

  @Test
  void sgdKeepsMomentumDecaysWeightsAndFollowsItsSchedule() {
    double theta = START;
    double v = 0;
    Single net = new Single();
    Optimizer sgd = Optimizer.sgd(net, 0.1, 0.9, 0.01);
    try (net;
        sgd) {
      for (int t = 1; t <= 8; t++) {
        double rate = t < 5 ? 0.1 : 0.02;
        sgd.learningRate(rate);
        v = 0.9 * v + gradient(theta, t) + 0.01 * theta;
        theta -= rate * v;
        assertThat((double) net.step(sgd, t)).isCloseTo(theta, within(1e-4));
      }
    }
  }

  @Test
  void stopsBeforeALossThatIsNotFiniteSpoilsTheParameters() {
    Single net = new Single();
    Optimizer sgd = Optimizer.sgd(net, 0.1, 0, 0);
    try (net;
        sgd) {
      net.step(sgd, 1);
      float[] before = net.toArray();
      assertThatThrownBy(() -> sgd.step(() -> Double.NaN))
          .isInstanceOf(DivergedException.class)
          .hasMessage("training diverged: the loss of step 2 is NaN");
      assertThat(net.toArray()).containsExactly(before);
    }
  }

  @Test
  void survivesTheScopeItWasMadeIn() {
    Single net = Engine.scoped(Single::new);
    Optimizer adam = Engine.scoped(() -> Optimizer.adam(net, 0.1, 0.9, 0.999));
    try (net;
        adam) {
      assertThat(net.step(adam, 1)).isEqualTo((float) START - 0.1f, within(1e-6f));
    }
  }

  @Test
  void refusesSettingsThatAreNone() {
    Single net = new Single();
    try (net) {
      assertThatThrownBy(() -> Optimizer.sgd(net, Double.NaN, 0, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Optimizer: learningRate must be finite and 0 or more, was NaN");
      assertThatThrownBy(() -> Optimizer.adam(net, 0.1, 1, 0.9))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Optimizer: beta1 must be in [0, 1), was 1.0");
    }
  }
}
