package org.perdita.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * A loss of the library as a loss of the Deep Java Library, for its {@code Trainer}, {@code
 * EasyTrain} and plain {@code GradientCollector}.
 *
 * <pre>{@code
 * var config = new DefaultTrainingConfig(DjlLoss.of(new FocalLoss(Alpha.none(), 2), Reduction.mean()));
 * try (Trainer trainer = model.newTrainer(config)) { … }
 * }</pre>
 *
 * <p>The engine differentiates ⟨prediction, g⟩ with g the loss's exact gradient held constant, and
 * gets g; the result's number is the loss's value. Predictions of float32 on the CPU are read where
 * they lie and g is written into the engine's own memory; others are copied to float32 on the host,
 * and g back.
 *
 * <p>Labels are read by their shape. Shaped like the prediction they are a dense target, of any
 * numeric type. Without the class axis, or with a class axis of one entry, they are class indices,
 * integer or whole floats as datasets often have them. Labels without the class axis of a single
 * logit are refused, as 1 would then mean another class than the only one and not a yes.
 *
 * <p>The listeners of {@code TrainingListener.Defaults} ask for every batch's loss a second time,
 * outside the gradient collector. A {@link Loss} has no state and draws nothing at random, so they
 * get the same number, and no gradient is computed for it. What plays in turns or keeps a balance
 * from step to step, such as a GAN's two players or BEGAN's k, is no {@code Loss} and does not fit
 * here.
 *
 * <p>Cost, beside the kernel's: the engine multiplies g by 1 in its backward, and both g and the
 * product are fresh memory. At 16 M floats the pages of that memory cost more than the kernel; with
 * the engine's own setting {@code THP_MEM_ALLOC_ENABLE=1} (environment, Linux) they are large ones
 * and the whole is a quarter of the kernel's time.
 *
 * <p>The engine's own habits remain: its conversions between types end a graph, so the result has
 * the prediction's type; a training result is the mean of the batches' values, a last short batch
 * counting as a whole one; and {@code Trainer.step} refuses gradients that add up to exactly 0 the
 * first time.
 */
public final class DjlLoss extends ai.djl.training.loss.Loss {
  private static final int NONE = -1;

  private final Loss loss;
  private final Reduction reduction;
  private final int prediction;
  private final int label;
  private final int weights;
  private final Values shown = new Values();

  private DjlLoss(
      String name, Loss loss, Reduction reduction, int prediction, int label, int weights) {
    super(name);
    this.loss = Objects.requireNonNull(loss, "loss");
    this.reduction = Objects.requireNonNull(reduction, "reduction");
    this.prediction = prediction;
    this.label = label;
    this.weights = weights;
  }

  /**
   * {@code loss} of the first prediction and the first label, every unit counting 1. Its name,
   * under which training results appear, is that of the loss's class.
   */
  public static DjlLoss of(Loss loss, Reduction reduction) {
    return new DjlLoss(loss.getClass().getSimpleName(), loss, reduction, 0, 0, NONE);
  }

  /** The same under another name, as two losses of one training need. */
  public DjlLoss named(String name) {
    return new DjlLoss(name, loss, reduction, prediction, label, weights);
  }

  /** The same for the prediction and the label at these places of a block's and a batch's lists. */
  public DjlLoss on(int prediction, int label) {
    check(prediction >= 0, "prediction's index must be 0 or more, was " + prediction);
    check(label >= 0, "label's index must be 0 or more, was " + label);
    return new DjlLoss(getName(), loss, reduction, prediction, label, weights);
  }

  /**
   * The same with the label at place {@code weights} as the weight of each unit, as in {@link
   * Batch#weights}.
   */
  public DjlLoss weightedBy(int weights) {
    check(weights >= 0, "weights' index must be 0 or more, was " + weights);
    return new DjlLoss(getName(), loss, reduction, prediction, label, weights);
  }

  /**
   * The loss's value as a scalar of the prediction's type, which the engine differentiates to the
   * loss's gradient.
   *
   * @throws IllegalArgumentException if the loss refuses the batch, a list is too short, an array
   *     has no numbers, or the engine is not PyTorch's
   */
  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray x = at(predictions, prediction, "predictions");
    try (NDManager scratch = x.getManager().newSubManager(Device.cpu())) {
      return differentiable(x, batch(labels, x, scratch), scratch);
    }
  }

  private Batch batch(NDList labels, NDArray x, NDManager scratch) {
    String engine = scratch.getEngine().getEngineName();
    check(engine.equals("PyTorch"), "the engine must be PyTorch, was " + engine);
    HostArrays host = new HostArrays(scratch);
    Target target =
        host.target(at(labels, label, "labels"), Shapes.of("predictions", x.getShape()));
    Batch unweighted = Batch.of(host.floats(x, "predictions"), target);
    return weights == NONE
        ? unweighted
        : unweighted.weighted(host.floats(at(labels, weights, "labels"), "weights"));
  }

  private NDArray differentiable(NDArray x, Batch batch, NDManager scratch) {
    NDArray g = scratch.create(new Shape(x.size()), DataType.FLOAT32);
    Tensor gradient = HostArrays.written(g, batch.prediction().shape());
    double value = loss.evaluate(batch, reduction, gradient);
    NDArray constant = g.toDevice(x.getDevice(), false).toType(x.getDataType(), false);
    try (NDArray flat = x.reshape(x.size());
        NDArray zero = zero(flat, constant, scratch)) {
      return zero.add((float) value);
    }
  }

  /** 0, whose derivative by {@code x} is {@code g}. */
  private static NDArray zero(NDArray x, NDArray g, NDManager scratch) {
    try (NDArray sum = x.dot(g)) {
      if (Double.isFinite(HostArrays.number(sum, scratch))) {
        return minusItself(sum);
      }
    }
    // Too large for a float: subtract before the multiplication, which takes longer.
    try (NDArray zeros = minusItself(x)) {
      return zeros.dot(g);
    }
  }

  private static NDArray minusItself(NDArray x) {
    try (NDArray constant = x.stopGradient()) {
      return x.sub(constant);
    }
  }

  @Override
  public void addAccumulator(String key) {
    shown.addAccumulator(key);
  }

  @Override
  public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    shown.updateAccumulators(keys, labels, predictions);
  }

  @Override
  public void resetAccumulator(String key) {
    shown.resetAccumulator(key);
  }

  @Override
  public float getAccumulator(String key) {
    return shown.getAccumulator(key);
  }

  /** What the listeners add up: values, for which no gradient is computed. */
  private final class Values extends ai.djl.training.loss.Loss {
    Values() {
      super("values");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      NDArray x = at(predictions, prediction, "predictions");
      try (NDManager scratch = x.getManager().newSubManager(Device.cpu())) {
        return x.getManager().create((float) loss.value(batch(labels, x, scratch), reduction));
      }
    }
  }

  private static NDArray at(NDList arrays, int index, String what) {
    check(
        index < arrays.size(),
        what + " must be more than " + index + " arrays, were " + arrays.size());
    return arrays.get(index);
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("DjlLoss: " + otherwise);
    }
  }

  /** The loss, its reduction and where it looks, as in a report. */
  @Override
  public String toString() {
    String weighted = weights == NONE ? "" : ", weights=" + weights;
    return "DjlLoss["
        + String.join(", ", loss.toString(), reduction.toString(), "prediction=" + prediction)
        + ", label="
        + label
        + weighted
        + "]";
  }
}
