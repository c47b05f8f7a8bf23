package org.perdita.lab.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.perdita.Tensor;
import org.perdita.lab.data.BadData;

/**
 * A file of named tensors in the safetensors format: eight bytes with the header's length, a JSON
 * header, then the tensors' bytes, one after the other.
 *
 * <p>Nothing is believed: the header's length, each type, shape and range of bytes are held against
 * the file before memory is taken for them; the ranges may neither overlap nor leave gaps; names
 * may not repeat. A tensor is read when it is asked for.
 *
 * <p>{@link #toString} says what was read, with the SHA-256 of the whole file.
 */
public final class SafeTensors {
  /** The format's own bound. */
  private static final long MOST_HEADER = 100_000_000;

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final long start;
  private final Header header;
  private final String sha256;

  private SafeTensors(Path file, long start, Header header, String sha256) {
    this.file = file;
    this.start = start;
    this.header = header;
    this.sha256 = sha256;
  }

  /**
   * Opens {@code file} and checks all but its numbers.
   *
   * @throws BadData if it is not a whole file of this format
   */
  public static SafeTensors read(Path file) {
    if (Files.isDirectory(file)) {
      throw new BadData(file + ": is a folder, a file is wanted");
    }
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      ByteBuffer eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      fill(file, in, eight, 0);
      long length = eight.flip().getLong();
      long most = Math.min(MOST_HEADER, size - 8);
      if (length < 2 || length > most) {
        String was = Long.toUnsignedString(length);
        throw new BadData(
            file + ": the header's length is " + was + ", allowed: 2 to " + Math.max(2, most));
      }
      ByteBuffer json = ByteBuffer.allocate((int) length);
      fill(file, in, json, 8);
      long start = 8 + length;
      Header header = Header.parse(file, json.array(), size - start);
      return new SafeTensors(file, start, header, sha256(in));
    } catch (NoSuchFileException e) {
      throw new BadData(file + ": no such file", e);
    } catch (IOException e) {
      throw new BadData(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The tensors' names, in the order of their bytes. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** What the writer of the file added. */
  public Map<String, String> metadata() {
    return Map.copyOf(header.metadata());
  }

  /** The shape of the tensor {@code name}. */
  public int[] shape(String name) {
    return entry(name).lengths();
  }

  /** The tensor {@code name}, its elements converted to floats. */
  public Tensor tensor(String name) {
    Entry entry = entry(name);
    return Tensor.of(entry.type().floats(bytes(entry)), entry.lengths());
  }

  /** How many numbers there are in all. */
  public long size() {
    return header.entries().values().stream().mapToLong(Entry::size).sum();
  }

  /** SHA-256 of the whole file, in hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Where it was read. */
  public Path file() {
    return file;
  }

  /** As in {@code vgg19.safetensors: 26 tensors, 964188 numbers, SHA-256 4f0c…}. */
  @Override
  public String toString() {
    return file.getFileName()
        + (": " + names().size() + " tensors, " + size() + " numbers, SHA-256 " + sha256);
  }

  private Entry entry(String name) {
    Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new BadData(file + ": holds no tensor '" + name + "'; it holds " + names());
    }
    return entry;
  }

  private byte[] bytes(Entry entry) {
    try (FileChannel in = FileChannel.open(file)) {
      ByteBuffer into = ByteBuffer.allocate(Math.toIntExact(entry.end() - entry.begin()));
      fill(file, in, into, start + entry.begin());
      return into.array();
    } catch (IOException e) {
      throw new BadData(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void fill(Path file, FileChannel in, ByteBuffer into, long from)
      throws IOException {
    while (into.hasRemaining()) {
      if (in.read(into, from + into.position()) < 0) {
        throw new BadData(
            file + ": ends at byte " + in.size() + ", " + (from + into.limit()) + " are needed");
      }
    }
  }

  private static String sha256(FileChannel in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = 0; in.read(buffer, at) >= 0; at += buffer.limit(), buffer.clear()) {
        digest.update(buffer.flip());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
