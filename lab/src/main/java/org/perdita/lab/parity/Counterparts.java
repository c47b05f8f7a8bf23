package org.perdita.lab.parity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All counterparts, and the page they make. */
public final class Counterparts {
  private Counterparts() {}

  /** Every counterpart; those of one loss stand together. */
  public static List<Counterpart> all() {
    List<Counterpart> all = new ArrayList<>(FocalRecipes.all());
    all.addAll(TemperedRecipes.all());
    all.addAll(DetectionRecipes.all());
    all.addAll(SegmentationRecipes.all());
    all.addAll(PerceptualRecipes.all());
    all.addAll(AdversarialRecipes.all());
    all.addAll(PenaltyRecipes.all());
    return List.copyOf(all);
  }

  /** The same by loss, in order. */
  public static Map<String, List<Counterpart>> byLoss() {
    Map<String, List<Counterpart>> byLoss = new LinkedHashMap<>();
    for (Counterpart counterpart : all()) {
      byLoss.computeIfAbsent(counterpart.loss(), loss -> new ArrayList<>()).add(counterpart);
    }
    return byLoss;
  }

  /** Those of a loss whose library's name has {@code library} in it, however it is cased. */
  public static List<Counterpart> of(String loss, String library) {
    return all().stream()
        .filter(c -> c.loss().equalsIgnoreCase(loss))
        .filter(c -> lower(c.library()).contains(lower(library)))
        .toList();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The documentation's page, in Markdown. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Why our numbers differ

            How to get another library's number from Perdita. Every piece of code here is run by the
            tests on the golden case named under it, which that library made, and gives its value and
            gradient to float precision. `./perdita explain FocalLoss --like torchvision` prints one
            of them; this page is `./perdita explain --markdown`.
            """);
    byLoss()
        .forEach(
            (loss, its) -> {
              page.append("\n## ").append(loss).append('\n');
              for (Counterpart c : its) {
                page.append("\n### ").append(c.library()).append("\n\n`").append(c.call());
                page.append("`\n\n").append(c.convention()).append('\n');
                if (!c.wrong().isEmpty()) {
                  page.append("\n**Wrong there:** ").append(c.wrong()).append('\n');
                }
                page.append("\n```java\n").append(c.code()).append("\n```\n\nHeld to `");
                page.append(c.golden()).append("` of `").append(c.file()).append("`.\n");
              }
            });
    return page.toString();
  }
}
