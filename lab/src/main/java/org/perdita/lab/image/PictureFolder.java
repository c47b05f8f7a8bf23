package org.perdita.lab.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.perdita.lab.experiment.Refusal;

/** The pictures of a folder, in the order of their names. */
public final class PictureFolder {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".bmp");

  private PictureFolder() {}

  /** The picture files in {@code folder} itself; none if there is no such folder. */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(PictureFolder::isPicture).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * The pictures of the first of {@code names} that is a folder with pictures in {@code data} or in
   * its {@code images}.
   */
  public static List<Path> find(Path data, String... names) {
    List<Path> found = new ArrayList<>();
    for (String name : names) {
      for (Path folder : List.of(data.resolve("images").resolve(name), data.resolve(name))) {
        if (found.isEmpty()) {
          found.addAll(files(folder));
        }
      }
    }
    return found;
  }

  /** A refusal that says what was looked for. */
  public static Refusal nothing(Path data, String what) {
    return new Refusal(data + ": holds no pictures; " + what);
  }
}
