package org.perdita.lab.coco;

import java.util.List;

/**
 * Annotated images.
 *
 * @param categories by id
 * @param images in the order of the file
 * @param leftOut what was skipped, one sentence each; empty unless skipping was asked for
 */
public record CocoData(List<Category> categories, List<CocoImage> images, List<String> leftOut) {
  public CocoData {
    categories = List.copyOf(categories);
    images = List.copyOf(images);
    leftOut = List.copyOf(leftOut);
  }

  /** The same categories with some of the images. */
  CocoData with(List<CocoImage> some) {
    return new CocoData(categories, some, leftOut);
  }
}
