package org.perdita.xgboost;

import java.io.Serializable;
import org.perdita.CurvedLoss;
import org.perdita.Tensor;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.BinaryBiTemperedLoss;
import org.perdita.classification.BinaryCrossEntropyLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.classification.FocalLoss;
import org.perdita.classification.FocalStarLoss;
import org.perdita.classification.SoftmaxFocalLoss;
import org.perdita.classification.TemperedSigmoid;
import org.perdita.classification.TemperedSoftmax;

/** From margins, which trees add up, to probabilities. */
@FunctionalInterface
public interface Link extends Serializable {

  /** The probabilities of {@code margins}, in their shape and new memory. */
  Tensor probabilities(Tensor margins);

  /**
   * The link a loss trains: the sigmoid or softmax, tempered for the bi-tempered losses.
   *
   * @throws IllegalArgumentException for a loss that is not this library's
   */
  static Link of(CurvedLoss loss) {
    if (loss instanceof BinaryBiTemperedLoss tempered) {
      return tempered::predict;
    }
    if (loss instanceof BiTemperedLoss tempered) {
      return tempered::predict;
    }
    if (loss instanceof CrossEntropyLoss || loss instanceof SoftmaxFocalLoss) {
      return margins -> new TemperedSoftmax(1).of(margins);
    }
    if (loss instanceof BinaryCrossEntropyLoss
        || loss instanceof FocalLoss
        || loss instanceof FocalStarLoss) {
      return margins -> new TemperedSigmoid(1).of(margins);
    }
    throw new IllegalArgumentException(
        "LossObjective: the link of " + loss + " is not known; give one with withLink");
  }
}
