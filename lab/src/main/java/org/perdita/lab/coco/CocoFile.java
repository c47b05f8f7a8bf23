package org.perdita.lab.coco;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.PictureFile;

/**
 * Reads COCO's annotation format: a JSON object with {@code images}, {@code annotations} and {@code
 * categories}, and a folder with the images.
 *
 * <p>A defect is one sentence with the file and the id. By default the first one ends the reading;
 * asked to skip, the reader leaves out the image or the annotation it is about, and lists it. A
 * file without its three lists, or with a damaged category, is refused either way.
 *
 * <p>A box may reach over the image's edge by up to a pixel, as roundings do, and is cut there.
 */
public final class CocoFile {
  private static final long MOST_BYTES = 1L << 30;
  private static final double ROUNDING = 1;

  private final Path file;
  private final Path folder;
  private final boolean skip;
  private final List<String> leftOut = new ArrayList<>();
  private final Map<Integer, Category> categories = new TreeMap<>();
  private final Map<Integer, JsonNode> images = new LinkedHashMap<>();
  private final Map<Integer, List<Truth>> objects = new LinkedHashMap<>();
  private final Set<Integer> skipped = new HashSet<>();

  private CocoFile(Path file, Path folder, boolean skip) {
    this.file = file;
    this.folder = folder;
    this.skip = skip;
  }

  /**
   * Reads {@code file}.
   *
   * @param folder where the images are
   * @param skip whether what is bad is left out
   * @throws BadData in one sentence
   */
  public static CocoData read(Path file, Path folder, boolean skip) {
    return new CocoFile(file, folder, skip).read();
  }

  private CocoData read() {
    JsonNode root = parse(file);
    each(list(root, "categories"), this::category);
    each(list(root, "images"), this::image);
    each(list(root, "annotations"), annotations());
    List<CocoImage> read = new ArrayList<>();
    images.forEach(
        (id, node) ->
            read.add(
                new CocoImage(
                    id,
                    folder.resolve(node.path("file_name").asText()),
                    node.path("width").asInt(),
                    node.path("height").asInt(),
                    objects.getOrDefault(id, List.of()))));
    return new CocoData(List.copyOf(categories.values()), read, leftOut);
  }

