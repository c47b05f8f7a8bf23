package org.perdita.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.perdita.lab.detection.DenseDetection;
import org.perdita.lab.detection.IouBalanced;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.gan.GanCritics;
import org.perdita.lab.gan.GanDigits;
import org.perdita.lab.gan.GanMixture;
import org.perdita.lab.gan.GanPolygons;
import org.perdita.lab.matting.FineHair;
import org.perdita.lab.noisy.NoisyDigits;
import org.perdita.lab.noisy.NoisyImages;
import org.perdita.lab.noisy.NoisyRings;
import org.perdita.lab.pictures.StyleTransfer;
import org.perdita.lab.pictures.SuperResolution;
import org.perdita.lab.segmentation.SmallLesions;
import org.perdita.lab.tables.ImbalancedTables;

/**
 * The experiments a lab offers, in the order in which they run.
 *
 * @param list each with a name of its own
 */
public record Experiments(List<Experiment> list) {

  public Experiments {
    list = List.copyOf(list);
  }

  /** Every experiment of the published claims. */
  public static Experiments all() {
    return new Experiments(
        List.of(
            new NoisyRings(),
            new NoisyDigits(),
            new NoisyImages(),
            new GanMixture(),
            new GanCritics(),
            new GanPolygons(),
            new GanDigits(),
            new ImbalancedTables(),
            new SmallLesions(),
            new FineHair(),
            new DenseDetection(),
            new IouBalanced(),
            new SuperResolution(),
            new StyleTransfer()));
  }

  /** What the command line calls them. */
  public List<String> names() {
    return list.stream().map(Experiment::name).toList();
  }

  /**
   * Those called {@code names}, in the order asked for; all of them when no name is given.
   *
   * @throws Refusal if there is no experiment of that name
   */
  public List<Experiment> named(List<String> names) {
    if (names.isEmpty()) {
      return list;
    }
    List<Experiment> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          list.stream()
              .filter(experiment -> experiment.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return chosen.stream().distinct().toList();
  }

  private Refusal unknown(String name) {
    String known = names().stream().collect(Collectors.joining(", "));
    return new Refusal(
        "there is no experiment '" + name + "'; there is " + (known.isEmpty() ? "none" : known));
  }
}
