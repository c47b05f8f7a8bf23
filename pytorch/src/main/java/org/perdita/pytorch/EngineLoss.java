package org.perdita.pytorch;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Target;

/**
 * A loss on the engine's tensors: its value, and its gradient handed to the engine's autograd.
 *
 * <pre>{@code
 * EngineLoss loss = new EngineLoss(FocalLoss.retinaNet(), Reduction.perPositive(positives));
 * double value = loss.backward(net.forward(x), labels);     // as loss.backward() in the engine
 * }</pre>
 *
 * <p>The loss reads a contiguous float32 prediction on the CPU where it lies and writes the
 * gradient into engine memory. Other floating predictions are copied to float32 on the host, and
 * the gradient back to their type and device; the loss is then computed in float.
 */
public record EngineLoss(Loss loss, Reduction reduction) {

  /**
   * Evaluates the loss and adds d value / d parameter to the gradient of each parameter that the
   * prediction came from.
   *
   * @param prediction what a network gave, with its graph
   * @return the value
   * @throws IllegalArgumentException if the loss refuses the batch, or the prediction is freed,
   *     undefined, empty or not of a floating type
   * @throws EngineException if the engine refuses, as when the prediction has no graph
   */
  public double backward(Tensor prediction, Target target) {
    return backward(prediction, target, null);
  }

  /**
   * As {@link #backward(Tensor, Target)}, with a weight for each unit.
   *
   * @param weights as {@link org.perdita.Batch#weights}
   */
  public double backward(Tensor prediction, Target target, org.perdita.@Nullable Tensor weights) {
    return Engine.scoped(
        () -> {
          BackwardPass pass = new BackwardPass();
          double value = pass.add(this, prediction, target, weights);
          pass.run();
          return value;
        });
  }

  /** The value alone; nothing is added to any gradient. */
  public double value(Tensor prediction, Target target) {
    return value(prediction, target, null);
  }

  /** As {@link #value(Tensor, Target)}, with a weight for each unit. */
  public double value(Tensor prediction, Target target, org.perdita.@Nullable Tensor weights) {
    return Engine.scoped(
        () -> {
          Tensor host = EngineTensors.hosted(EngineTensors.floating(prediction, "prediction"));
          return loss.value(new Batch(EngineTensors.raw(host), target, weights), reduction);
        });
  }
}
