package org.perdita.lab.coco;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.perdita.lab.data.BadData;

/**
 * A folder with annotations for training and, where it has them, for validation: {@code
 * instances_train2017.json} or {@code train.json}, in the folder or in {@code annotations/}; images
 * in a folder of the same name without {@code instances_}, here or in {@code images/}.
 *
 * <p>Without annotations for validation every fourth training image, by id, is kept for it.
 *
 * @param train to learn from
 * @param test to be measured on
 * @param split how the two were told apart, for a report
 */
public record CocoFolder(CocoData train, CocoData test, String split) {
  private static final int ONE_IN = 4;

  /**
   * Reads {@code path}.
   *
   * @param skip whether what is bad is left out
   * @throws BadData in one sentence
   */
  public static CocoFolder read(Path path, boolean skip) {
    if (!Files.isDirectory(path)) {
      throw new BadData(
          path + ": " + (Files.exists(path) ? "is a file, a folder is wanted" : "no such folder"));
    }
    CocoData train =
        find(path, "train", skip)
            .orElseThrow(
                () ->
                    new BadData(
                        path
                            + ": holds no COCO annotations; looked for train*.json and"
                            + " instances_train*.json, here and in annotations"));
    Optional<CocoData> val = find(path, "val", skip);
    if (val.isPresent()) {
      if (!val.get().categories().equals(train.categories())) {
        throw new BadData(path + ": the categories for training and validation differ");
      }
      return new CocoFolder(train, val.get(), "its own validation images");
    }
    List<CocoImage> kept = new ArrayList<>();
    List<CocoImage> held = new ArrayList<>();
    for (CocoImage image : CocoFile.ordered(train.images())) {
      boolean last = (kept.size() + held.size()) % ONE_IN == ONE_IN - 1;
      (last ? held : kept).add(image);
    }
    return new CocoFolder(train.with(kept), train.with(held), "every fourth image held out");
  }

  private static Optional<CocoData> find(Path path, String part, boolean skip) {
    for (Path folder : List.of(path, path.resolve("annotations"))) {
      for (String prefix : List.of("instances_" + part, part)) {
        List<Path> files = matching(folder, prefix);
        if (files.size() > 1) {
          throw new BadData(folder + ": " + prefix + "*.json must be one file, are " + files);
        }
        if (files.size() == 1) {
          return Optional.of(CocoFile.read(files.get(0), images(path, files.get(0)), skip));
        }
      }
    }
    return Optional.empty();
  }

  private static List<Path> matching(Path folder, String prefix) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(file -> file.getFileName().toString().endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path images(Path path, Path json) {
    String stem = json.getFileName().toString().replaceAll("^instances_|\\.json$", "");
    for (Path folder : List.of(path.resolve(stem), path.resolve("images").resolve(stem))) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    Path images = path.resolve("images");
    return Files.isDirectory(images) ? images : path;
  }
}
