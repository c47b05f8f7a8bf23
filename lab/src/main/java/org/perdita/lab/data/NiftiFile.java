package org.perdita.lab.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.perdita.lab.experiment.Refusal;

/**
 * NIfTI-1 volumes in one file, {@code .nii} or {@code .nii.gz}: every integer and float type, both
 * byte orders, scaled as the header says. A fourth and later axes must have length 1.
 *
 * <p>Nothing is believed: sizes are held against the file before memory is taken, which grows as
 * voxels arrive, so a small file that claims much costs little.
 */
public final class NiftiFile {
  private static final int HEADER = 348;
  private static final int MOST_VOXELS = 1 << 28;
  private static final int PIECE = 1 << 16;

  // Where fields stand in the header.
  private static final int DIM = 40;
  private static final int DATATYPE = 70;
  private static final int BITPIX = 72;
  private static final int PIXDIM = 76;
  private static final int VOX_OFFSET = 108;
  private static final int SLOPE = 112;
  private static final int INTERCEPT = 116;
  private static final int UNITS = 123;
  private static final int QFORM = 252;
  private static final int SFORM = 254;
  private static final int SROW = 280;
  private static final int MAGIC = 344;

  private NiftiFile() {}

  /** How a voxel is written. */
  private enum Type {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    final int code;
    final int bytes;

    Type(int code, int bytes) {
      this.code = code;
      this.bytes = bytes;
    }

    double next(ByteBuffer from) {
      return switch (this) {
        case UINT8 -> from.get() & 0xff;
        case INT16 -> from.getShort();
        case INT32 -> from.getInt();
        case FLOAT32 -> from.getFloat();
        case FLOAT64 -> from.getDouble();
        case INT8 -> from.get();
        case UINT16 -> from.getShort() & 0xffff;
        case UINT32 -> from.getInt() & 0xffffffffL;
        case INT64 -> from.getLong();
        case UINT64 -> {
          long bits = from.getLong();
          yield bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
        }
      };
    }
  }