  /** The JSON of a file, if it is one. */
  static JsonNode parse(Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new BadData(file + ": has " + size + " bytes, allowed: up to " + MOST_BYTES);
      }
      JsonNode root = new ObjectMapper().readTree(file.toFile());
      if (root == null || !root.isObject()) {
        throw new BadData(file + ": is not a JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new BadData(file + where + ": is not JSON: " + e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw new BadData(file + ": no such file", e);
    } catch (IOException e) {
      throw new BadData(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private JsonNode list(JsonNode root, String name) {
    JsonNode list = root.path(name);
    if (!list.isArray()) {
      throw bad(name + (list.isMissingNode() ? " is missing" : " is not an array"));
    }
    return list;
  }

  private interface Reader {
    /** Takes one entry in, or says what is wrong with it. */
    @Nullable String read(JsonNode node, int index);
  }

  private void each(JsonNode list, Reader reader) {
    int index = 0;
    for (JsonNode node : list) {
      String defect = reader.read(node, index++);
      if (defect != null && !skip) {
        throw bad(defect);
      }
      if (defect != null) {
        leftOut.add(file + ": " + defect);
      }
    }
  }

  private @Nullable String category(JsonNode node, int index) {
    Integer id = id(node);
    if (id == null || !node.path("name").isTextual()) {
      throw bad("category number " + index + " has no whole id or no name");
    }
    if (categories.put(id, new Category(id, node.path("name").asText())) != null) {
      throw bad("category " + id + " stands there twice");
    }
    return null;
  }

  private @Nullable String image(JsonNode node, int index) {
    Integer id = id(node);
    if (id == null) {
      return "image number " + index + " has no whole id";
    }
    String defect = imageDefect(id, node);
    if (defect == null) {
      images.put(id, node);
    } else {
      skipped.add(id);
    }
    return defect;
  }

  private @Nullable String imageDefect(int id, JsonNode node) {
    if (images.containsKey(id)) {
      return "image " + id + " stands there twice";
    }
    String name = node.path("file_name").asText("");
    if (name.isEmpty()) {
      return "image " + id + " has no file_name";
    }
    int width = node.path("width").asInt();
    int height = node.path("height").asInt();
    if (width <= 0 || height <= 0) {
      return "image " + id + " is " + width + " × " + height + " pixels";
    }
    try {
      Path path = folder.resolve(name).normalize();
      if (!path.startsWith(folder.normalize())) {
        return "image " + id + " has file_name '" + name + "', which leads out of the folder";
      }
      int[] size = PictureFile.size(path);
      if (size[0] != width || size[1] != height) {
        return String.format(
            "image %d is said to be %d × %d pixels, %s is %d × %d",
            id, width, height, path, size[0], size[1]);
      }
      return null;
    } catch (InvalidPathException e) {
      return "image " + id + " has file_name '" + name + "', which is no file name";
    } catch (BadData e) {
      return "image " + id + ": " + e.getMessage();
    }
  }

  private Reader annotations() {
    Set<Long> ids = new HashSet<>();
    return (node, index) -> {
      JsonNode id = node.path("id");
      if (!id.isIntegralNumber()) {
        return "annotation number " + index + " has no whole id";
      }
      String who = "annotation " + id;
      if (!ids.add(id.asLong())) {
        return who + " stands there twice";
      }
      JsonNode image = node.path("image_id");
      if (image.canConvertToInt() && skipped.contains(image.asInt())) {
        return who + " is of image " + image + ", which was left out";
      }
      if (!image.canConvertToInt() || !images.containsKey(image.asInt())) {
        return who + " is of image " + image + ", which the file does not have";
      }
      JsonNode category = node.path("category_id");
      if (!category.canConvertToInt() || !categories.containsKey(category.asInt())) {
        return who + " is of category " + category + ", which the file does not have";
      }
      return box(who, node, image.asInt(), category.asInt());
    };
  }

  private @Nullable String box(String who, JsonNode node, int image, int category) {
    JsonNode numbers = node.path("bbox");
    double[] box = new double[4];
    boolean four = numbers.isArray() && numbers.size() == box.length;
    for (int k = 0; k < box.length && four; k++) {
      four = numbers.get(k).isNumber() && Double.isFinite(numbers.get(k).asDouble());
      box[k] = numbers.get(k).asDouble();
    }
    if (!four) {
      return who + " has bbox " + numbers + ", allowed: four finite numbers";
    }
    if (box[2] <= 0 || box[3] <= 0) {
      return who + " has bbox " + numbers + ", whose sizes must be above 0";
    }
    JsonNode of = Objects.requireNonNull(images.get(image));
    double width = of.path("width").asInt();
    double height = of.path("height").asInt();
    double right = box[0] + box[2];
    double bottom = box[1] + box[3];
    boolean inside =
        box[0] >= -ROUNDING
            && box[1] >= -ROUNDING
            && right <= width + ROUNDING
            && bottom <= height + ROUNDING
            && box[0] < width
            && box[1] < height
            && right > 0
            && bottom > 0;
    if (!inside) {
      return String.format(
          "%s has bbox %s, outside image %d of %.0f × %.0f pixels",
          who, numbers, image, width, height);
    }
    double x = Math.max(0, box[0]);
    double y = Math.max(0, box[1]);
    double w = Math.min(width, right) - x;
    double h = Math.min(height, bottom) - y;
    JsonNode area = node.path("area");
    double size = area.isNumber() && area.asDouble() > 0 ? area.asDouble() : w * h;
    boolean crowd = node.path("iscrowd").asInt() != 0;
    objects
        .computeIfAbsent(image, id -> new ArrayList<>())
        .add(new Truth(image, category, x, y, w, h, size, crowd));
    return null;
  }

  private static @Nullable Integer id(JsonNode node) {
    JsonNode id = node.path("id");
    return id.isIntegralNumber() && id.canConvertToInt() ? id.asInt() : null;
  }

  private BadData bad(String what) {
    return new BadData(file + ": " + what);
  }

  /** By id, so that the order does not depend on the file. */
  static List<CocoImage> ordered(List<CocoImage> images) {
    return images.stream().sorted(Comparator.comparingInt(CocoImage::id)).toList();
  }
}
