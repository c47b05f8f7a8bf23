package org.perdita.lab.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images with alpha mattes found in a folder and in the folders inside it: {@code NAME.png} beside
 * {@code NAME_alpha.png}, or {@code image.*} beside {@code alpha.*}.
 */
public final class MatteFiles {
  private static final double LEAST_MIXED = 0.02;

  private MatteFiles() {}

  /**
   * Squares cut from the left and from the right half of each image, those with most mixed pixels
   * first. Squares with less than 2 % of them are left out, as there is no detail to be lost,
   * unless it is the best one.
   *
   * @param side pixels a side
   * @param most how many of each half
   * @param shrink pixels are averaged over squares of so many a side first
   * @return two lists an image, left and right
   * @throws BadData if there is no image with an alpha, or a pair does not fit together
   */
  public static List<List<Matte>> read(Path folder, int side, int most, int shrink) {
    List<Path> folders = new ArrayList<>();
    DataFolder.candidates(folder, List.of()).forEach(f -> folders.add(f.path()));
    list(folder).stream().filter(Files::isDirectory).forEach(folders::add);
    List<List<Matte>> squares = new ArrayList<>();
    for (Path own : folders) {
      List<Path> files = list(own);
      for (Path alpha : files) {
        image(files, alpha)
            .ifPresent(image -> halves(shrunk(read(image, alpha), shrink), side, most, squares));
      }
    }
    if (squares.isEmpty()) {
      throw new BadData(
          folder
              + ": holds no image with an alpha; looked for NAME.png beside NAME_alpha.png, and"
              + " image.* beside alpha.*, here and in the folders inside");
    }
    return squares;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    } catch (IOException e) {
      throw DataFile.unreadable(folder, e);
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    boolean picture = name.matches(".+\\.(png|jpe?g|bmp)");
    return picture ? name.substring(0, dot) : "";
  }

  private static Optional<Path> image(List<Path> files, Path alpha) {
    String stem = stem(alpha);
    if (!stem.equals("alpha") && !stem.endsWith("_alpha")) {
      return Optional.empty();
    }
    String wanted = stem.equals("alpha") ? "image" : stem.substring(0, stem.length() - 6);
    return files.stream().filter(file -> stem(file).equals(wanted)).findFirst();
  }

  private static Matte read(Path imageFile, Path alphaFile) {
    BufferedImage image = Pictures.read(imageFile);
    BufferedImage matte = Pictures.read(alphaFile);
    int h = image.getHeight();
    int w = image.getWidth();
    if (matte.getHeight() != h || matte.getWidth() != w) {
      throw new BadData(
          (alphaFile + ": has " + matte.getWidth() + " × " + matte.getHeight() + " pixels, ")
              + (imageFile + " has " + w + " × " + h));
    }
    float[] rgb = new float[3 * h * w];
    float[] alpha = new float[h * w];
    Raster samples = matte.getRaster();
    float full = samples.getSampleModel().getSampleSize(0) > 8 ? 65535 : 255;
    for (int i = 0; i < alpha.length; i++) {
      int colour = image.getRGB(i % w, i / w);
      for (int c = 0; c < 3; c++) {
        rgb[c * h * w + i] = (colour >> (16 - 8 * c) & 0xff) / 255f;
      }
      alpha[i] = Math.min(1, samples.getSample(i % w, i / w, 0) / full);
    }
    String name = imageFile.getFileName().toString();
    return new Matte(name, h, w, rgb, alpha);
  }

  private static Matte shrunk(Matte matte, int shrink) {
    int h = matte.height() / shrink;
    int w = matte.width() / shrink;
    float[] planes = new float[4 * h * w];
    for (int i = 0; i < planes.length; i++) {
      int plane = i / (h * w);
      double sum = 0;
      for (int j = 0; j < shrink * shrink; j++) {
        int row = i / w % h * shrink + j / shrink;
        int column = i % w * shrink + j % shrink;
        int at = row * matte.width() + column;
        sum +=
            plane < 3
                ? matte.rgb()[plane * matte.height() * matte.width() + at]
                : matte.alpha()[at];
      }
      planes[i] = (float) (sum / (shrink * shrink));
    }
    return new Matte(
        matte.name(),
        h,
        w,
        java.util.Arrays.copyOf(planes, 3 * h * w),
        java.util.Arrays.copyOfRange(planes, 3 * h * w, 4 * h * w));
  }

  private static void halves(Matte matte, int side, int most, List<List<Matte>> to) {
    int middle = matte.width() / 2;
    if (matte.height() < side || middle < side) {
      throw new BadData(
          matte + ": its halves are smaller than the squares of " + side + " pixels cut from them");
    }
    to.add(squares(matte, side, most, 0, middle));
    to.add(squares(matte, side, most, middle, matte.width()));
  }

  private static List<Matte> squares(Matte matte, int side, int most, int from, int end) {
    List<Matte> squares = new ArrayList<>();
    for (int top = 0; top + side <= matte.height(); top += side / 2) {
      for (int left = from; left + side <= end; left += side / 2) {
        squares.add(matte.cut(top, left, side));
      }
    }
    squares.sort(Comparator.comparingDouble(Matte::mixed).reversed());
    int fine = (int) squares.stream().filter(square -> square.mixed() >= LEAST_MIXED).count();
    return squares.subList(0, Math.min(most, Math.max(1, fine)));
  }
}
