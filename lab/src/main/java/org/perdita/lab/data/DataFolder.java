package org.perdita.lab.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds a data set's files in the folder a person gave, or in the usual folders inside it. */
final class DataFolder {
  private final Path path;

  private DataFolder(Path path) {
    this.path = path;
  }

  /**
   * The folder and those of {@code inner} that exist inside it.
   *
   * @throws BadData if there is no such folder
   */
  static List<DataFolder> candidates(Path path, List<String> inner) {
    if (!Files.isDirectory(path)) {
      String what = Files.exists(path) ? "is a file, a folder is wanted" : "no such folder";
      throw new BadData(path + ": " + what);
    }
    List<DataFolder> folders = new ArrayList<>();
    folders.add(new DataFolder(path));
    for (String name : inner) {
      Path folder = path.resolve(name);
      if (Files.isDirectory(folder)) {
        folders.add(new DataFolder(folder));
      }
    }
    return folders;
  }

  /** The refusal when no candidate holds anything known. */
  static BadData nothing(Path path, String what, List<String> names, List<String> inner) {
    return new BadData(
        (path + ": holds no " + what + "; looked for " + String.join(", ", names))
            + (", plain or .gz, here and in " + String.join(", ", inner)));
  }

  Path path() {
    return path;
  }

  /** The file of that name, or that name with {@code .gz}. */
  Optional<Path> find(String name) {
    for (String form : List.of(name, name + ".gz")) {
      Path file = path.resolve(form);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** The file of that name; its absence is refused. */
  Path require(String name) {
    return find(name).orElseThrow(() -> missing(name));
  }

  /** The one file that {@code glob} matches, plain or with {@code .gz}, if any. */
  Optional<Path> findOne(String glob) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, glob + "{,.gz}")) {
      stream.forEach(files::add);
    } catch (IOException e) {
      throw DataFile.unreadable(path, e);
    }
    Collections.sort(files);
    if (files.size() > 1) {
      throw new BadData(path + ": " + glob + " must match one file, matches " + files);
    }
    return files.stream().findFirst();
  }

  /** The one file that {@code glob} matches; its absence is refused. */
  Path requireOne(String glob) {
    return findOne(glob).orElseThrow(() -> missing(glob));
  }

  private BadData missing(String name) {
    return new BadData(path + ": " + name + " is missing, both plain and as .gz");
  }
}
