package org.perdita.lab.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * A workload with its inputs in memory, and its entrants ready to be called. Perdita writes the
 * gradient into memory of the caller's; libtorch allocates its own at every call, as its users see
 * it. Belongs to the thread that opened it.
 */
public final class Contest implements AutoCloseable {
  private final Engine.Scope scope = Engine.scope();
  private final Map<Entrant, DoubleSupplier> entrants = new EnumMap<>(Entrant.class);

  /** Makes the inputs. */
  Contest(Workload workload) {
    Inputs inputs = new Inputs(workload);
    enter(Entrant.HEAP, workload, inputs.heap(), inputs.heapGradient());
    enter(Entrant.DIRECT, workload, inputs.direct(), inputs.directGradient());

    Batch batch = inputs.heap();
    Tensor logits = EngineTensors.of(batch.prediction()).requires_grad_(true);
    Tensor target =
        batch.target() instanceof Labels labels
            ? EngineTensors.of(labels.buffer().array(), labels.size())
            : EngineTensors.of((org.perdita.Tensor) batch.target());
    enter(Entrant.COMPOSED, workload.composition(), logits, target);
    Composition fused = workload.fused();
    if (fused != null) {
      enter(Entrant.FUSED, fused, logits, target);
    }
  }

  private void enter(Entrant who, Workload workload, Batch batch, org.perdita.Tensor gradient) {
    entrants.put(who, () -> workload.loss().evaluate(batch, workload.reduction(), gradient));
  }

  private void enter(Entrant who, Composition composition, Tensor logits, Tensor target) {
    entrants.put(who, () -> Engine.scoped(() -> composition.evaluate(logits, target).value()));
  }

  /** The sigmoid focal loss, alpha 0.25, with dense targets, summed. */
  public static Contest focal(double gamma, int elements) {
    return new Contest(Workloads.focal(gamma, elements));
  }

  /** Softmax cross-entropy with class-index targets, mean over rows. */
  public static Contest crossEntropy(int rows, int classes) {
    return new Contest(Workloads.crossEntropy(rows, classes));
  }

  /** The bi-tempered loss with class-index targets, mean over rows. */
  public static Contest biTempered(double t1, double t2, int rows, int classes) {
    return new Contest(Workloads.biTempered(t1, t2, rows, classes));
  }

  /** One call each: value and gradient, the value returned. */
  Map<Entrant, DoubleSupplier> entrants() {
    return entrants;
  }

  /**
   * One call of {@code who}.
   *
   * @return the value
   * @throws IllegalArgumentException if {@code who} does not take part
   */
  public double call(Entrant who) {
    DoubleSupplier entrant = entrants.get(who);
    if (entrant == null) {
      throw new IllegalArgumentException("Contest: " + who + " does not take part");
    }
    return entrant.getAsDouble();
  }

  @Override
  public void close() {
    scope.close();
  }
}
