package org.perdita.lab.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Image and mask pairs found in a folder by their names: {@code NAME_lesion.nii.gz} beside {@code
 * NAME_FLAIR.nii.gz} (or another image of that name), and {@code NAME_labels.png} beside {@code
 * NAME.png}. A mask without an image is passed over.
 */
public final class ScanFiles {
  private static final Pattern MASK =
      Pattern.compile("(.+?)_(lesions?|masks?|seg|labels?)\\.(nii|nii\\.gz|png)");

  private ScanFiles() {}

  /** An image file and its mask. */
  record Pair(String name, Path image, Path mask) {}

  /**
   * The scans in {@code folder} or in {@code train} inside it.
   *
   * @param most how many at most, in the order of their names
   * @param slices how many slices of each at most: of more, every second, third … is kept
   * @param shrink pixels of a slice are averaged over squares of so many a side
   * @param multiple rows and columns are cut to multiples of it, around the middle
   * @throws BadData if there is no pair, or a pair does not fit together
   */
  public static List<Scan> read(Path folder, int most, int slices, int shrink, int multiple) {
    List<Pair> pairs = new ArrayList<>();
    for (DataFolder candidate : DataFolder.candidates(folder, List.of("train"))) {
      pairs.addAll(pairs(candidate.path()));
      if (!pairs.isEmpty()) {
        break;
      }
    }
    if (pairs.isEmpty()) {
      throw new BadData(
          folder
              + ": holds no image with a mask; looked for NAME_lesion, _mask, _seg or _labels"
              + " (.nii, .nii.gz, .png) beside an image of that NAME, here and in train");
    }
    List<Scan> scans = new ArrayList<>();
    for (Pair pair : pairs.subList(0, Math.min(most, pairs.size()))) {
      scans.add(read(pair, slices, shrink, multiple));
    }
    return scans;
  }

