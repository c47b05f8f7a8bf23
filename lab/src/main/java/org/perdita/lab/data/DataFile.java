package org.perdita.lab.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file read front to back, gzipped or not (its first two bytes tell), that never allocates more
 * than what it has really read. Offsets in messages count unpacked bytes. Numbers are big-endian.
 */
final class DataFile implements Closeable {
  /** No deflate stream unpacks to more than this many times its length. */
  private static final long DEFLATE_RATIO = 1032;

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final InputStream in;
  private final boolean zipped;
  private final long unpackedLimit;
  private long offset;

  private DataFile(Path path, InputStream in, boolean zipped, long unpackedLimit) {
    this.path = path;
    this.in = in;
    this.zipped = zipped;
    this.unpackedLimit = unpackedLimit;
  }

  static DataFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new BadData(path + ": is a folder, a file is wanted");
    }
    InputStream raw = null;
    try {
      long size = Files.size(path);
      raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
      raw.mark(2);
      boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      if (!zipped) {
        return new DataFile(path, raw, false, size);
      }
      InputStream unpacked = new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER);
      return new DataFile(path, unpacked, true, DEFLATE_RATIO * size);
    } catch (IOException e) {
      closeQuietly(raw);
      throw unreadable(path, e);
    }
  }

  private static void closeQuietly(@Nullable InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      // What made us close is the error to tell.
    }
  }

  static BadData unreadable(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new BadData(path + ": no such file", e);
    }
    if (e instanceof AccessDeniedException) {
      return new BadData(path + ": may not be read by this user", e);
    }
    if (e instanceof EOFException) {
      return new BadData(path + ": the gzip header is cut off", e);
    }
    return new BadData(path + ": cannot be read: " + e.getMessage(), e);
  }

  /** How many unpacked bytes have been read. */
  long offset() {
    return offset;
  }

  /** A refusal that begins with the file's name. */
  BadData bad(String what) {
    return new BadData(path + ": " + what);
  }

  /** Refuses a field unless {@code holds}. */
  void require(boolean holds, String field, long at, long was, String allowed) {
    if (!holds) {
      throw bad(field + " at offset " + at + " is " + was + ", allowed: " + allowed);
    }
  }

  /** Refuses a length that the file cannot hold, before memory is allocated for it. */
  void requireHolds(long bytes, String what) {
    if (bytes > unpackedLimit - offset) {
      String most = zipped ? "can unpack to at most " : "has ";
      long left = Math.max(0, unpackedLimit - offset);
      throw bad(
          (what + " would take " + bytes + " bytes from offset " + offset)
              + (", the file " + most + left + " there"));
    }
  }

  /** One byte, from 0 to 255. */
  int u8(String field) {
    return (int) number(1, field);
  }

  /** Two bytes, from 0 to 65535. */
  int u16(String field) {
    return (int) number(2, field);
  }

  /** Four bytes, from 0 to 2³² − 1. */
  long u32(String field) {
    return number(4, field);
  }

  private long number(int bytes, String field) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int b = read();
      if (b < 0) {
        throw endsIn(field, bytes, i);
      }
      value = value << 8 | b;
    }
    return value;
  }

  /**
   * The bytes up to the next line feed as Latin-1, without it and a carriage return before it; null
   * at the end.
   *
   * @param most how many bytes a line may have
   */
  @Nullable String line(int most) {
    StringBuilder line = new StringBuilder();
    int b = read();
    if (b < 0) {
      return null;
    }
    long start = offset - 1;
    for (; b >= 0 && b != '\n'; b = read()) {
      if (line.length() == most) {
        throw bad("the line at offset " + start + " has more than " + most + " bytes");
      }
      line.append((char) b);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  /** True when nothing is left. */
  boolean atEnd() {
    try {
      in.mark(1);
      boolean end = in.read() < 0;
      in.reset();
      return end;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Refuses bytes after what should be the last. */
  void requireEnd(String last) {
    if (!atEnd()) {
      throw bad("goes on after " + last + " at offset " + offset + ", where it should end");
    }
  }

  /** Fills the first {@code n} bytes of {@code into}. */
  void fill(byte[] into, int n, String field) {
    fill(into, 0, n, field, 0, n);
  }

  /** {@code n} bytes in new memory, which grows as they arrive. */
  byte[] bytes(int n, String field) {
    requireHolds(n, field);
    byte[] bytes = new byte[Math.min(n, 1 << 24)];
    int have = 0;
    while (true) {
      fill(bytes, have, bytes.length - have, field, have, n);
      have = bytes.length;
      if (have == n) {
        return bytes;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * have, n));
    }
  }

  private void fill(byte[] into, int from, int n, String field, int before, int whole) {
    try {
      int got = in.readNBytes(into, from, n);
      offset += got;
      if (got < n) {
        throw endsIn(field, whole, before + got);
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private int read() {
    try {
      int b = in.read();
      if (b >= 0) {
        offset++;
      }
      return b;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private BadData endsIn(String field, int wanted, int got) {
    return bad(
        "ends at offset " + offset + " inside " + field + ", " + got + " of " + wanted + " bytes");
  }

  private BadData damaged(IOException e) {
    String what = zipped ? "the gzip stream is damaged" : "cannot be read";
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new BadData(path + ": " + what + " after offset " + offset + ": " + why, e);
  }

  @Override
  public String toString() {
    return path.toString();
  }

  @Override
  public void close() {
    closeQuietly(in);
  }
}
