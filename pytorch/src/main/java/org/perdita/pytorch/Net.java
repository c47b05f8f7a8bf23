package org.perdita.pytorch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A network that says what it computes in {@link #forward} and gets its layers from this class.
 *
 * <pre>{@code
 * final class Mlp extends Net {
 *   private final Layer hidden = linear(2, 10);
 *   private final Layer output = linear(10, 1);
 *
 *   Mlp(long seed) { super(seed); }
 *
 *   @Override public Tensor forward(Tensor x) { return output.forward(torch.tanh(hidden.forward(x))); }
 * }
 * }</pre>
 *
 * <p>Parameters are drawn from the seed in the order in which the layers are made, by a Java
 * generator of this network's own. Networks made and trained side by side in threads of their own
 * therefore have the same bits as one after the other; the engine's generator, which all threads
 * share, is never used.
 *
 * <p>Each parameter and buffer has a name, as {@code 2.weight} or {@code conv11.bias}: the layer's,
 * given by {@link #named} or counted, and the engine's usual word for what it is. Files of weights
 * go by these names; see {@link #state}.
 *
 * <p>Parameters belong to the network and outlive any scope; {@link #close} frees them. A network
 * is used by one thread at a time.
 */
public abstract class Net implements AutoCloseable {
  private static final double BATCH_NORM_MOMENTUM = 0.1;
  private static final double BATCH_NORM_EPSILON = 1e-5;

  private final RandomGenerator random;
  private final List<Tensor> parameters = new ArrayList<>();
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final Map<String, Integer> layersOfScope = new LinkedHashMap<>();
  private final List<Pointer> owned = new ArrayList<>();
  private String scope = "";
  private boolean training = true;

  /**
   * A network without layers yet.
   *
   * @param seed decides every parameter that is drawn, and every {@link #dropout} mask
   */
  protected Net(long seed) {
    Engine.start();
    random = new SplittableRandom(seed);
  }

  /** What the network gives for the batch {@code x}. */
  public abstract Tensor forward(Tensor x);

  /**
   * {@link #forward} with a graph through which gradients reach {@code x} and what it came from,
   * but none of this network's parameters: how a generator learns from a critic that stays as it
   * is.
   */
  public final Tensor forwardFrozen(Tensor x) {
    parameters.forEach(parameter -> parameter.requires_grad_(false));
    try {
      return forward(x);
    } finally {
      parameters.forEach(parameter -> parameter.requires_grad_(true));
    }
  }

  /**
   * {@link #forward} as it is in training, batch statistics and dropout included, but without a
   * graph.
   */
  public final Tensor forwardDetached(Tensor x) {
    return Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            return forward(x);
          }
        });
  }

  /**
   * Moves every parameter into [−bound, bound], as a clipped Wasserstein critic wants it after each
   * of its steps.
   */
  public final void clip(double bound) {
    Refusal.unless(
        bound > 0 && bound < Double.POSITIVE_INFINITY,
        "Net: bound must be a finite number above 0, was " + bound);
    Engine.scoped(
        () -> {
          NoGradGuard guard = new NoGradGuard();
          try (guard) {
            ScalarOptional low = new ScalarOptional(new Scalar(-bound));
            ScalarOptional high = new ScalarOptional(new Scalar(bound));
            parameters.forEach(parameter -> parameter.clamp_(low, high));
          }
        });
  }

  /** What the optimizer changes, in the order in which it was made. */
  public final List<Tensor> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /**
   * All that a file of weights should hold: parameters and running means, by name, in the order in
   * which they were made. The tensors are the network's own.
   */
  public final Map<String, Tensor> state() {
    return Collections.unmodifiableMap(state);
  }

  /** How many numbers {@link #parameters} holds. */
  public final long size() {
    return parameters.stream().mapToLong(Tensor::numel).sum();
  }

  /** A copy of all parameters, one after the other. */
  public final float[] toArray() {
    FloatBuffer all = FloatBuffer.allocate(Math.toIntExact(size()));
    for (Tensor parameter : parameters) {
      all.put(EngineTensors.view(parameter).buffer());
    }
    return all.array();
  }

  /**
   * {@link #forward} as it is after training: without a graph, with the running means of batch
   * normalisation and without dropout.
   */
  public final Tensor predict(Tensor x) {
    boolean before = training;
    training = false;
    try {
      return forwardDetached(x);
    } finally {
      training = before;
    }
  }

  /**
   * {@link #predict(Tensor)} with a graph through which gradients reach {@code x}, but none of this
   * network's parameters: how one looks for the input of a given output.
   */
  public final Tensor predictFrozen(Tensor x) {
    boolean before = training;
    training = false;
    try {
      return forwardFrozen(x);
    } finally {
      training = before;
    }
  }

  /**
   * {@link #predict(Tensor)} for each row of {@code data}, in batches, copied out of the engine.
   *
   * @param data inputs along axis 0, at least one
   * @param batch rows at a time, 1 or more
   */
  public final org.perdita.Tensor predict(Tensor data, int batch) {
    Refusal.unless(batch > 0, "Net: batch must be 1 or more, was " + batch);
    int rows = EngineTensors.shape(data)[0];
    List<org.perdita.Tensor> parts = new ArrayList<>();
    for (int from = 0; from < rows; from += batch) {
      int start = from;
      int length = Math.min(batch, rows - from);
      parts.add(
          Engine.scoped(
              () -> {
                org.perdita.Tensor part =
                    EngineTensors.view(predict(data.narrow(0, start, length)));
                return org.perdita.Tensor.of(part.toArray(), part.shape());
              }));
    }
    FloatBuffer all = FloatBuffer.allocate(parts.stream().mapToInt(org.perdita.Tensor::size).sum());
    parts.forEach(part -> all.put(part.buffer()));
    int[] shape = parts.get(0).shape();
    shape[0] = rows;
    return org.perdita.Tensor.of(all.array(), shape);
  }

  /**
   * What {@code make} makes, with {@code name} before its tensors' names: the first layer's are
   * {@code name.weight} and so on, a second one's {@code name.2.weight}. Names nest.
   */
  protected final <L> L named(String name, Supplier<L> make) {
    String around = scope;
    scope = around.isEmpty() ? name : around + "." + name;
    try {
      return make.get();
    } finally {
      scope = around;
    }
  }

  /** y = x Wᵀ + b for x {@code [n, inputs]}. */
  protected final Layer linear(int inputs, int outputs) {
    String layer = nextLayer();
    Tensor weight = drawn(layer + "weight", inputs, outputs, inputs);
    Tensor bias = drawn(layer + "bias", inputs, outputs);
    return x -> torch.linear(x, weight, bias);
  }

  /** A square two-dimensional convolution with bias over x {@code [n, inputs, h, w]}. */
  protected final Layer convolution(int inputs, int outputs, int kernel, int stride, int padding) {
    int fanIn = inputs * kernel * kernel;
    String layer = nextLayer();
    Tensor weight = drawn(layer + "weight", fanIn, outputs, inputs, kernel, kernel);
    Tensor bias = drawn(layer + "bias", fanIn, outputs);
    return convolution(weight, optional(bias), stride, padding);
  }

  /** As {@link #convolution}, without bias: for a convolution that batch normalisation follows. */
  protected final Layer plainConvolution(
      int inputs, int outputs, int kernel, int stride, int padding) {
    int fanIn = inputs * kernel * kernel;
    Tensor weight = drawn(nextLayer() + "weight", fanIn, outputs, inputs, kernel, kernel);
    return convolution(weight, own(new TensorOptional()), stride, padding);
  }

  /**
   * A transposed convolution with bias, which undoes the shape of {@link #convolution} with the
   * same numbers: {@code h} becomes {@code (h − 1) · stride − 2 · padding + kernel}.
   */
  protected final Layer transposedConvolution(
      int inputs, int outputs, int kernel, int stride, int padding) {
    int fanIn = inputs * kernel * kernel / (stride * stride);
    Tensor weight = drawn(fanIn, inputs, outputs, kernel, kernel);
    TensorOptional bias = optional(drawn(fanIn, outputs));
    long[] strides = {stride, stride};
    long[] paddings = {padding, padding};
    long[] outputPaddings = {0, 0};
    long[] dilations = {1, 1};
    return x ->
        torch.conv_transpose2d(x, weight, bias, strides, paddings, outputPaddings, 1, dilations);
  }

  private static Layer convolution(Tensor weight, TensorOptional bias, int stride, int padding) {
    long[] strides = {stride, stride};
    long[] paddings = {padding, padding};
    long[] dilations = {1, 1};
    return x -> torch.conv2d(x, weight, bias, strides, paddings, dilations, 1);
  }

  /**
   * Batch normalisation over x {@code [n, channels]} or {@code [n, channels, h, w]}: scale 1 and
   * shift 0 to begin with, ε = 1e-5, running means that take a tenth of each batch's.
   */
  protected final Layer batchNorm(int channels) {
    String layer = nextLayer();
    TensorOptional scale = optional(parameter(layer + "weight", filled(1, channels)));
    TensorOptional shift = optional(parameter(layer + "bias", filled(0, channels)));
    TensorOptional mean = optional(buffer(layer + "running_mean", filled(0, channels)));
    TensorOptional variance = optional(buffer(layer + "running_var", filled(1, channels)));
    return x ->
        torch.batch_norm(
            x,
            scale,
            shift,
            mean,
            variance,
            training,
            BATCH_NORM_MOMENTUM,
            BATCH_NORM_EPSILON,
            false);
  }

  /**
   * Instance normalisation over x {@code [n, channels, h, w]}: each channel of each sample is
   * brought to mean 0 and variance 1 over its positions, then scaled and shifted; scale 1 and shift
   * 0 to begin with, ε = 1e-5.
   */
  protected final Layer instanceNorm(int channels) {
    String layer = nextLayer();
    TensorOptional scale = optional(parameter(layer + "weight", filled(1, channels)));
    TensorOptional shift = optional(parameter(layer + "bias", filled(0, channels)));
    TensorOptional none = own(new TensorOptional());
    return x ->
        torch.instance_norm(x, scale, shift, none, none, true, 0, BATCH_NORM_EPSILON, false);
  }

  /**
   * As {@link #convolution} with the picture mirrored beyond its edges, so that they do not darken:
   * {@code h} becomes {@code ⌈h / stride⌉}.
   */
  protected final Layer mirroredConvolution(int inputs, int outputs, int kernel, int stride) {
    Layer convolution = convolution(inputs, outputs, kernel, stride, 0);
    long edge = kernel / 2;
    return x -> convolution.forward(torch.reflection_pad2d(x, edge, edge, edge, edge));
  }

  /** Each pixel as a square of {@code times} × {@code times}. */
  protected static Tensor enlarged(Tensor x, int times) {
    return torch.upsample_nearest2d(x, new long[] {times * x.size(2), times * x.size(3)});
  }

  /** While training, each number is 0 with probability {@code p} or multiplied by 1/(1 − p). */
  protected final Tensor dropout(Tensor x, double p) {
    Refusal.unless(p >= 0 && p < 1, "Net: dropout must be in [0, 1), was " + p);
    if (!training || p == 0) {
      return x;
    }
    float[] mask = new float[Math.toIntExact(x.numel())];
    float kept = (float) (1 / (1 - p));
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.nextFloat() < p ? 0 : kept;
    }
    return x.mul(EngineTensors.of(mask, x.shape()));
  }

  /** The greatest of each {@code kernel} × {@code kernel} window. */
  protected static Tensor maxPool(Tensor x, int kernel, int stride) {
    return torch.max_pool2d(
        x,
        new long[] {kernel, kernel},
        new long[] {stride, stride},
        new long[] {0, 0},
        new long[] {1, 1},
        false);
  }

  /** The mean of each {@code kernel} × {@code kernel} window. */
  protected static Tensor averagePool(Tensor x, int kernel, int stride) {
    return torch.avg_pool2d(
        x,
        new long[] {kernel, kernel},
        new long[] {stride, stride},
        new long[] {0, 0},
        false,
        true,
        new LongOptional());
  }

  /** {@code [n, c, h, w]} as {@code [n, c·h·w]}. */
  protected static Tensor flatten(Tensor x) {
    return x.flatten(1, -1);
  }

  /** A trainable tensor of this network, with {@code values} to begin with. */
  protected final Tensor parameter(Tensor values) {
    return parameter(nextLayer() + "weight", values);
  }

  /** A parameter drawn uniformly from ±1/√{@code fanIn}, the engine's own rule for its layers. */
  protected final Tensor drawn(int fanIn, long... shape) {
    return drawn(nextLayer() + "weight", fanIn, shape);
  }

  private Tensor drawn(String name, int fanIn, long... shape) {
    float bound = (float) (1 / Math.sqrt(fanIn));
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = bound * (2 * random.nextFloat() - 1);
    }
    return parameter(name, EngineTensors.of(values, shape));
  }

  private Tensor parameter(String name, Tensor values) {
    Tensor made = buffer(name, values.requires_grad_(true));
    parameters.add(made);
    return made;
  }

  /** What is kept with the parameters and not trained. */
  private Tensor buffer(String name, Tensor values) {
    Tensor made = own(values);
    state.put(name, made);
    return made;
  }

  /** What goes before the names of the next layer's tensors. */
  private String nextLayer() {
    int count = layersOfScope.merge(scope, 1, Integer::sum);
    if (scope.isEmpty()) {
      return count + ".";
    }
    return count == 1 ? scope + "." : scope + "." + count + ".";
  }

  @Override
  public final void close() {
    owned.forEach(Pointer::releaseReference);
    owned.clear();
    parameters.clear();
    state.clear();
  }

  private TensorOptional optional(Tensor tensor) {
    return own(new TensorOptional(tensor));
  }

  private <P extends Pointer> P own(P made) {
    made.retainReference();
    owned.add(made);
    return made;
  }

  private static Tensor filled(float value, int length) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return EngineTensors.of(values, length);
  }
}
