package org.perdita.lab.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.perdita.lab.experiment.Outcome.Picture;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.ResultLine;
import org.perdita.lab.experiment.ResultLine.PictureFile;

/**
 * A folder of results:
 *
 * <pre>
 * out/experiment/scale-data.protocol.json   what was set out to do
 * out/experiment/scale-data.jsonl           one line a finished training
 * out/experiment/pictures/….png
 * </pre>
 *
 * A line is appended under a lock, in one write that is forced to the disk. Only a process that was
 * killed can leave a last line without its end; readers leave such a line out, and the next writer
 * cuts it off.
 */
public final class ResultStore {
  private static final String PROTOCOL = ".protocol.json";
  private static final String LINES = ".jsonl";

  /** Held while writing: a file lock is between processes, not between threads. */
  private static final Object WRITING = new Object();

  private final Path out;

  /** The results in folder {@code out}, which is made when it is first written to. */
  public ResultStore(Path out) {
    this.out = out;
  }

  /** The folder of one experiment. */
  public Path folder(String experiment) {
    return out.resolve(experiment);
  }

  /**
   * Keeps {@code protocol} as what its lines are about, and says which of them are there.
   *
   * @throws Refusal if the folder cannot be written to
   */
  public Results begin(Protocol protocol) {
    Path file = file(protocol, PROTOCOL);
    replace(file, Json.pretty(protocol).getBytes(StandardCharsets.UTF_8));
    return read(file);
  }

  /** Adds a line to its file. */
  public void append(Protocol protocol, ResultLine line) {
    byte[] bytes = (Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8);
    boolean interrupted = Thread.interrupted(); // an interrupt would close the channel half-way
    Path file = file(protocol, LINES);
    try {
      synchronized (WRITING) {
        append(file, ByteBuffer.wrap(bytes));
      }
    } catch (IOException e) {
      throw Refusal.file(file, "written", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void append(Path file, ByteBuffer line) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      long end = whole(channel);
      channel.truncate(end).position(end);
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
    }
  }

  /** Writes pictures of the training {@code key} as PNG; the names are relative to the lines. */
  List<PictureFile> save(Protocol protocol, Key key, List<Picture> pictures) {
    List<PictureFile> files = new ArrayList<>();
    for (Picture picture : pictures) {
      String name =
          String.format(
              "pictures/%s-%s-%s-seed%d-%d-%08x.png",
              stem(protocol),
              slug(key.condition()),
              slug(key.arm()),
              key.seed(),
              files.size() + 1,
              key.toString().hashCode());
      Path file = folder(protocol.experiment()).resolve(name);
      replace(file, png(picture.image(), file));
      files.add(new PictureFile(name, picture.caption()));
    }
    return files;
  }

  /**
   * All results in folder {@code out}, by experiment, scale and data; empty if there are none.
   *
   * @throws Refusal if the folder or a protocol in it cannot be read
   */
  public static List<Results> readAll(Path out) {
    if (!Files.isDirectory(out)) {
      throw new Refusal(out + ": no such folder");
    }
    try (Stream<Path> files = Files.walk(out, 2)) {
      return files
          .filter(file -> file.toString().endsWith(PROTOCOL))
          .sorted()
          .map(ResultStore::read)
          .toList();
    } catch (UncheckedIOException e) {
      throw Refusal.file(out, "read", new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw Refusal.file(out, "read", e);
    }
  }

  /**
   * The protocol in {@code file}, and the lines beside it that belong to it.
   *
   * @throws Refusal if the protocol is missing or damaged; a damaged line is noted and left out
   */
  public static Results read(Path file) {
    Protocol protocol;
    try {
      protocol = Json.read(Files.readString(file), Protocol.class);
    } catch (JsonProcessingException e) {
      throw new Refusal(file + ": is not a protocol: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw Refusal.file(file, "read", e);
    }
    String name = file.getFileName().toString();
    String stem = name.substring(0, name.length() - PROTOCOL.length());
    return lines(protocol, file.resolveSibling(stem + LINES));
  }

  private static Results lines(Protocol protocol, Path file) {
    String text;
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Refusal.file(file, "read", e);
    }
    List<ResultLine> lines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Set<Key> seen = new HashSet<>();
    int others = 0;
    int whole = text.lastIndexOf('\n') + 1;
    List<String> rows = text.substring(0, whole).lines().toList();
    for (int row = 0; row < rows.size(); row++) {
      try {
        ResultLine line = Json.read(rows.get(row), ResultLine.class);
        Key key = Key.of(line);
        if (!key.belongs(protocol)) {
          others++;
        } else if (seen.add(key)) {
          lines.add(line);
        }
      } catch (JsonProcessingException e) {
        notes.add(
            String.format("%s, line %d: is not a result line and was left out", file, row + 1));
      }
    }
    if (others > 0) {
      String count = others == 1 ? "1 line was" : others + " lines were";
      notes.add(file + ": " + count + " left out, of other settings, losses or conditions");
    }
    if (whole < text.length()) {
      notes.add(file + ": the last line was cut short by a killed run and was left out");
    }
    return new Results(protocol, file, lines, notes);
  }

  /** Where the last whole line ends. */
  private static long whole(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0) {
      last.clear();
      channel.read(last, end - 1);
      if (last.get(0) == '\n') {
        break;
      }
      end--;
    }
    return end;
  }

  private Path file(Protocol protocol, String ending) {
    return folder(protocol.experiment()).resolve(stem(protocol) + ending);
  }

  private static String stem(Protocol protocol) {
    return slug(protocol.scale()) + "-" + slug(protocol.data());
  }

  private static String slug(String words) {
    return words
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-")
        .replaceAll("^[-.]+|[-.]+$", "");
  }

  /** Writes a file whole or not at all. */
  private static void replace(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp";
      Path fresh = file.resolveSibling(name);
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Refusal.file(file, "written", e);
    }
  }

  private static byte[] png(BufferedImage image, Path file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Said in full, because ImageIO's own choice cannot be made while the JVM is ending.
    try (ImageOutputStream memory = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", memory)) {
        throw new IllegalArgumentException(file + ": the picture has no PNG form");
      }
      memory.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw Refusal.file(file, "written", e);
    }
  }
}
