package org.perdita.lab.report.loss;

import java.util.List;
import java.util.stream.IntStream;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.lab.report.loss.LossPage.Default;
import org.perdita.lab.report.loss.LossPage.Pitfall;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.HausdorffLoss;

/** The losses on the distance to a boundary. */
final class BoundaryPages {
  private static final String PAPER =
      "Kervadec et al., “Boundary loss for highly unbalanced segmentation”, MIDL 2019, arXiv"
          + " 1812.07032";

  private BoundaryPages() {}

  static LossPage boundary() {
    return new LossPage(
        "BoundaryLoss",
        "Charges a position for its distance to the true boundary, whatever the size of the region;"
            + " beside a regional loss it moves the contours of small lesions into place.",
        "l(q) = (1 / |K|) Σ pₖ(q) φₖ(q) over the classes k in K",
        "φₖ the signed distance to the boundary of class k, below 0 inside; K the classes looked at",
        PAPER + ", equation 5",
        "logit of a voxel at the signed distance φ",
        IntStream.of(-3, -1, 2, 5)
            .mapToObj(
                phi ->
                    LossCurve.ofEntry(
                        "φ = " + phi,
                        BoundaryLoss.sigmoid(),
                        0,
                        Batch.of(Tensor.zeros(1, 1, 1), Tensor.of(new float[] {phi}, 1, 1, 1))))
            .toList(),
        List.of(
            "The best value is the mean of φ over the inside, which is negative; PERFECT_MASK counts"
                + " from there.",
            "An absent class has φ = 0: no value, no gradient."),
        List.of(
            "Prediction [n, c, …]; target the distances, a tensor of the same shape, from"
                + " SignedDistanceMap.",
            "A unit is a position; weights [n, …]."),
        List.of(
            new Default("classes", "the foreground alone", PAPER),
            new Default(
                "weight",
                "α regional + (1 − α) boundary, α from 1 down by 0.01 an epoch",
                PAPER + ", section 3")),
        List.of(
            new Pitfall(
                "A negative value is taken for an error. It is what a good mask has.",
                "asked in boundary-loss #18, #35, SegWithDistMap #7"),
            new Pitfall(
                "Alone it empties the foreground.", PAPER + ", table 1: Dice 0.321 on ISLES"),
            new Pitfall(
                "Distances cut to integers by an integer array.",
                "the authors' 2-D loader, measured: the loss changes by 2 to 7 %")),
        Snippet.of("BoundaryLoss", Snippets.boundary()));
  }

  static LossPage hausdorff() {
    Batch row =
        Batch.of(
            Tensor.of(new float[] {8, 8, 8, 0, 0, 0}, 1, 2, 3),
            Labels.of(new int[] {1, 1, 0}, 1, 3));
    return new LossPage(
        "HausdorffLoss",
        "Squared errors that weigh the more the deeper they lie inside the true or the predicted"
            + " mask, so that far outliers go first.",
        "l(q) = (1 / |K|) Σ (pₖ − yₖ)² (Dₖ² + D̂ₖ²) over the classes k in K",
        "Dₖ the distance to the nearest position outside class k, 0 outside; D̂ₖ the same of the"
            + " most probable class",
        "Karimi, Salcudean, “Reducing the Hausdorff distance in medical image segmentation”, TMI"
            + " 2019, arXiv 1904.10030, equation 8",
        "logit of the true class at a voxel two deep, the other class at 8",
        List.of(
            LossCurve.ofEntry(
                "foreground alone", HausdorffLoss.exact(ClassSelection.of(1)), 3, row),
            LossCurve.ofEntry("both classes", HausdorffLoss.exact(ClassSelection.all()), 3, row)),
        List.of("A perfect mask costs 0.", "It jumps where the most probable class changes."),
        List.of(
            "Logits [n, c, …] with one to three spatial axes, softmax; labels [n, …].",
            "A unit is a position; weights [n, …]."),
        List.of(new Default("classes", "the foreground alone", "boundary-loss repository")),
        List.of(
            new Pitfall(
                "A distance transform of the prediction at every step makes it slow. BoundaryLoss"
                    + " needs one of the target, once.",
                "SegLossOdyssey #42")),
        Snippet.of("HausdorffLoss", Snippets.hausdorff()));
  }
}
