package org.perdita.laws;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.perdita.Batch;
import org.perdita.Labels;
import org.perdita.Target;
import org.perdita.Tensor;

/** Batches made of some samples of another: entries along axis 0, in any order. */
final class Samples {
  private Samples() {}

  static int count(Batch batch) {
    return batch.prediction().length(0);
  }

  static Batch range(Batch batch, int from, int to) {
    return take(batch, IntStream.range(from, to).toArray());
  }

  static Batch reversed(Batch batch) {
    int n = count(batch);
    return take(batch, IntStream.range(0, n).map(i -> n - 1 - i).toArray());
  }

  private static Batch take(Batch batch, int[] samples) {
    Tensor w = batch.weights();
    return new Batch(
        take(batch.prediction(), samples),
        take(batch.target(), samples),
        w == null ? null : take(w, samples));
  }

  private static Target take(Target target, int[] samples) {
    if (target instanceof Tensor tensor) {
      return take(tensor, samples);
    }
    Labels labels = (Labels) target;
    int[] shape = labels.shape();
    int each = labels.size() / shape[0];
    int[] data = new int[samples.length * each];
    for (int i = 0; i < data.length; i++) {
      data[i] = labels.get(samples[i / each] * each + i % each);
    }
    shape[0] = samples.length;
    return Labels.of(data, shape);
  }

  static Tensor take(Tensor tensor, int[] samples) {
    int[] shape = tensor.shape();
    int each = tensor.size() / shape[0];
    float[] data = new float[samples.length * each];
    for (int i = 0; i < data.length; i++) {
      data[i] = tensor.get(samples[i / each] * each + i % each);
    }
    shape[0] = samples.length;
    return Tensor.of(data, shape);
  }

  /** The same numbers in direct memory. */
  static Batch direct(Batch batch) {
    Target target = batch.target();
    return new Batch(
        direct(batch.prediction()),
        target instanceof Tensor tensor ? direct(tensor) : target,
        directOrNull(batch.weights()));
  }

  private static @Nullable Tensor directOrNull(@Nullable Tensor tensor) {
    return tensor == null ? null : direct(tensor);
  }

  static Tensor direct(Tensor tensor) {
    FloatBuffer memory =
        ByteBuffer.allocateDirect(4 * tensor.size()).order(ByteOrder.nativeOrder()).asFloatBuffer();
    memory.put(0, tensor.toArray());
    return Tensor.of(memory, tensor.shape());
  }
}
