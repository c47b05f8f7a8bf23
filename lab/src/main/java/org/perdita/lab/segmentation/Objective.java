package org.perdita.lab.segmentation;

import java.util.List;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.Tensor;
import org.perdita.segmentation.WeightSchedule;

/** What a segmentation network is trained to lower; it may change from epoch to epoch. */
interface Objective {

  /**
   * Value and gradient.
   *
   * @param labels of the slices
   * @param maps signed distances of both classes
   * @param epoch counted from 0
   * @param gradient overwritten
   */
  double evaluate(Tensor logits, Labels labels, Tensor maps, int epoch, Tensor gradient);

  /** As a report prints it. */
  String words();

  /** One loss of the labels, always. */
  static Objective of(Loss loss) {
    return new Objective() {
      @Override
      public double evaluate(Tensor x, Labels y, Tensor maps, int epoch, Tensor gradient) {
        return loss.evaluate(Batch.of(x, y), Reduction.mean(), gradient);
      }

      @Override
      public String words() {
        return loss.toString();
      }
    };
  }

  /** One loss of the distances, always. */
  static Objective ofDistances(Loss loss) {
    return new Objective() {
      @Override
      public double evaluate(Tensor x, Labels y, Tensor maps, int epoch, Tensor gradient) {
        return loss.evaluate(Batch.of(x, maps), Reduction.mean(), gradient);
      }

      @Override
      public String words() {
        return loss.toString();
      }
    };
  }

  /** A loss of the labels and one of the distances, weighted by {@code schedule}. */
  static Objective scheduled(WeightSchedule schedule, Loss regional, Loss boundary) {
    return new Objective() {
      @Override
      public double evaluate(Tensor x, Labels y, Tensor maps, int epoch, Tensor gradient) {
        return schedule
            .at(epoch)
            .of(regional, boundary)
            .evaluate(List.of(Batch.of(x, y), Batch.of(x, maps)), Reduction.mean(), gradient);
      }

      @Override
      public String words() {
        return schedule + " of " + regional + " and " + boundary;
      }
    };
  }
}
