package org.perdita.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.perdita.Labels;
import org.perdita.Target;
import org.perdita.Tensor;

/**
 * The engine's arrays as the library's, for as long as a manager lives: contiguous float32 on the
 * CPU where it lies, all else from copies that the manager holds.
 */
final class HostArrays {
  private final NDManager scratch;

  HostArrays(NDManager scratch) {
    this.scratch = scratch;
  }

  /** A dense target or class indices, as the shape says. */
  Target target(NDArray labels, int... prediction) {
    int[] shape = Shapes.of("labels", labels.getShape());
    if (Arrays.equals(shape, prediction)) {
      return floats(labels, "labels");
    }
    if (!Shapes.fitsClasses(shape, prediction)) {
      return isIndex(labels) ? classes(labels, shape) : floats(labels, "labels");
    }
    DjlLoss.check(
        prediction[1] > 1,
        "labels of shape "
            + Arrays.toString(shape)
            + " for predictions of shape "
            + Arrays.toString(prediction)
            + " are no yes or no; give them the predictions' shape");
    return classes(labels, Shapes.withoutClassAxis(shape, prediction));
  }

  /** The numbers of {@code array} in float32. */
  Tensor floats(NDArray array, String what) {
    int[] shape = Shapes.of(what, array.getShape());
    DjlLoss.check(
        array.getDataType() != DataType.STRING && array.getDataType() != DataType.UNKNOWN,
        what + " must be numbers, were of type " + array.getDataType());
    return Tensor.of(memory(array, DataType.FLOAT32).asFloatBuffer().asReadOnlyBuffer(), shape);
  }

  /** {@code array}'s own memory, to be written; it is float32, contiguous and on the CPU. */
  static Tensor written(NDArray array, int... shape) {
    return Tensor.of(direct(array).asFloatBuffer(), shape);
  }

  /** A scalar's number; copies that takes are {@code scratch}'s. */
  static double number(NDArray scalar, NDManager scratch) {
    NDArray wide = scalar.toType(DataType.FLOAT64, false);
    if (wide != scalar) {
      wide.attach(scratch);
    }
    return wide.getDouble();
  }

  private Labels classes(NDArray labels, int... shape) {
    int[] classes = new int[Math.toIntExact(labels.size())];
    if (isIndex(labels)) {
      LongBuffer wide = memory(labels, DataType.INT64).asLongBuffer();
      for (int i = 0; i < classes.length; i++) {
        classes[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide.get(i)));
      }
      return Labels.of(classes, shape);
    }
    Tensor floats = floats(labels, "labels");
    for (int i = 0; i < classes.length; i++) {
      float label = floats.get(i);
      DjlLoss.check(
          Float.isNaN(label) || label == Math.rint(label),
          "labels[" + i + "] = " + label + " is no class");
      classes[i] = Float.isNaN(label) ? -1 : (int) label; // −1 is refused where it counts
    }
    return Labels.of(classes, shape);
  }

  private static boolean isIndex(NDArray labels) {
    return labels.getDataType().isInteger();
  }

  private ByteBuffer memory(NDArray array, DataType type) {
    NDArray constant = array.stopGradient();
    constant.attach(scratch);
    NDArray host = constant.toDevice(Device.cpu(), false);
    host.attach(scratch);
    NDArray typed = host.toType(type, false);
    typed.attach(scratch);
    return direct(typed);
  }

  private static ByteBuffer direct(NDArray array) {
    return array.size() == 0 ? ByteBuffer.allocateDirect(0) : array.toByteBuffer(true);
  }
}
