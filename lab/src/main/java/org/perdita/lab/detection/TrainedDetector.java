package org.perdita.lab.detection;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.perdita.classification.FocalLoss;
import org.perdita.detection.SmoothL1Loss;
import org.perdita.lab.coco.Found;
import org.perdita.lab.data.BadData;
import org.perdita.lab.detection.DetectionTraining.Recipe;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.net.Backbone;
import org.perdita.lab.net.RetinaNet;
import org.perdita.lab.weights.NetWeights;
import org.perdita.lab.weights.SafeTensors;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/** A detector in a safetensors file, whose header says how it was made; and how to make one. */
public final class TrainedDetector implements AutoCloseable {
  private static final String BACKBONE = "perdita.backbone";
  private static final String CLASSES = "perdita.classes";
  private static final String SIDE = "perdita.side";
  private static final String BASE = "perdita.anchor-base";
  private static final double PRIOR = 0.01;
  private static final int MOST_SIDE = 4096;
  private static final int WARMUP = 80;

  /** Adam's for the tiny detector; for others in proportion to one over their channels. */
  private static final double RATE = 3e-3;

  private final RetinaNet net;
  private final Detector detector;
  private final List<String> classes;
  private final int side;
  private final String source;

  private TrainedDetector(
      RetinaNet net, Detector detector, List<String> classes, int side, String source) {
    this.net = net;
    this.detector = detector;
    this.classes = classes;
    this.side = side;
    this.source = source;
  }

  /**
   * Loads a detector.
   *
   * @throws BadData if the file is none of this program's detectors
   */
  public static TrainedDetector load(Path file) {
    SafeTensors weights = SafeTensors.read(file);
    Map<String, String> header = weights.metadata();
    Backbone backbone =
        Backbone.ALL.stream()
            .filter(b -> b.name().equals(header.get(BACKBONE)))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadData(
                        file
                            + ": is no detector of perdita train-detector: its header has "
                            + BACKBONE
                            + " = "
                            + header.get(BACKBONE)));
    List<String> classes = List.of(header.getOrDefault(CLASSES, "").split("\n"));
    int side = (int) number(file, header, SIDE, backbone.multiple(), MOST_SIDE);
    if (side % backbone.multiple() != 0) {
      throw new BadData(
          file + ": " + SIDE + " is " + side + ", allowed: multiples of " + backbone.multiple());
    }
    double base = number(file, header, BASE, 0.1, 100);
    RetinaNet net = new RetinaNet(1, backbone, classes.size(), Anchors.A_POSITION, PRIOR);
    try {
      NetWeights.load(net, weights);
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
    Recipe recipe = new Recipe(backbone, base, PRIOR, 1, 1, 0, 1);
    Detector detector = DetectionTraining.detector(net, side, recipe);
    return new TrainedDetector(net, detector, classes, side, weights.toString());
  }

  private static double number(
      Path file, Map<String, String> header, String key, double least, double most) {
    String text = header.getOrDefault(key, "missing");
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      throw new BadData(file + ": " + key + " is " + text + ", allowed: " + least + " to " + most);
    }
    return value;
  }

  /** What the objects found can be; category 1 is the first. */
  public List<String> classes() {
    return classes;
  }

  /** What is found in {@code picture}, best first, in its pixels. */
  public List<Found> find(BufferedImage picture) {
    Scene scene = PhotoScenes.of(picture, side);
    List<Found> found = new ArrayList<>();
    Engine.scoped(
        () -> {
          found.addAll(detector.find(List.of(scene), detector.predict(List.of(scene))));
        });
    return found;
  }

  /** Draws what was found on {@code picture}. */
  public void draw(BufferedImage picture, List<Found> found) {
    DetectionPicture.draw(picture, found, classes);
  }

  @Override
  public void close() {
    net.close();
  }

  /** The file, with its hash. */
  @Override
  public String toString() {
    return source;
  }

  /**
   * How to train a detector.
   *
   * @param data a folder in the COCO format, or empty for drawn scenes
   * @param skipBad whether what is bad in it is left out
   * @param backbone the network's size
   * @param side pixels of the square that images are fitted into
   * @param steps of eight images
   * @param seed of weights and batches
   */
  public record Job(
      Optional<Path> data, boolean skipBad, Backbone backbone, int side, int steps, int seed) {

    /**
     * Trains with the focal loss and saves the weights.
     *
     * @param file where to; written whole or not at all
     * @param told the loss of each step
     * @return what was left out of the data
     */
    public List<String> run(Path file, DoubleConsumer told) {
      int drawn = 1500;
      double base = data.isPresent() ? 3 : 2;
      List<String> leftOut = new ArrayList<>();
      SceneSet scenes =
          data.map(folder -> PhotoScenes.read(folder, side, skipBad, false, leftOut))
              .orElseGet(() -> DrawnScenes.draw(side, drawn, 0, 1, seed));
      Objective objective =
          Objective.of(new ScoreLoss.Plain(FocalLoss.retinaNet()), SmoothL1Loss.retinaNet());
      double rate = RATE * Backbone.TINY.pyramid() / backbone.pyramid();
      Recipe recipe = new Recipe(backbone, base, PRIOR, steps, 8, rate, WARMUP);
      Arm arm = new Arm("focal", objective.toString(), "focal");
      DetectionTraining training =
          new DetectionTraining(DetectionStudy.CONDITION, arm, seed, scenes, recipe, objective);
      try (Engine.Scope run = Engine.scope();
          RetinaNet net = training.network();
          Optimizer optimizer = DetectionTraining.optimizer(net, recipe)) {
        Objects.requireNonNull(run);
        Detector detector = DetectionTraining.detector(net, side, recipe);
        for (int step = 0; step < steps; step++) {
          told.accept(training.step(detector, optimizer, step));
        }
        NetWeights.save(
            net,
            file,
            Map.of(
                BACKBONE, backbone.name(),
                CLASSES, String.join("\n", scenes.classes()),
                SIDE, Integer.toString(side),
                BASE, Double.toString(base)));
      }
      return leftOut;
    }
  }
}
