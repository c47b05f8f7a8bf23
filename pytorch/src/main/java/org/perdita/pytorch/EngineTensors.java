package org.perdita.pytorch;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.perdita.Labels;
import org.perdita.Target;

/**
 * The engine's tensors as the library's, and back.
 *
 * <p>A contiguous float32 tensor on the CPU is viewed where it lies. Any other floating tensor –
 * another precision, a transposed one, one on a CUDA device – is copied to contiguous float32 on
 * the host first, and its gradient is copied back.
 */
public final class EngineTensors {
  private static final Cleaner CLEANER = Cleaner.create();

  private EngineTensors() {}

  /**
   * Reads {@code tensor} in place where that can be, from a copy elsewhere.
   *
   * <p>The view is read-only, because a write would pass autograd by. It keeps the memory it shows
   * alive for as long as it is reachable, itself or through its buffer, so it stays readable after
   * the tensor's scope has closed; hold it no longer than it is needed.
   *
   * @throws IllegalArgumentException if the tensor is freed, undefined, empty, not of a floating
   *     type, or of 2 GiB or more
   */
  public static org.perdita.Tensor view(Tensor tensor) {
    Engine.start();
    Tensor host = Engine.scoped(() -> hosted(floating(tensor, "tensor")));
    host.retainReference();
    // Every buffer derived from this one keeps it reachable, and the cleaner waits for it.
    ByteBuffer memory = memory(host);
    CLEANER.register(memory, host::releaseReference);
    return org.perdita.Tensor.of(memory.asFloatBuffer().asReadOnlyBuffer(), shape(host));
  }

  /**
   * The class indices in an integer tensor, copied.
   *
   * @throws IllegalArgumentException if the tensor is freed, undefined, empty or not of an integer
   *     type
   */
  public static Labels labels(Tensor tensor) {
    ScalarType type = type(checked(tensor, "labels"));
    Refusal.unless(isIndex(type), "EngineTensors: labels must be of an integer type, was " + type);
    return Engine.scoped(
        () -> {
          LongBuffer wide = memory(tensor.to(cpu(), ScalarType.Long).contiguous()).asLongBuffer();
          int[] narrow = new int[wide.remaining()];
          for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide.get(i)));
          }
          return Labels.of(narrow, shape(tensor));
        });
  }

  /** {@link #labels} of an integer tensor, {@link #view} of any other. */
  public static Target target(Tensor tensor) {
    return isIndex(type(checked(tensor, "target"))) ? labels(tensor) : view(tensor);
  }

  /** A new float32 tensor holding a copy of {@code data}. */
  public static Tensor of(float[] data, long... shape) {
    return of(FloatBuffer.wrap(data), shape);
  }

  /** A new float32 tensor holding a copy of {@code tensor}. */
  public static Tensor of(org.perdita.Tensor tensor) {
    return of(tensor.buffer(), Arrays.stream(tensor.shape()).asLongStream().toArray());
  }

  private static Tensor of(FloatBuffer data, long... shape) {
    Tensor made = empty(ScalarType.Float, data.remaining(), shape);
    if (data.hasRemaining()) {
      memory(made).asFloatBuffer().put(data);
    }
    return made;
  }

  /** A new uint8 tensor holding a copy of {@code data}, for images kept small in memory. */
  public static Tensor of(byte[] data, long... shape) {
    Tensor made = empty(ScalarType.Byte, data.length, shape);
    if (data.length > 0) {
      memory(made).put(data);
    }
    return made;
  }

  /**
   * A new int64 tensor holding a copy of {@code data}, for the engine's own indexing and losses.
   */
  public static Tensor of(int[] data, long... shape) {
    Tensor made = empty(ScalarType.Long, data.length, shape);
    if (data.length > 0) {
      LongBuffer memory = memory(made).asLongBuffer();
      for (int value : data) {
        memory.put(value);
      }
    }
    return made;
  }

  /** A new tensor of the rows of {@code data} that {@code indices} names, in that order. */
  public static Tensor rows(Tensor data, int... indices) {
    checked(data, "data");
    return Engine.scoped(() -> data.index_select(0, of(indices, indices.length)));
  }

  /** {@code tensor}, if it can be read as floats. */
  static Tensor floating(Tensor tensor, String what) {
    checked(tensor, what);
    Refusal.unless(
        tensor.is_floating_point(),
        "EngineTensors: " + what + " must be of a floating type, was " + type(tensor));
    Refusal.unless(
        tensor.numel() < Integer.MAX_VALUE / Float.BYTES,
        "EngineTensors: "
            + what
            + " must be smaller than 2 GiB, has "
            + tensor.numel()
            + " floats");
    return tensor;
  }

  /** Contiguous float32 on the host: {@code tensor}'s own memory where it is that, else a copy. */
  static Tensor hosted(Tensor tensor) {
    return viewable(tensor)
        ? tensor.detach()
        : tensor.detach().to(cpu(), ScalarType.Float).contiguous().resolve_neg();
  }

  /** Whether {@code tensor} holds float64. */
  static boolean isDouble(Tensor tensor) {
    return type(tensor) == ScalarType.Double;
  }

  /** A copy of a float64 tensor's numbers, row-major. */
  static double[] doubles(Tensor tensor) {
    return Engine.scoped(
        () -> {
          double[] copy = new double[Math.toIntExact(tensor.numel())];
          memory(tensor.detach().to(cpu(), ScalarType.Double).contiguous())
              .asDoubleBuffer()
              .get(copy);
          return copy;
        });
  }

  /** Whether {@code tensor}'s memory is row-major floats on the host. */
  static boolean viewable(Tensor tensor) {
    return type(tensor) == ScalarType.Float
        && tensor.is_cpu()
        && tensor.is_contiguous()
        && !tensor.is_neg();
  }

  /** The memory of a hosted tensor, for as long as the tensor lives. */
  static org.perdita.Tensor raw(Tensor hosted) {
    return org.perdita.Tensor.of(memory(hosted).asFloatBuffer(), shape(hosted));
  }

  static int[] shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray();
  }

  private static Tensor checked(Tensor tensor, String what) {
    Engine.start();
    Refusal.unless(!tensor.isNull(), "EngineTensors: " + what + " was freed with its scope");
    Refusal.unless(tensor.defined(), "EngineTensors: " + what + " is undefined");
    Refusal.unless(
        tensor.numel() > 0,
        "EngineTensors: " + what + " is empty, shape " + Arrays.toString(tensor.shape()));
    return tensor;
  }

  private static ScalarType type(Tensor tensor) {
    return tensor.scalar_type().intern();
  }

  private static boolean isIndex(ScalarType type) {
    return switch (type) {
      case Byte, Char, Short, Int, Long -> true;
      default -> false;
    };
  }

  private static Device cpu() {
    return new Device(DeviceType.CPU);
  }

  private static Tensor empty(ScalarType type, int size, long... shape) {
    Engine.start();
    long product = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Refusal.unless(
        product == size && Arrays.stream(shape).allMatch(length -> length >= 0),
        "EngineTensors: shape must be of "
            + size
            + " entries in all, was "
            + Arrays.toString(shape));
    return torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
  }

  private static ByteBuffer memory(Tensor contiguous) {
    return new BytePointer(contiguous.data_ptr()).capacity(contiguous.nbytes()).asByteBuffer();
  }
}
