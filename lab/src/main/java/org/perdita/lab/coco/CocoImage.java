package org.perdita.lab.coco;

import java.nio.file.Path;
import java.util.List;

/**
 * An annotated image.
 *
 * @param id unique in its file
 * @param file where its pixels are; it exists and its header says the same size
 * @param width pixels
 * @param height pixels
 * @param objects what is in it, in the order of the file; boxes lie inside the image
 */
public record CocoImage(int id, Path file, int width, int height, List<Truth> objects) {
  public CocoImage {
    objects = List.copyOf(objects);
  }
}
