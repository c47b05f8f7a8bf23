package org.perdita.lab.segmentation;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.perdita.lab.data.Scan;

/** Slices of scans, enlarged, with the outlines of the true and of the predicted mask. */
final class Contours {
  private static final int COLUMNS = 4;
  private static final int ROWS = 2;
  private static final int SIDE = 260;
  private static final int TRUTH = 0x56b4e9;
  private static final int PREDICTED = 0xe69f00;
  private static final int GAP = 4;

  private Contours() {}

  /** A slice of a scan, by the scan's index. */
  private record Place(int index, int slice, int lesion) {}

  /**
   * The slices with the largest lesions, at most two a scan.
   *
   * @param masks the predicted masks of {@code scans}
   */
  static BufferedImage of(List<Scan> scans, List<int[]> masks) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < scans.size(); i++) {
      Scan scan = scans.get(i);
      List<Place> own = new ArrayList<>();
      for (int z = 0; z < scan.depth(); z++) {
        own.add(new Place(i, z, scan.lesionVoxels(z)));
      }
      own.sort(Comparator.comparingInt(Place::lesion).reversed());
      places.addAll(own.subList(0, Math.min(scans.size() < ROWS * 2 ? COLUMNS : 2, own.size())));
    }
    List<Place> shown = places.subList(0, Math.min(COLUMNS * ROWS, places.size()));
    Scan first = scans.get(shown.get(0).index());
    int zoom = Math.max(1, SIDE / Math.max(first.height(), first.width()));
    int w = first.width() * zoom + GAP;
    int h = first.height() * zoom + GAP;
    int rows = (shown.size() + COLUMNS - 1) / COLUMNS;
    BufferedImage sheet =
        new BufferedImage(
            Math.min(COLUMNS, shown.size()) * w, rows * h, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < shown.size(); i++) {
      Place place = shown.get(i);
      Scan scan = scans.get(place.index());
      int[] mask = masks.get(place.index());
      paint(sheet, scan, mask, place.slice(), i % COLUMNS * w, i / COLUMNS * h, zoom);
    }
    return sheet;
  }

  private static void paint(
      BufferedImage sheet, Scan scan, int[] mask, int slice, int left, int top, int zoom) {
    for (int y = 0; y < scan.height() * zoom; y++) {
      for (int x = 0; x < scan.width() * zoom; x++) {
        int grey = grey(scan.at(slice, y / zoom, x / zoom));
        sheet.setRGB(left + x, top + y, grey << 16 | grey << 8 | grey);
      }
    }
    outline(sheet, scan, scan.mask(), slice, left, top, zoom, 0, TRUTH);
    outline(sheet, scan, mask, slice, left, top, zoom, 1, PREDICTED);
  }

  /** −2.5 … 3 standard deviations from black to white. */
  private static int grey(float v) {
    return (int) Math.max(0, Math.min(255, 255 * (v + 2.5) / 5.5));
  }

  /** Draws the edges between mask and rest, {@code inset} pixels inside the mask. */
  private static void outline(
      BufferedImage sheet,
      Scan scan,
      int[] mask,
      int slice,
      int left,
      int top,
      int zoom,
      int inset,
      int colour) {
    int h = scan.height();
    int w = scan.width();
    for (int y = 0; y < h * zoom; y++) {
      for (int x = 0; x < w * zoom; x++) {
        boolean edge = false;
        for (int side = 0; side < 4; side++) {
          int dy = side == 0 ? -inset - 1 : side == 1 ? inset + 1 : 0;
          int dx = side == 2 ? -inset - 1 : side == 3 ? inset + 1 : 0;
          edge |= !inside(mask, slice, h, w, y + dy, x + dx, zoom);
        }
        if (edge && inside(mask, slice, h, w, y, x, zoom)) {
          sheet.setRGB(left + x, top + y, colour);
        }
      }
    }
  }

  private static boolean inside(int[] mask, int z, int h, int w, int y, int x, int zoom) {
    int row = Math.floorDiv(y, zoom);
    int column = Math.floorDiv(x, zoom);
    return row >= 0
        && row < h
        && column >= 0
        && column < w
        && mask[(z * h + row) * w + column] != 0;
  }
}
