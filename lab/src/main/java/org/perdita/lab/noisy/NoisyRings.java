package org.perdita.lab.noisy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.lab.data.NoisyLabels;
import org.perdita.lab.data.RingNoise;
import org.perdita.lab.data.RingNoise.Where;
import org.perdita.lab.data.Rings;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Measure;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.experiment.Training;
import org.perdita.pytorch.DivergedException;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineLoss;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Layer;
import org.perdita.pytorch.Net;
import org.perdita.pytorch.Optimizer;

/**
 * The two-dimensional figure of the bi-tempered paper: a disc in a ring, four kinds of label noise,
 * and the decision surfaces that the two losses end with.
 */
public final class NoisyRings implements Experiment {
  private static final String ACCURACY = "accuracy";
  private static final String TRAINING_LOSS = "training loss";

  /** From one pass whose loss is kept to the next: a curve of 190 passes has 48 places. */
  private static final int LOSS_EVERY = 4;

  private static final Arm LOGISTIC = arm("logistic", new BinaryCrossEntropyLoss());
  private static final Arm HEAVY_TAIL = biTempered(1, 4);
  private static final Arm BOUNDED = biTempered(0.2, 1);
  private static final Arm BOTH = biTempered(0.2, 4);

  @Override
  public String name() {
    return "noisy-rings";
  }

