package org.perdita.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * What exponentials and logarithms do to the bits of a tile's floats.
 *
 * <p>C2 turns loops over floats into SIMD, and loops over ints, but none in which a number is now
 * one and now the other. So a tile goes through an array of bytes, which is floats on its way in
 * and out and ints in between: two copies more, and a quarter of the scalar loop's time. The loops
 * use a {@link VarHandle}, for the same ones over an {@link java.nio.IntBuffer} stay scalar.
 */
final class TileBits {
  /** Where a float's exponent is counted up, so that mantissas lie in [2/3, 4/3). */
  private static final int TWO_THIRDS = 0x3F2AAAAB;

  private static final int EXPONENT = 0xFF800000;

  private static final int ROUND = Float.floatToRawIntBits(TileMath.ROUND);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private static final ThreadLocal<TileBits> OWN = ThreadLocal.withInitial(TileBits::new);

  private final byte[] bits = new byte[Tile.LENGTH * Float.BYTES];
  private final FloatBuffer floats =
      ByteBuffer.wrap(bits).order(ByteOrder.nativeOrder()).asFloatBuffer();
  private final float[] exponent = new float[Tile.LENGTH];

  private TileBits() {}

  /** This thread's. */
  static TileBits own() {
    return OWN.get();
  }

  /**
   * {@code a} = 2<sup>k</sup> for −127 ≤ k ≤ 128, where it holds {@link TileMath#ROUND} + k:
   * shifting the sum's bits drops all but k. 2<sup>−127</sup> counts as 0, 2<sup>128</sup> is
   * infinite.
   */
  void powersOfTwo(float[] a, int n) {
    floats.put(0, a, 0, n);
    toPowers(bits, n);
    floats.get(0, a, 0, n);
  }

  /** Positive normal {@code a} becomes its mantissa in [2/3, 4/3); k += its binary exponent. */
  void split(float[] a, float[] k, int n) {
    floats.put(0, a, 0, n);
    toExponents(bits, n);
    floats.get(0, exponent, 0, n);
    floats.put(0, a, 0, n);
    toMantissas(bits, n);
    floats.get(0, a, 0, n);
    addExponents(exponent, k, n);
  }

  private static void toPowers(byte[] bits, int n) {
    for (int j = 0; j < n; j++) {
      int rounded = (int) INT.get(bits, j << 2);
      INT.set(bits, j << 2, (rounded + 127) << 23);
    }
  }

  private static void toExponents(byte[] bits, int n) {
    for (int j = 0; j < n; j++) {
      int all = (int) INT.get(bits, j << 2);
      INT.set(bits, j << 2, ((all - TWO_THIRDS) >> 23) + ROUND);
    }
  }

  private static void toMantissas(byte[] bits, int n) {
    for (int j = 0; j < n; j++) {
      int all = (int) INT.get(bits, j << 2);
      INT.set(bits, j << 2, all - ((all - TWO_THIRDS) & EXPONENT));
    }
  }

  private static void addExponents(float[] rounded, float[] k, int n) {
    for (int j = 0; j < n; j++) {
      k[j] += rounded[j] - TileMath.ROUND;
    }
  }
}
