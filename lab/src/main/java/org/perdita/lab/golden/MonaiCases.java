package org.perdita.lab.golden;

import java.util.Arrays;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Loss;
import org.perdita.Target;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.EmptyClass;
import org.perdita.segmentation.GeneralizedDiceLoss;
import org.perdita.segmentation.Pooling;
import org.perdita.segmentation.Smooth;
import org.perdita.segmentation.TverskyLoss;

/**
 * Cases about MONAI's regional losses: inputs {@code input} [n, c, d…] and {@code target}, one-hot
 * or soft, of the same shape, or [n, 1, d…] labels with {@code to_onehot_y}.
 */
final class MonaiCases {
  private static final double SMOOTH = 1e-5;

  private MonaiCases() {}

  static Computed dice(GoldenCase golden) {
    boolean squares = golden.flag("squared_pred");
    boolean jaccard = golden.flag("jaccard");
    DiceLoss.Form form =
        squares
            ? jaccard ? DiceLoss.Form.SQUARED_JACCARD : DiceLoss.Form.SQUARED_DICE
            : jaccard ? DiceLoss.Form.JACCARD : DiceLoss.Form.DICE;
    Loss loss =
        new DiceLoss(
            activation(golden),
            classes(golden),
            pooling(golden),
            form,
            smooth(golden),
            EmptyClass.AS_FORMULA);
    return computed(loss, golden, 0, true);
  }

  static Computed generalizedDice(GoldenCase golden) {
    GeneralizedDiceLoss.Size size =
        switch (golden.words("w_type")) {
          case "", "square" -> GeneralizedDiceLoss.Size.INVERSE_SQUARE;
          case "simple" -> GeneralizedDiceLoss.Size.INVERSE;
          case "uniform" -> GeneralizedDiceLoss.Size.UNIFORM;
          default -> throw golden.refusal("params.w_type", "is not one of square, simple, uniform");
        };
    Loss loss =
        new GeneralizedDiceLoss(
            activation(golden),
            classes(golden),
            pooling(golden),
            size,
            GeneralizedDiceLoss.Absent.LARGEST_PRESENT,
            smooth(golden));
    return computed(loss, golden, 1, true);
  }

  static Computed tversky(GoldenCase golden) {
    Loss loss =
        new TverskyLoss(
            activation(golden),
            classes(golden),
            pooling(golden),
            golden.param("alpha", 0.5),
            golden.param("beta", 0.5),
            1,
            smooth(golden),
            EmptyClass.AS_FORMULA);
    return computed(loss, golden, 0, false);
  }

  /**
   * @param units how many units a sample has; 0 for one a class that is looked at
   * @param axes whether the value keeps an axis of length 1 for each spatial one
   */
  private static Computed computed(Loss loss, GoldenCase golden, int units, boolean axes) {
    GoldenArray x = golden.input("input");
    int[] shape = x.shape();
    int looked = golden.flag("include_background", true) ? shape[1] : shape[1] - 1;
    int[] own = new int[axes ? shape.length : 2];
    Arrays.fill(own, 1);
    own[0] = shape[0];
    own[1] = units == 0 ? looked : units;
    int[] value = golden.flag("batch") ? Arrays.copyOfRange(own, 1, own.length) : own;
    return Computed.of(loss, Batch.of(x.tensor(), target(golden, shape)), golden, value, "input");
  }

  private static Target target(GoldenCase golden, int... shape) {
    GoldenArray target = golden.input("target");
    if (!golden.flag("to_onehot_y")) {
      return target.tensor();
    }
    int[] positions = new int[shape.length - 1];
    positions[0] = shape[0];
    System.arraycopy(shape, 2, positions, 1, shape.length - 2);
    return target.labels(positions);
  }

  private static Activation activation(GoldenCase golden) {
    return golden.flag("softmax")
        ? Activation.SOFTMAX
        : golden.flag("sigmoid") ? Activation.SIGMOID : Activation.NONE;
  }

  private static ClassSelection classes(GoldenCase golden) {
    return golden.flag("include_background", true)
        ? ClassSelection.all()
        : ClassSelection.withoutBackground(golden.input("input").shape()[1]);
  }

  private static Pooling pooling(GoldenCase golden) {
    return golden.flag("batch") ? Pooling.BATCH : Pooling.SAMPLE;
  }

  private static Smooth smooth(GoldenCase golden) {
    return new Smooth(golden.param("smooth_nr", SMOOTH), golden.param("smooth_dr", SMOOTH));
  }
}
