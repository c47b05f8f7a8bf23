package org.perdita.segmentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.perdita.Labels;
import org.perdita.Tensor;
import org.perdita.internal.Check;

/**
 * Signed distance maps kept on disk, under a hash of what they are made from: labels, shape,
 * classes and settings. Whoever asks twice, in this process or another, computes once.
 *
 * <p>Safe with several processes on one folder: a map appears under its name only when it is whole,
 * and a file that is not what its checksum says is computed anew. When the files together exceed
 * the limit, those unused for longest go; a map larger than the limit is not kept at all. The
 * folder holds nothing that cannot be deleted at any time.
 */
public final class DistanceMapCache {
  private static final String SUFFIX = ".distances";
  private static final int MAGIC = 0x50644D31;
  private static final int HEADER = 4 + 8;

  private final Path folder;
  private final long maxBytes;

  /**
   * A cache in {@code folder}, which is made when first needed.
   *
   * @param maxBytes how large all files together may be
   */
  public DistanceMapCache(Path folder, long maxBytes) {
    Check.that(maxBytes >= 0, "DistanceMapCache", "maxBytes", maxBytes, "0 or more");
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /**
   * As {@link SignedDistanceMap#of(Labels, int)}, from disk if it is there.
   *
   * @throws UncheckedIOException if the folder cannot be written
   */
  public Tensor of(SignedDistanceMap map, Labels labels, int classes) {
    Path file = folder.resolve(key(map, labels, classes) + SUFFIX);
    int[] shape = shape(labels, classes);
    long size = (long) labels.size() * classes;
    float[] kept = read(file, size);
    if (kept != null) {
      return Tensor.of(kept, shape);
    }
    Tensor made = map.of(labels, classes);
    if (HEADER + size * Float.BYTES <= maxBytes) {
      try {
        write(file, made.toArray());
        evict();
      } catch (IOException e) {
        throw new UncheckedIOException("DistanceMapCache: cannot write " + file, e);
      }
    }
    return made;
  }

  private static int[] shape(Labels labels, int classes) {
    int[] of = labels.shape();
    int[] shape = new int[of.length + 1];
    shape[0] = of[0];
    shape[1] = classes;
    System.arraycopy(of, 1, shape, 2, of.length - 1);
    return shape;
  }

  private static String key(SignedDistanceMap map, Labels labels, int classes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String what = map + " " + labels + " " + classes;
      digest.update(what.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
      for (int i = 0; i < labels.size(); i++) {
        bytes.putInt(labels.get(i));
        if (!bytes.hasRemaining()) {
          digest.update(bytes.flip());
          bytes.clear();
        }
      }
      digest.update(bytes.flip());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The floats in {@code file}, or null if it is not there or not whole. */
  private static float @Nullable [] read(Path file, long size) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) != HEADER + size * Float.BYTES) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() != HEADER + size * Float.BYTES || bytes.getInt() != MAGIC) {
        return null;
      }
      long checksum = bytes.getLong();
      if (checksum(bytes.duplicate()) != checksum) {
        return null;
      }
      float[] floats = new float[(int) size];
      bytes.asFloatBuffer().get(floats);
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      return floats;
    } catch (IOException e) {
      return null; // another process removed it, or it cannot be read: as if it were not there
    }
  }

  private static long checksum(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private void write(Path file, float[] floats) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + floats.length * Float.BYTES);
    FloatBuffer data = bytes.duplicate().position(HEADER).slice().asFloatBuffer();
    data.put(floats);
    bytes.putInt(MAGIC).putLong(checksum(bytes.duplicate().position(HEADER)));
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "part", ".tmp");
    try {
      Files.write(part, bytes.array());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private record Kept(Path file, long bytes, long used) {}

  /** The file, or null if another process removed it. */
  private static @Nullable Kept found(Path file) {
    try {
      long used = Files.getLastModifiedTime(file).toMillis();
      return new Kept(file, Files.size(file), used);
    } catch (IOException gone) {
      return null;
    }
  }

  private void evict() throws IOException {
    List<Kept> kept = new ArrayList<>();
    long total = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(SUFFIX)) {
          Kept found = found(file);
          if (found != null) {
            kept.add(found);
            total += found.bytes();
          }
        }
      }
    }
    kept.sort(Comparator.comparingLong(Kept::used));
    for (Kept oldest : kept) {
      if (total <= maxBytes) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      total -= oldest.bytes();
    }
  }
}
