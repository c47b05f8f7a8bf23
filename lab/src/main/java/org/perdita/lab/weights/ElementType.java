package org.perdita.lab.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element types of the format that are known here; all little-endian. */
public enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element. */
  int bytes() {
    return bytes;
  }

  /** The elements of {@code raw}, each as the nearest float. */
  float[] floats(byte[] raw) {
    ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[raw.length / bytes];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = next(in);
    }
    return floats;
  }

  private float next(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> half(in.getShort());
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case I64 -> in.getLong();
      case I32 -> in.getInt();
      case I16 -> in.getShort();
      case I8 -> in.get();
      case U8 -> in.get() & 0xff;
      case BOOL -> in.get() == 0 ? 0 : 1;
    };
  }

  /** IEEE 754 binary16, which Java 17 has no conversion for. */
  static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> (1024 + fraction) * Math.scalb(1f, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }
}
