package org.perdita.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder as one file, the way Spark sends it. */
final class Archive {
  private Archive() {}

  /** A temporary file, which goes when the JVM ends. Not compressed, as most data is already. */
  static Path of(Path folder) throws IOException {
    Path archive = Files.createTempFile("perdita-data-", ".zip");
    archive.toFile().deleteOnExit();
    try (OutputStream bytes = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files(folder)) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return archive;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
