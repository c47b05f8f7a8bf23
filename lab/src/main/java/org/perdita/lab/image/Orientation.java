package org.perdita.lab.image;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a camera was held: the orientation, from 1 to 8, in a JPEG's EXIF header. */
final class Orientation {
  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112;

  private Orientation() {}

  /** The orientation; 1 where the file is no JPEG or does not say, or says nonsense. */
  static int of(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readUnsignedShort() != 0xffd8) {
        return UPRIGHT;
      }
      while (true) {
        int marker = in.readUnsignedShort();
        int length = in.readUnsignedShort() - 2;
        if (marker < 0xffe0 || marker > 0xfffe || length < 0) {
          return UPRIGHT;
        }
        byte[] segment = in.readNBytes(length);
        if (marker == 0xffe1) {
          int found = exif(segment);
          if (found != 0) {
            return found;
          }
        }
      }
    } catch (EOFException e) {
      return UPRIGHT;
    }
  }

  /** The orientation in an EXIF segment, or 0. */
  private static int exif(byte[] segment) {
    ByteBuffer b = ByteBuffer.wrap(segment);
    if (segment.length < 14 || b.getInt(0) != 0x45786966) {
      return 0;
    }
    ByteBuffer tiff = b.slice(6, segment.length - 6);
    tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long first = tiff.getInt(4) & 0xffffffffL;
    if (first + 2 > tiff.limit()) {
      return 0;
    }
    int at = (int) first;
    int entries = tiff.getShort(at) & 0xffff;
    for (int i = 0; i < entries && at + 2 + 12 * (i + 1) <= tiff.limit(); i++) {
      int entry = at + 2 + 12 * i;
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int value = tiff.getShort(entry + 8) & 0xffff;
        return value <= 8 ? value : UPRIGHT;
      }
    }
    return 0;
  }
}
