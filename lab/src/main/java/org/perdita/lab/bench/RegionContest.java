package org.perdita.lab.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.perdita.Activation;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Loss;
import org.perdita.Reduction;
import org.perdita.matting.GradientConsistencyLoss;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.segmentation.BoundaryLoss;
import org.perdita.segmentation.ClassSelection;
import org.perdita.segmentation.DiceLoss;
import org.perdita.segmentation.SignedDistanceMap;
import org.perdita.segmentation.Spacing;

/**
 * The kernels of segmentation and matting at the sizes their goals speak of, each beside the same
 * loss from libtorch's operators where there is one, and beside what moving its numbers costs.
 * Belongs to the thread that opened it.
 */
public final class RegionContest implements AutoCloseable {

  /** What is computed. */
  public enum Kernel {
    /** Signed distances of both sides of a mask, 512 × 512. */
    DISTANCES_PLANE("signed distances, 512 × 512"),
    /** The same, 96 × 128 × 128. */
    DISTANCES_VOLUME("signed distances, 96 × 128 × 128"),
    /** The same with a spacing of 2.5, 0.97 and 0.97. */
    DISTANCES_SPACED("signed distances, 96 × 128 × 128, spacing 2.5, 0.97, 0.97"),
    /** Dice of 4 classes from probabilities, 96 × 128 × 128. */
    DICE_PROBABILITIES("Dice, 1 × 4 × 96 × 128 × 128 probabilities"),
    /** Dice of 4 classes from logits. */
    DICE_LOGITS("Dice, 1 × 4 × 96 × 128 × 128 logits"),
    /** Boundary loss of 4 classes from probabilities. */
    BOUNDARY_PROBABILITIES("boundary loss, 1 × 4 × 96 × 128 × 128 probabilities"),
    /** Gradient consistency from logits, 1024 × 1024. */
    CONSISTENCY("gradient consistency, 1024 × 1024 logits");

    private final String title;

    Kernel(String title) {
      this.title = title;
    }

    /** As a table names it. */
    String title() {
      return title;
    }

    /** Whether it is a transform, which libtorch does not have. */
    boolean isDistances() {
      return name().startsWith("DISTANCES");
    }
  }

  private static final int SIDE = 512;
  private static final int[] VOLUME = {96, 128, 128};
  private static final int CLASSES = 4;
  private static final int IMAGE = 1024;
  private static final double SMOOTH = 1e-5;

  private final Engine.Scope scope = Engine.scope();
  private final Kernel kernel;
  private final Labels mask;
  private final Batch batch;
  private final Loss loss;
  private final org.perdita.Tensor gradient;
  private final float[] moved;
  private final Tensor prediction;
  private final Tensor target;

  /** Makes the inputs of {@code kernel}. */
  public RegionContest(Kernel kernel, Size size) {
    this.kernel = kernel;
    int side = size.side(SIDE);
    int image = size.side(IMAGE);
    int[] volume = Arrays.stream(VOLUME).map(size::side).toArray();
    mask = blobs(kernel == Kernel.DISTANCES_PLANE ? new int[] {side, side} : volume);
    int[] shape =
        kernel == Kernel.CONSISTENCY
            ? new int[] {1, 1, image, image}
            : new int[] {1, CLASSES, volume[0], volume[1], volume[2]};
    boolean logits = kernel == Kernel.CONSISTENCY || kernel == Kernel.DICE_LOGITS;
    int[] own = kernel.isDistances() ? new int[] {0} : shape;
    int length = Arrays.stream(own).reduce(1, (a, b) -> a * b);
    batch =
        Batch.of(
            org.perdita.Tensor.of(drawn(1, length, logits ? 4 : 1, logits ? -2 : 0), own),
            org.perdita.Tensor.of(drawn(2, length, 1, 0), own));
    loss =
        switch (kernel) {
          case DICE_LOGITS -> DiceLoss.softmax();
          case BOUNDARY_PROBABILITIES ->
              new BoundaryLoss(
                  Activation.NONE, ClassSelection.all(), BoundaryLoss.Zero.AS_PUBLISHED);
          case CONSISTENCY -> GradientConsistencyLoss.ofLogits();
          default -> DiceLoss.ofProbabilities();
        };
    gradient = org.perdita.Tensor.zeros(own);
    moved = new float[length];
    prediction = scoped(batch.prediction());
    target = scoped((org.perdita.Tensor) batch.target());
    if (!kernel.isDistances()) {
      prediction.requires_grad_(true);
    }
  }

  private static Tensor scoped(org.perdita.Tensor tensor) {
    return EngineTensors.of(tensor);
  }