  static List<Pair> pairs(Path folder) {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw DataFile.unreadable(folder, e);
    }
    List<Pair> pairs = new ArrayList<>();
    for (Path file : files) {
      Matcher mask = MASK.matcher(file.getFileName().toString());
      if (mask.matches()) {
        image(files, file, mask.group(1))
            .ifPresent(image -> pairs.add(new Pair(mask.group(1), image, file)));
      }
    }
    return pairs;
  }

  /** The image of that name; FLAIR, where lesions are bright, before any other. */
  private static Optional<Path> image(List<Path> files, Path mask, String name) {
    Optional<Path> any = Optional.empty();
    for (Path file : files) {
      String own = file.getFileName().toString();
      boolean image = own.startsWith(name + "_") || own.startsWith(name + ".");
      boolean sameKind = NiftiFile.named(file) == NiftiFile.named(mask);
      if (image && sameKind && !MASK.matcher(own).matches()) {
        if (own.startsWith(name + "_FLAIR")) {
          return Optional.of(file);
        }
        any = any.isPresent() ? any : Optional.of(file);
      }
    }
    return any;
  }

  private static Scan read(Pair pair, int slices, int shrink, int multiple) {
    Volume image = volume(pair.image());
    Volume mask = volume(pair.mask());
    if (!image.alignsWith(mask)) {
      throw new BadData(
          pair.mask() + ": is " + mask + ", its image " + pair.image() + " is " + image);
    }
    for (float v : mask.voxels()) {
      if (v < 0 || v != Math.rint(v)) {
        throw new BadData(pair.mask() + ": holds " + v + ", a mask has whole numbers of 0 or more");
      }
    }
    int[] shown = shown(image);
    int step = Math.max(1, (shown.length + slices - 1) / slices);
    int[] kept =
        IntStream.iterate(0, i -> i < shown.length, i -> i + step).map(i -> shown[i]).toArray();
    return scan(pair.name(), image, mask, kept, step, shrink, multiple);
  }

  /** From the first to the last slice that shows something above 0; all slices if none does. */
  private static int[] shown(Volume image) {
    int depth = image.shape()[0];
    int area = image.shape()[1] * image.shape()[2];
    int[] some =
        IntStream.range(0, depth)
            .filter(z -> IntStream.range(0, area).anyMatch(i -> image.voxels()[z * area + i] > 0))
            .toArray();
    int first = some.length == 0 ? 0 : some[0];
    int last = some.length == 0 ? depth - 1 : some[some.length - 1];
    return IntStream.rangeClosed(first, last).toArray();
  }

  /** A volume of one file: NIfTI, or an image as a single slice of luminance. */
  public static Volume volume(Path file) {
    return NiftiFile.named(file) ? NiftiFile.read(file) : slice(file);
  }

  private static Volume slice(Path file) {
    BufferedImage image = Pictures.read(file);
    int h = image.getHeight();
    int w = image.getWidth();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    float[] grey = new float[h * w];
    for (int i = 0; i < grey.length; i++) {
      int y = i / w;
      int x = i % w;
      if (bands < 3) {
        grey[i] = raster.getSample(x, y, 0);
      } else {
        int rgb = image.getRGB(x, y);
        grey[i] = 0.2989f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff);
      }
    }
    return Volume.of(new int[] {1, h, w}, new double[] {1, 1, 1}, grey);
  }

  /** An image without a mask, as a network trained at {@code shrink} takes it. */
  public static Scan scan(String name, Volume image, int shrink, int multiple) {
    Volume none = image.with(new float[image.voxels().length]);
    int[] all = IntStream.range(0, image.shape()[0]).toArray();
    return scan(name, image, none, all, 1, shrink, multiple);
  }

  private static Scan scan(
      String name, Volume image, Volume mask, int[] kept, int step, int shrink, int multiple) {
    int depth = kept.length;
    int height = image.shape()[1] / shrink / multiple * multiple;
    int width = image.shape()[2] / shrink / multiple * multiple;
    if (height == 0 || width == 0) {
      throw new BadData(
          name + ": is " + image + ", allowed: slices of " + shrink * multiple + " or more a side");
    }
    int top = (image.shape()[1] - height * shrink) / 2;
    int left = (image.shape()[2] - width * shrink) / 2;
    float[] shrunk = new float[depth * height * width];
    int[] labels = new int[shrunk.length];
    for (int i = 0; i < shrunk.length; i++) {
      int z = kept[i / width / height];
      int y = i / width % height;
      int x = i % width;
      double sum = 0;
      int inside = 0;
      for (int j = 0; j < shrink * shrink; j++) {
        int row = top + y * shrink + j / shrink;
        int column = left + x * shrink + j % shrink;
        int at = (z * image.shape()[1] + row) * image.shape()[2] + column;
        sum += image.voxels()[at];
        inside += mask.voxels()[at] > 0 ? 1 : 0;
      }
      shrunk[i] = (float) (sum / (shrink * shrink));
      labels[i] = 2 * inside >= shrink * shrink ? 1 : 0;
    }
    double[] spacing = image.spacing();
    spacing[0] *= step;
    spacing[1] *= shrink;
    spacing[2] *= shrink;
    return new Scan(name, new int[] {depth, height, width}, spacing, shrunk, labels);
  }

  /**
   * A mask of {@link #scan(String, Volume, int, int)} at the image's own size; 0 where it was cut.
   */
  public static Volume enlarged(int[] mask, Scan scan, Volume image, int shrink) {
    int[] shape = image.shape();
    int top = (shape[1] - scan.height() * shrink) / 2;
    int left = (shape[2] - scan.width() * shrink) / 2;
    float[] voxels = new float[image.voxels().length];
    for (int i = 0; i < voxels.length; i++) {
      int z = i / shape[2] / shape[1];
      int row = Math.floorDiv(i / shape[2] % shape[1] - top, shrink);
      int column = Math.floorDiv(i % shape[2] - left, shrink);
      if (row >= 0 && row < scan.height() && column >= 0 && column < scan.width()) {
        voxels[i] = mask[(z * scan.height() + row) * scan.width() + column];
      }
    }
    return image.with(voxels);
  }
}
