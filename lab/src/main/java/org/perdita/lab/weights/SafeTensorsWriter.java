package org.perdita.lab.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.perdita.Tensor;

/**
 * Writes named float tensors as a safetensors file: beside its place first, then moved there, so
 * that a file of that name is always whole.
 */
public final class SafeTensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int BUFFER = 1 << 14;

  private SafeTensorsWriter() {}

  /**
   * Writes {@code tensors} in their order.
   *
   * @param metadata strings to go into the header
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    byte[] header = header(tensors, metadata);
    Path absolute = file.toAbsolutePath();
    try {
      Path beside =
          absolute.resolveSibling(
              "." + absolute.getFileName() + "." + ProcessHandle.current().pid());
      try {
        try (FileChannel out =
            FileChannel.open(
                beside,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
          ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          all(out, length.putLong(header.length).flip());
          all(out, ByteBuffer.wrap(header));
          for (Tensor tensor : tensors.values()) {
            numbers(out, tensor);
          }
          out.force(true);
        }
        move(beside, absolute);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ObjectNode root = JsonMapper.builder().build().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject("__metadata__");
      metadata.forEach(strings::put);
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = root.putObject(entry.getKey()).put("dtype", ElementType.F32.name());
      Arrays.stream(entry.getValue().shape()).forEach(node.putArray("shape")::add);
      long end = at + (long) Float.BYTES * entry.getValue().size();
      node.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = Arrays.copyOf(json, padded);
    Arrays.fill(header, json.length, padded, (byte) ' ');
    return header;
  }

  private static void numbers(FileChannel out, Tensor tensor) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < tensor.size(); from += BUFFER) {
      int n = Math.min(BUFFER, tensor.size() - from);
      bytes.clear().limit(Float.BYTES * n);
      bytes.asFloatBuffer().put(tensor.buffer().slice(from, n));
      all(out, bytes);
    }
  }

  private static void all(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