  /** How many voxels or logits one call takes. */
  public int elements() {
    return kernel.isDistances() ? mask.size() : batch.prediction().size();
  }

  /** Perdita's kernel: value and gradient, or a map. */
  public double perdita() {
    return switch (kernel) {
      case DISTANCES_PLANE, DISTANCES_VOLUME -> SignedDistanceMap.published().of(mask).get(0);
      case DISTANCES_SPACED ->
          SignedDistanceMap.published().withSpacing(Spacing.of(2.5, 0.97, 0.97)).of(mask).get(0);
      default -> loss.evaluate(batch, Reduction.mean(), gradient);
    };
  }

  /**
   * The same from libtorch's operators, differentiated by autograd.
   *
   * @throws IllegalArgumentException for distances, which libtorch has not
   */
  public double composed() {
    if (kernel.isDistances()) {
      throw new IllegalArgumentException("RegionContest: libtorch has no distance transform");
    }
    return Engine.scoped(
        () -> {
          Tensor value =
              switch (kernel) {
                case DICE_LOGITS -> dice(torch.softmax(prediction, 1));
                case BOUNDARY_PROBABILITIES -> prediction.mul(target).mean();
                case CONSISTENCY -> consistency(prediction.sigmoid());
                default -> dice(prediction);
              };
          Tensor slope = torch.grad(new TensorVector(value), new TensorVector(prediction)).get(0);
          return value.item_double() + 0 * slope.dim();
        });
  }

  /** The memory floor: one loop that reads prediction and target and writes as much. */
  double moving() {
    float[] x = batch.prediction().buffer().array();
    float[] y = ((org.perdita.Tensor) batch.target()).buffer().array();
    move(x, y, moved);
    return moved[0];
  }

  private static void move(float[] x, float[] y, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(3, x[i], y[i]);
    }
  }

  private Tensor dice(Tensor p) {
    long[] space = {2, 3, 4};
    Tensor both = p.mul(target).sum(space, false, new ScalarTypeOptional());
    Tensor sizes = p.add(target).sum(space, false, new ScalarTypeOptional());
    Scalar smooth = new Scalar(SMOOTH);
    Tensor overlap = both.mul(new Scalar(2.0)).add(smooth).div(sizes.add(smooth));
    return torch.rsub(overlap, new Scalar(1.0)).mean();
  }

  private Tensor consistency(Tensor p) {
    Tensor kernels =
        EngineTensors.of(
            new float[] {-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1}, 2, 1, 3, 3);
    Tensor m = convolved(p, kernels);
    Tensor i = convolved(target, kernels);
    Tensor length = lengths(m);
    Tensor cosine =
        m.mul(i).sum(new long[] {1}, true, new ScalarTypeOptional()).div(length).div(lengths(i));
    Tensor lack = torch.rsub(cosine.mul(cosine), new Scalar(1.0));
    return length.mul(lack).sum().div(length.sum());
  }

  private static Tensor convolved(Tensor x, Tensor kernels) {
    long[] one = {1, 1};
    return torch.conv2d(x, kernels, new TensorOptional(), one, new long[] {0, 0}, one, 1);
  }

  private static Tensor lengths(Tensor g) {
    return g.mul(g)
        .sum(new long[] {1}, true, new ScalarTypeOptional())
        .add(new Scalar(1e-6))
        .sqrt();
  }

  private static float[] drawn(long seed, int n, float spread, float least) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] drawn = new float[n];
    for (int i = 0; i < n; i++) {
      drawn[i] = least + spread * (float) random.nextDouble();
    }
    return drawn;
  }

  /** Thirty balls. */
  static Labels blobs(int... shape) {
    SplittableRandom random = new SplittableRandom(3);
    int depth = shape.length == 3 ? shape[0] : 1;
    int height = shape[shape.length - 2];
    int width = shape[shape.length - 1];
    int[] mask = new int[depth * height * width];
    for (int ball = 0; ball < 30; ball++) {
      int z = random.nextInt(depth);
      int y = random.nextInt(height);
      int x = random.nextInt(width);
      int radius = 2 + random.nextInt(height / 6);
      for (int line = 0; line < depth * height; line++) {
        int dz = line / height - z;
        int dy = line % height - y;
        int left = radius * radius - dz * dz - dy * dy;
        int reach = left > 0 ? (int) Math.ceil(Math.sqrt(left)) - 1 : -1;
        for (int i = Math.max(0, x - reach); i <= Math.min(width - 1, x + reach); i++) {
          mask[line * width + i] = 1;
        }
      }
    }
    return Labels.of(mask, shape);
  }

  @Override
  public void close() {
    scope.close();
  }
}
