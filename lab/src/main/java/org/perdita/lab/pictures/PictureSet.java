package org.perdita.lab.pictures;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.perdita.Tensor;
import org.perdita.lab.data.Draw;
import org.perdita.lab.data.Scenes;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.image.PictureFile;
import org.perdita.lab.image.PictureFolder;
import org.perdita.lab.image.Pictures;
import org.perdita.perceptual.Image;
import org.perdita.perceptual.PixelFormat;

/**
 * Pictures to train on and others to measure on.
 *
 * @param name what they are called in the results
 * @param train at least one
 * @param test at least one
 */
record PictureSet(String name, List<Image> train, List<Image> test) {
  private static final long TEST = 1_000_000;

  PictureSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** Pictures that are made when somebody asks for them, and once. */
  static final class Source {
    private final String name;
    private final Supplier<PictureSet> made;
    private @Nullable PictureSet set;

    Source(String name, Supplier<PictureSet> made) {
      this.name = name;
      this.made = made;
    }

    String name() {
      return name;
    }

    synchronized PictureSet get() {
      PictureSet have = set;
      if (have == null) {
        have = made.get();
        set = have;
      }
      return have;
    }
  }

  /** Scenes that the program draws. */
  static Source scenes(int train, int test, int side) {
    return new Source("drawn scenes", () -> drawn(train, test, side));
  }

  /** Pictures that are there. */
  Source source() {
    return new Source(name, () -> this);
  }

  /** Scenes drawn by the program. */
  static PictureSet drawn(int train, int test, int side) {
    return new PictureSet("drawn scenes", sceneries(1, train, side), sceneries(TEST, test, side));
  }

  private static List<Image> sceneries(long first, int n, int side) {
    return LongStream.range(first, first + n).mapToObj(i -> Scenes.draw(i, side, side)).toList();
  }

  /**
   * Photographs from {@code kodak} and {@code photos} to train on and {@code set5} to test on,
   * where the folder has them; else its own pictures, of which every fourth is for testing.
   *
   * @param most at most so many of each
   */
  static PictureSet read(Path data, int most) {
    List<Path> train = new ArrayList<>(PictureFolder.find(data, "kodak"));
    train.addAll(PictureFolder.find(data, "photos"));
    List<Path> test = new ArrayList<>(PictureFolder.find(data, "set5"));
    String name = test.isEmpty() ? "pictures of " + data.getFileName() : "photographs, Set5";
    if (train.isEmpty() || test.isEmpty()) {
      List<Path> all = new ArrayList<>(PictureFolder.files(data));
      all.addAll(train);
      all.addAll(test);
      if (all.size() < 2) {
        throw PictureFolder.nothing(
            data, "wanted are two or more, or the folders kodak, photos and set5");
      }
      train.clear();
      test.clear();
      for (int i = 0; i < all.size(); i++) {
        (i % 4 == 1 ? test : train).add(all.get(i));
      }
    }
    return new PictureSet(name, images(train, most), images(test, most));
  }

  private static List<Image> images(List<Path> files, int most) {
    return files.stream().limit(most).map(f -> Pictures.of(PictureFile.read(f))).toList();
  }

  /** A square of a training picture; one that is too small is skipped. */
  Optional<Image> square(int side, Draw draw) {
    return cut(train.get(draw.below(train.size())), side, draw);
  }

  /** A square somewhere in {@code image}, if it is large enough. */
  static Optional<Image> cut(Image image, int side, Draw draw) {
    int h = image.pixels().length(2);
    int w = image.pixels().length(3);
    if (h < side || w < side) {
      return Optional.empty();
    }
    return Optional.of(cut(image, draw.below(h - side + 1), draw.below(w - side + 1), side, side));
  }

  /** The part of {@code image} from row {@code top} and column {@code left}. */
  static Image cut(Image image, int top, int left, int height, int width) {
    Tensor pixels = image.pixels();
    int h = pixels.length(2);
    int w = pixels.length(3);
    int c = pixels.length(1);
    float[] part = new float[c * height * width];
    for (int k = 0; k < c; k++) {
      for (int i = 0; i < height; i++) {
        int from = (k * h + top + i) * w + left;
        pixels.buffer().get(from, part, (k * height + i) * width, width);
      }
    }
    return new Image(Tensor.of(part, 1, c, height, width), image.format());
  }

  /** {@code n} squares of training pictures as one batch. */
  Image batch(int n, int side, Draw draw) {
    int each = 3 * side * side;
    float[] all = new float[n * each];
    for (int i = 0; i < n; ) {
      Optional<Image> square = square(side, draw);
      if (square.isPresent()) {
        square.get().pixels().buffer().get(0, all, i * each, each);
        i++;
      }
    }
    return new Image(Tensor.of(all, n, 3, side, side), PixelFormat.rgb());
  }

  /** Refuses pictures that are all smaller than {@code side}. */
  PictureSet atLeast(int side) {
    boolean any =
        train.stream().anyMatch(i -> i.pixels().length(2) >= side && i.pixels().length(3) >= side);
    if (!any) {
      throw new Refusal(
          name + ": needs a training picture of at least " + side + " × " + side + " pixels");
    }
    return this;
  }
}
