package org.perdita.lab.bench;

import static org.perdita.lab.bench.Figure.atLeast;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.perdita.perceptual.Gram;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;

/**
 * Gram matrices and their gradient beside libtorch's products of matrices, at the size of a layer
 * of a VGG network. The lab takes libtorch's; {@link Gram} is for those who have no engine.
 */
final class GramProducts {
  private static final int CHANNELS = 256;
  private static final int SIDE = 64;

  private final Size size;
  private final Race race;

  GramProducts(Size size) {
    this.size = size;
    this.race = new Race(size);
  }

  /** How fast each of the two is. */
  List<Figure> figures() {
    return Engine.scoped(
        () -> {
          int c = size.side(CHANNELS);
          int side = size.side(SIDE);
          double divisor = (double) c * side * side;
          Tensor f = EngineTensors.of(drawn(1, c * side * side), 1, c, side, side);
          Tensor flat = f.view(1, c, (long) side * side);
          Tensor slope = EngineTensors.of(drawn(2, c * c), 1, c, c);
          List<Timing> times =
              race.run(
                  List.of(
                      () -> Gram.of(EngineTensors.view(f), divisor).get(0),
                      () -> Engine.scoped(() -> flat.matmul(flat.transpose(1, 2)).dim()),
                      () ->
                          Gram.backward(EngineTensors.view(f), divisor, EngineTensors.view(slope))
                              .get(0),
                      () ->
                          Engine.scoped(
                              () -> slope.add(slope.transpose(1, 2)).matmul(flat).dim())));
          String subject = String.format("Gram matrix, %d channels of %d × %d", c, side, side);
          return List.of(
              speed(subject, "of the speed of libtorch's matmul", times.get(0), times.get(1)),
              speed(subject, "gradient, of that speed", times.get(2), times.get(3)));
        });
  }

  private static Figure speed(String subject, String quantity, Timing ours, Timing libtorchs) {
    return atLeast(0.8, subject, quantity, libtorchs.cpuNanos() / ours.cpuNanos())
        .noting("the lab takes libtorch's");
  }

  private static float[] drawn(long seed, int n) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] drawn = new float[n];
    for (int i = 0; i < n; i++) {
      drawn[i] = (float) random.nextDouble();
    }
    return drawn;
  }
}