  /** Whether a file of that name is one of these. */
  public static boolean named(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".nii") || name.endsWith(".nii.gz");
  }

  /**
   * Reads a volume.
   *
   * @throws BadData if the file is not a whole volume of numbers
   */
  public static Volume read(Path path) {
    try (DataFile file = DataFile.open(path)) {
      byte[] raw = file.bytes(HEADER, "the header");
      ByteBuffer header = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      if (header.getInt(0) != HEADER) {
        header.order(ByteOrder.BIG_ENDIAN);
      }
      file.require(header.getInt(0) == HEADER, "the header's size", 0, header.getInt(0), "348");
      String magic = new String(raw, MAGIC, 3, StandardCharsets.US_ASCII);
      if (!magic.equals("n+1") || raw[MAGIC + 3] != 0) {
        String pair = magic.equals("ni1") ? ", which has its voxels in another file" : "";
        throw file.bad("its magic is '" + printable(magic) + "'" + pair + "; n+1 is wanted");
      }
      int[] shape = shape(file, header);
      double[] spacing = spacing(file, header);
      Type type = type(file, header);
      float offset = header.getFloat(VOX_OFFSET);
      if (!(offset >= HEADER && offset <= 1 << 24)) {
        throw file.bad("vox_offset at offset 108 is " + offset + ", allowed: 348 … " + (1 << 24));
      }
      file.bytes((int) offset - HEADER, "what stands before the voxels");
      float[] voxels = voxels(file, header, shape, type);
      return new Volume(shape, spacing, voxels, raw);
    }
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }

  /** Slices, rows, columns. */
  private static int[] shape(DataFile file, ByteBuffer header) {
    int axes = header.getShort(DIM);
    file.require(axes >= 2 && axes <= 7, "the number of axes", DIM, axes, "2 … 7");
    long voxels = 1;
    int[] shape = {1, 1, 1};
    for (int axis = 1; axis <= axes; axis++) {
      int at = DIM + 2 * axis;
      int length = header.getShort(at);
      String allowed = axis <= 3 ? "1 or more" : "1";
      boolean holds = axis <= 3 ? length >= 1 : length == 1;
      file.require(holds, "the length of axis " + axis, at, length, allowed);
      voxels *= length;
      if (axis <= 3) {
        shape[3 - axis] = length;
      }
    }
    file.require(
        voxels <= MOST_VOXELS, "the number of voxels", DIM, voxels, "at most " + MOST_VOXELS);
    return shape;
  }

  private static double[] spacing(DataFile file, ByteBuffer header) {
    double[] spacing = {1, 1, 1};
    for (int axis = 1; axis <= Math.min(3, header.getShort(DIM)); axis++) {
      float size = Math.abs(header.getFloat(PIXDIM + 4 * axis));
      if (size == 0) {
        size = 1; // not said
      }
      if (!(size > 1e-4 && size < 1e4)) {
        throw file.bad(
            ("the spacing of axis " + axis + " at offset " + (PIXDIM + 4 * axis))
                + (" is " + size + ", allowed: 0.0001 … 10000"));
      }
      spacing[3 - axis] = size;
    }
    return spacing;
  }

  private static Type type(DataFile file, ByteBuffer header) {
    int code = header.getShort(DATATYPE);
    for (Type type : Type.values()) {
      if (type.code == code) {
        int bits = header.getShort(BITPIX);
        file.require(bits == 8 * type.bytes, "bitpix", BITPIX, bits, 8 * type.bytes + "");
        return type;
      }
    }
    throw file.bad(
        ("datatype at offset 70 is " + code + ", allowed: ")
            + Arrays.stream(Type.values())
                .map(t -> t.code + "")
                .reduce((a, b) -> a + ", " + b)
                .get());
  }

  private static float[] voxels(DataFile file, ByteBuffer header, int[] shape, Type type) {
    int count = shape[0] * shape[1] * shape[2];
    file.requireHolds((long) count * type.bytes, "the voxels");
    float slope = header.getFloat(SLOPE);
    float intercept = header.getFloat(INTERCEPT);
    boolean scaled = slope != 0 && !Float.isNaN(slope);
    if (scaled && !(Float.isFinite(slope) && Float.isFinite(intercept))) {
      throw file.bad("its scaling is " + slope + " x + " + intercept + ", finite ones are allowed");
    }
    float[] voxels = new float[Math.min(count, PIECE)];
    byte[] piece = new byte[PIECE * type.bytes];
    for (int at = 0; at < count; ) {
      int n = Math.min(PIECE, count - at);
      file.fill(piece, n * type.bytes, "the voxels");
      if (voxels.length < at + n) {
        voxels = Arrays.copyOf(voxels, (int) Math.min(count, 2L * voxels.length));
      }
      ByteBuffer from = ByteBuffer.wrap(piece).order(header.order());
      for (int i = 0; i < n; i++) {
        double raw = type.next(from);
        float voxel = (float) (scaled ? slope * raw + intercept : raw);
        if (!Float.isFinite(voxel)) {
          throw file.bad("voxel " + position(at + i, shape) + " is " + voxel + ", not a number");
        }
        voxels[at + i] = voxel;
      }
      at += n;
    }
    return voxels;
  }

  /** Slice, row and column. */
  private static String position(int i, int[] shape) {
    int column = i % shape[2];
    int row = i / shape[2] % shape[1];
    return "[" + i / shape[2] / shape[1] + ", " + row + ", " + column + "]";
  }

  /**
   * Writes a volume of labels 0 … 255, gzipped if the name ends in {@code .gz}, with the
   * orientation of the file that the volume came from. The file appears under its name when it is
   * whole.
   */
  public static void writeLabels(Path path, Volume volume) {
    byte[] header = header(volume);
    Path absolute = path.toAbsolutePath();
    try {
      Path beside = Files.createTempFile(absolute.getParent(), "." + path.getFileName(), ".part");
      try {
        try (OutputStream out = stream(beside, path)) {
          out.write(header);
          out.write(new byte[4]); // no extensions
          for (float voxel : volume.voxels()) {
            out.write((int) voxel);
          }
        }
        Files.move(beside, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw Refusal.file(path, "written", e);
    }
  }

  private static OutputStream stream(Path to, Path named) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), PIECE);
    return named.toString().endsWith(".gz") ? new GZIPOutputStream(out, PIECE) : out;
  }

  private static byte[] header(Volume volume) {
    byte[] from = volume.header();
    ByteBuffer header = ByteBuffer.wrap(from.length == HEADER ? from : new byte[HEADER]);
    header.order(ByteOrder.LITTLE_ENDIAN);
    if (from.length == HEADER && header.getInt(0) != HEADER) {
      header.order(ByteOrder.BIG_ENDIAN);
    }
    if (from.length != HEADER) {
      fresh(header, volume);
    }
    header.putShort(DATATYPE, (short) Type.UINT8.code);
    header.putShort(BITPIX, (short) 8);
    header.putFloat(VOX_OFFSET, HEADER + 4);
    header.putFloat(SLOPE, 1);
    header.putFloat(INTERCEPT, 0);
    return header.array();
  }

  private static void fresh(ByteBuffer header, Volume volume) {
    header.putInt(0, HEADER);
    header.putShort(DIM, (short) 3);
    header.putFloat(PIXDIM, 1);
    for (int axis = 1; axis <= 7; axis++) {
      header.putShort(DIM + 2 * axis, (short) (axis <= 3 ? volume.shape()[3 - axis] : 1));
      header.putFloat(PIXDIM + 4 * axis, axis <= 3 ? (float) volume.spacing()[3 - axis] : 0);
    }
    header.put(UNITS, (byte) 2); // millimetres
    header.putShort(QFORM, (short) 0);
    header.putShort(SFORM, (short) 1);
    for (int axis = 0; axis < 3; axis++) {
      header.putFloat(SROW + 16 * axis + 4 * axis, (float) volume.spacing()[2 - axis]);
    }
    header.put(MAGIC, (byte) 'n').put(MAGIC + 1, (byte) '+').put(MAGIC + 2, (byte) '1');
  }
}