  @Override
  public String data() {
    return "points drawn by the program; reads no files, and has nothing to tune";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "With two classes in the plane, a heavy tail (t2 = 4) withstands wrong labels near"
            + " the border, a bounded loss (t1 = 0.2) those far from it, and both together random"
            + " ones; the logistic loss bends to each.",
        "Amid, Warmuth, Anil, Koren: Robust Bi-Tempered Logistic Loss Based on Bregman Divergences,"
            + " NeurIPS 2019, arXiv 1906.03361, figure of decision surfaces (its temperatures known"
            + " at second hand), and the authors' demonstration",
        "the authors' demonstration: 1000 points, network 2-10-5-1, Adam at 0.1, 190 passes; pictures"
            + " without numbers",
        List.of());
  }

  /** Every number the trainings depend on; all but the sizes are the demonstration's. */
  record Numbers(
      @Because("the demonstration's") int trainPoints,
      @Because("under true labels; enough that a tenth of a percent can be seen") int testPoints,
      @Because("full batches: 19 rounds of 10 in the demonstration") int passes,
      @Because("Adam, the demonstration's") double learningRate) {

    static Numbers of(Request request) {
      return request.tiny() ? new Numbers(200, 200, 15, 0.1) : new Numbers(1000, 4000, 190, 0.1);
    }
  }

  /** A kind of noise, and how likely a label that may flip does flip. */
  private record Noise(Condition condition, Where where, double rate) {}

  private static List<Noise> noises(Request request) {
    Noise none = noise("no noise", Where.ANYWHERE, 0, 0);
    if (request.tiny()) {
      return List.of(none, noise("random 40 %", Where.ANYWHERE, 0.4, 1));
    }
    // The demonstration's slider goes from 10 % to 40 %.
    return List.of(
        none,
        noise("small margin 10 %", Where.SMALL_MARGIN, 0.1, 1),
        noise("small margin 40 %", Where.SMALL_MARGIN, 0.4, 2),
        noise("large margin 10 %", Where.LARGE_MARGIN, 0.1, 3),
        noise("large margin 40 %", Where.LARGE_MARGIN, 0.4, 4),
        noise("random 10 %", Where.ANYWHERE, 0.1, 5),
        noise("random 40 %", Where.ANYWHERE, 0.4, 6));
  }

  private static Noise noise(String label, Where where, double rate, double x) {
    return new Noise(new Condition(label, x), where, rate);
  }

  private static Arm biTempered(double t1, double t2) {
    Loss loss = BinaryBiTemperedLoss.of(t1, t2);
    return arm("bi-tempered (" + number(t1) + ", " + number(t2) + ")", loss);
  }

  private static String number(double t) {
    return t == Math.rint(t) ? Integer.toString((int) t) : Double.toString(t);
  }

  private static Arm arm(String name, Loss loss) {
    return new Arm(name, loss.toString(), name);
  }

  private static Map<Arm, Loss> losses() {
    Map<Arm, Loss> losses = new LinkedHashMap<>();
    losses.put(LOGISTIC, new BinaryCrossEntropyLoss());
    losses.put(HEAVY_TAIL, BinaryBiTemperedLoss.of(1, 4));
    losses.put(BOUNDED, BinaryBiTemperedLoss.of(0.2, 1));
    losses.put(BOTH, BinaryBiTemperedLoss.of(0.2, 4));
    return losses;
  }

  @Override
  public Plan plan(Request request) {
    Numbers numbers = Numbers.of(request);
    Map<Arm, Loss> losses = losses();
    List<Noise> noises = noises(request);
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= seeds(request); seed++) {
      for (Noise noise : noises) {
        for (Map.Entry<Arm, Loss> loss : losses.entrySet()) {
          trainings.add(new RingTraining(noise, loss.getKey(), seed, numbers, loss.getValue()));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
            this,
            request,
            "drawn points",
            numbers,
            noises.stream().map(Noise::condition).toList(),
            List.copyOf(losses.keySet()),
            measures(numbers),
            comparisons(request),
            List.of("the figure shows pictures; accuracies are ours"));
    return new Plan(protocol, trainings);
  }

  private static List<Measure> measures(Numbers n) {
    int lastKept = n.passes() - (n.passes() - 1) % LOSS_EVERY;
    return List.of(
        Measure.share(ACCURACY),
        Measure.plain(TRAINING_LOSS).lowerIsBetter().over("pass", 1, lastKept));
  }

  /** Trainings take a second, so there are many: differences of a percent need them. */
  private static int seeds(Request request) {
    int many = request.scale() == Scale.QUICK ? 10 : 40;
    return request.tiny() ? request.seeds() : request.seedCount().orElse(many);
  }

  private static List<Comparison> comparisons(Request request) {
    String random = "random 40 %";
    List<Comparison> comparisons = new ArrayList<>();
    comparisons.add(beats(BOTH, random, "Bounded and heavy-tailed beats logistic"));
    if (!request.tiny()) {
      comparisons.add(beats(HEAVY_TAIL, "small margin 10 %", "A heavy tail beats logistic"));
      comparisons.add(beats(HEAVY_TAIL, "small margin 40 %", "A heavy tail beats logistic"));
      comparisons.add(beats(BOUNDED, "large margin 10 %", "A bounded loss beats logistic"));
      comparisons.add(beats(BOUNDED, "large margin 40 %", "A bounded loss beats logistic"));
      comparisons.add(beats(BOTH, "random 10 %", "Bounded and heavy-tailed beats logistic"));
    }
    return comparisons;
  }

  private static Comparison beats(Arm treatment, String condition, String sentence) {
    return new Comparison(
        sentence + ": " + condition + ".",
        ACCURACY,
        condition,
        LOGISTIC.group(),
        treatment.group());
  }

  /** The demonstration's network. */
  private static final class Mlp extends Net {
    private final Layer first = linear(2, 10);
    private final Layer second = linear(10, 5);
    private final Layer last = linear(5, 1);

    Mlp(long seed) {
      super(seed);
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor hidden = torch.relu(second.forward(torch.relu(first.forward(x))));
      return last.forward(hidden).flatten();
    }
  }

  private record RingTraining(Noise noise, Arm arm, int seed, Numbers numbers, Loss loss)
      implements Training {
    private static final long TEST = 1000;

    @Override
    public Condition condition() {
      return noise.condition();
    }

    @Override
    public int steps() {
      return numbers.passes();
    }

    @Override
    public Outcome run(Progress progress) throws InterruptedException {
      Rings train = Rings.draw(numbers.trainPoints(), seed);
      Rings test = Rings.draw(numbers.testPoints(), TEST + seed);
      NoisyLabels noisy = new RingNoise(noise.where(), noise.rate()).apply(train, seed);
      org.perdita.Tensor target = ones(noisy.labels());
      EngineLoss mean = new EngineLoss(loss, Reduction.mean());
      Optional<String> diverged = Optional.empty();
      List<Double> losses = new ArrayList<>();
      try (Engine.Scope run = Engine.scope();
          Net net = new Mlp(seed);
          Optimizer adam = Optimizer.adam(net, numbers.learningRate(), 0.9, 0.999)) {
        Tensor x = EngineTensors.of(train.coordinates(), train.size(), 2);
        try {
          for (int pass = 0; pass < numbers.passes(); pass++) {
            double value = adam.step(() -> mean.backward(net.forward(x), target));
            if (pass % LOSS_EVERY == 0) {
              losses.add(value);
            }
            progress.step();
          }
        } catch (DivergedException e) {
          diverged = Optional.of(String.valueOf(e.getMessage()));
        }
        Map<String, Double> metrics = Map.of(ACCURACY, accuracy(net, test));
        List<Outcome.Picture> pictures =
            seed == 1
                ? List.of(
                    new Outcome.Picture(
                        arm.name() + ", " + condition().label(),
                        Surface.of(net, loss, train, noisy)))
                : List.of();
        return new Outcome(metrics, Map.of(TRAINING_LOSS, losses), pictures, diverged);
      }
    }

    private static double accuracy(Net net, Rings test) {
      Tensor x = EngineTensors.of(test.coordinates(), test.size(), 2);
      org.perdita.Tensor logits = EngineTensors.view(net.predict(x));
      int[] truth = test.labels();
      int right = 0;
      for (int i = 0; i < truth.length; i++) {
        right += (logits.get(i) > 0 ? 1 : 0) == truth[i] ? 1 : 0;
      }
      return right / (double) truth.length;
    }

    private static org.perdita.Tensor ones(int[] labels) {
      float[] y = new float[labels.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = labels[i];
      }
      return org.perdita.Tensor.of(y, y.length);
    }
  }
}
