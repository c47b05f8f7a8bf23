package org.perdita.pytorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Target;

/**
 * Gradients at several outputs, sent through the engine's graph in one backward.
 *
 * <pre>{@code
 * BackwardPass pass = new BackwardPass();
 * double value = pass.add(classLoss, scores, labels, null) + pass.add(boxLoss, boxes, targets, null);
 * pass.run();
 * }</pre>
 *
 * <p>Used within one scope: outputs and gradients belong to the scope open while they are added.
 */
public final class BackwardPass {
  private final GradientMemory memory;
  private final List<Tensor> outputs = new ArrayList<>();
  private final List<Tensor> gradients = new ArrayList<>();
  private final List<Tensor> blocks = new ArrayList<>();

  /** An empty pass. */
  public BackwardPass() {
    Engine.start();
    memory = GradientMemory.ofThread();
  }

  /**
   * Evaluates {@code loss} at {@code prediction} and remembers its gradient for {@link #run}.
   *
   * @return the value
   */
  public double add(
      EngineLoss loss, Tensor prediction, Target target, org.perdita.@Nullable Tensor weights) {
    Tensor block = memory.take(EngineTensors.floating(prediction, "prediction").numel());
    blocks.add(block);
    Tensor gradient = block.view(prediction.shape());
    double value =
        Engine.scoped(
            () ->
                loss.loss()
                    .evaluate(
                        new Batch(
                            EngineTensors.raw(EngineTensors.hosted(prediction)), target, weights),
                        loss.reduction(),
                        EngineTensors.raw(gradient)));
    outputs.add(prediction);
    gradients.add(gradient);
    return value;
  }

  /**
   * Remembers a gradient that was computed elsewhere, such as one of the two of a critic's loss.
   *
   * @param gradient d value / d output, shaped like the output; copied
   */
  public void add(Tensor output, org.perdita.Tensor gradient) {
    sameShape(EngineTensors.floating(output, "output"), gradient.shape());
    outputs.add(output);
    gradients.add(EngineTensors.of(gradient));
  }

  /**
   * As {@link #add(Tensor, org.perdita.Tensor)}, the gradient in the engine, with which it was
   * computed; {@link #run} closes it.
   */
  public void add(Tensor output, Tensor gradient) {
    sameShape(
        EngineTensors.floating(output, "output"),
        EngineTensors.shape(EngineTensors.floating(gradient, "gradient")));
    outputs.add(output);
    gradients.add(gradient);
  }

  private static void sameShape(Tensor output, int[] gradient) {
    int[] shape = EngineTensors.shape(output);
    Refusal.unless(
        Arrays.equals(shape, gradient),
        "BackwardPass: gradient has shape "
            + Arrays.toString(gradient)
            + ", output has shape "
            + Arrays.toString(shape));
  }

  /**
   * Sends what was added through the graph, adding to the gradients of the parameters, and forgets
   * it.
   *
   * @throws EngineException if an output has no graph
   */
  public void run() {
    try {
      Engine.scoped(
          () -> {
            TensorVector at = new TensorVector(outputs.toArray(Tensor[]::new));
            TensorVector with = new TensorVector();
            for (int i = 0; i < outputs.size(); i++) {
              with.push_back(likeOutput(gradients.get(i), outputs.get(i)));
            }
            torch.backward(at, with, new BoolOptional(), false, new TensorVector());
          });
    } finally {
      gradients.forEach(Tensor::close);
      blocks.forEach(memory::giveBack);
      outputs.clear();
      gradients.clear();
      blocks.clear();
    }
  }

  /** {@code gradient} in the output's type and on its device. */
  private static Tensor likeOutput(Tensor gradient, Tensor output) {
    return EngineTensors.viewable(output) && EngineTensors.viewable(gradient)
        ? gradient
        : gradient.to(output.device(), output.scalar_type());
  }
}
