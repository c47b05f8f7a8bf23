package org.perdita.lab.report;

import java.util.List;
import java.util.Locale;

/**
 * One colour for one loss, wherever it is drawn. A slot is a place in the style sheet's list of
 * colours, which differ in hue and in lightness so that colour-blind readers can tell them apart.
 */
final class Palette {
  /** The narrower name first: a FocalStarLoss is also something focal. */
  private static final List<Slot> SLOTS =
      List.of(
          new Slot("generalizedcrossentropy", 4),
          new Slot("crossentropy", 0),
          new Slot("bitempered", 1),
          new Slot("focalstar", 2),
          new Slot("focal", 3),
          new Slot("minimax", 0),
          new Slot("nonsaturating", 1),
          new Slot("leastsquares", 4),
          new Slot("wasserstein", 2),
          new Slot("hinge", 3),
          new Slot("began", 5));

  private static final int OTHERS = 3;

  private record Slot(String name, int number) {}

  private Palette() {}

  /** The slot of a loss, given as its record prints itself or by its class's name. */
  static int slot(String loss) {
    int end = loss.indexOf('[');
    String name = (end < 0 ? loss : loss.substring(0, end)).toLowerCase(Locale.ROOT);
    return SLOTS.stream()
        .filter(slot -> name.contains(slot.name()))
        .mapToInt(Slot::number)
        .findFirst()
        .orElse(SLOTS.size() + Math.floorMod(name.hashCode(), OTHERS));
  }
}
