package org.perdita.lab.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.perdita.lab.data.Paintings;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Claim.Published;
import org.perdita.lab.experiment.Comparison;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Protocol;
import org.perdita.lab.experiment.Protocol.Arm;
import org.perdita.lab.experiment.Protocol.Condition;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training;
import org.perdita.lab.features.EngineImages;
import org.perdita.lab.image.PictureFile;
import org.perdita.lab.image.PictureFolder;
import org.perdita.lab.image.Pictures;
import org.perdita.lab.image.Resampling;
import org.perdita.lab.pictures.StyleTraining.Recipe;
import org.perdita.lab.pictures.StyleTraining.Way;
import org.perdita.perceptual.Image;
import org.perdita.pytorch.Engine;

/** Pictures in another manner: does one pass of a network reach what optimisation reaches? */
public final class StyleTransfer implements Experiment {
  private static final String COLOURS = "colours alone";
  private static final String OPTIMISATION = "optimisation, ";
  private static final String ADAM = OPTIMISATION + "Adam";
  private static final String LBFGS = OPTIMISATION + "L-BFGS";
  private static final String FEED_FORWARD = "feed-forward";

  @Override
  public String name() {
    return "style-transfer";
  }

  @Override
  public String data() {
    return "scenes and paintings drawn by the program, its own feature network; --data: a folder of"
        + " pictures, or images/kodak, images/photos, images/set5 and images/styles, and"
        + " features/*.safetensors";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "A network trained for one style reaches, in one pass, the objective that 50 to 100"
            + " iterations of optimising the pixels reach, three orders of magnitude faster than"
            + " 500 iterations.",
        "Johnson, Alahi, Fei-Fei: Perceptual Losses for Real-Time Style Transfer and"
            + " Super-Resolution, ECCV 2016, arXiv 1603.08155, section 4.1 and table 1",
        "80,000 photographs of 256 × 256, VGG-16, 40,000 steps; L-BFGS for 500 iterations",
        List.of(new Published("mosaic", FEED_FORWARD, StyleTraining.TIMES, 1060, false)));
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("the first of them is the headline's") List<String> styles,
      @Because("what the network learns on") int trainPictures,
      @Because("for each seed, each seed others; never seen in training") int testPictures,
      @Because("of all pictures but the style; 256 in the paper") int side,
      @Because("of the style: drawn ones are twice as large, so that strokes are not pixels")
          int styleSide,
      @Because("of the pixels' optimisation: what the paper says one pass is worth") int iterations,
      @Because("of the network's training; 40,000 in the paper") int steps,
      @Because("pictures a step; 4 in the paper; more steps of one picture learn more in the time")
          int batch,
      @Because("channels of the network's first layer; 32 in the paper") int width,
      @Because("residual blocks; 5 in the paper") int blocks,
      @Because("Adam; the paper's; here it falls to a tenth") double learningRate,
      @Because("of the style beside the content, each over what it is for features of 0; by eye")
          double strength,
      @Because("of the squared total variation, for each pixel and channel; by eye")
          double variation) {

    static Numbers of(Request request, boolean paintings) {
      int times = paintings ? 1 : 2;
      List<String> one = List.of("mosaic");
      if (request.tiny()) {
        return new Numbers(one, 2, 1, 32, 32 * times, 2, 3, 1, 4, 1, 1e-3, 3, 8);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(one, 64, 2, 96, 96 * times, 50, 700, 1, 12, 3, 1e-3, 3, 8);
        case FULL -> new Numbers(one, 200, 2, 96, 96 * times, 100, 4000, 1, 12, 3, 1e-3, 3, 8);
        case PAPER ->
            new Numbers(
                Paintings.NAMES, 80_000, 50, 256, 256 * times, 500, 40_000, 4, 32, 5, 1e-3, 3, 8);
      };
    }

    Recipe recipe() {
      return new Recipe(
          testPictures,
          iterations,
          steps,
          batch,
          side,
          width,
          blocks,
          learningRate,
          strength,
          variation);
    }
  }

  @Override
  public Plan plan(Request request) {
    Optional<Path> data = request.data();
    List<Path> paintings = data.map(d -> PictureFolder.find(d, "styles")).orElseGet(List::of);
    Optional<Path> eyes =
        data.map(d -> d.resolve("features").resolve("vgg19_16x_encoder4.safetensors"))
            .filter(Files::isRegularFile);
    Numbers n = Numbers.of(request, !paintings.isEmpty());
    PictureSet.Source pictures =
        data.map(d -> photographs(d, n).source())
            .orElseGet(
                () ->
                    PictureSet.scenes(
                        n.trainPictures(), n.testPictures() * request.seeds(), n.side()));
    List<Condition> conditions = new ArrayList<>();
    List<Training> trainings = new ArrayList<>();
    List<Image> styles = new ArrayList<>();
    if (paintings.isEmpty()) {
      for (String style : n.styles()) {
        conditions.add(new Condition(style, conditions.size() + 1));
        styles.add(Paintings.draw(style, 1, n.styleSide(), n.styleSide()));
      }
    }
    for (Path painting : paintings.subList(0, Math.min(n.styles().size(), paintings.size()))) {
      String file = painting.getFileName().toString();
      conditions.add(new Condition(file.replaceAll("\\.[^.]*$", ""), conditions.size() + 1));
      styles.add(fitted(Pictures.of(PictureFile.read(painting)), n.styleSide()));
    }
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (int i = 0; i < conditions.size(); i++) {
        for (Way way : Way.values()) {
          trainings.add(
              new StyleTraining(
                  conditions.get(i),
                  arm(way),
                  seed,
                  way,
                  n.recipe(),
                  styles.get(i),
                  pictures,
                  eyes));
        }
      }
    }
    Protocol protocol =
        Protocol.of(
            this,
            request,
            pictures.name(),
            n,
            conditions,
            Arrays.stream(Way.values()).map(StyleTransfer::arm).toList(),
            StyleTraining.MEASURES,
            comparisons(conditions, n),
            differs(n, data.isPresent(), eyes.isPresent()));
    return new Plan(protocol, trainings);
  }

  /** Photographs at the scale's size: squares that show most of each. */
  private static PictureSet photographs(Path data, Numbers n) {
    PictureSet read = PictureSet.read(data, n.trainPictures());
    return new PictureSet(
        read.name(),
        read.train().stream().map(image -> fitted(image, n.side() * 3 / 2)).toList(),
        read.test().stream().map(image -> fitted(image, n.side())).toList());
  }

  /** The middle square of a picture, at a size. */
  private static Image fitted(Image image, int side) {
    int h = image.pixels().length(2);
    int w = image.pixels().length(3);
    int least = Math.min(h, w);
    Image square = PictureSet.cut(image, (h - least) / 2, (w - least) / 2, least, least);
    return Engine.scoped(
        () ->
            EngineImages.saved(
                EngineImages.resized(EngineImages.of(square), Resampling.bicubic(), side, side)));
  }

  private static Arm arm(Way way) {
    return switch (way) {
      case COLOURS -> new Arm(COLOURS, "none", COLOURS);
      case ADAM -> new Arm(ADAM, "content and style", ADAM);
      case LBFGS -> new Arm(LBFGS, "content and style", LBFGS);
      case FEED_FORWARD -> new Arm(FEED_FORWARD, "content and style", FEED_FORWARD);
    };
  }

  private static List<Comparison> comparisons(List<Condition> conditions, Numbers n) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Condition c : conditions) {
      String at = ": " + c.label() + ".";
      for (String optimised : List.of(LBFGS, ADAM)) {
        comparisons.add(
            new Comparison(
                "One pass reaches a lower objective than "
                    + n.iterations()
                    + " iterations of "
                    + optimised.replace(OPTIMISATION, "")
                    + at,
                StyleTraining.OBJECTIVE,
                c.label(),
                optimised,
                FEED_FORWARD));
      }
      comparisons.add(
          new Comparison(
              "One pass reaches a lower objective than the picture with the style's colours has"
                  + at,
              StyleTraining.OBJECTIVE,
              c.label(),
              COLOURS,
              FEED_FORWARD));
      comparisons.add(
          new Comparison(
              "One pass takes less time than " + n.iterations() + " iterations of L-BFGS" + at,
              StyleTraining.SECONDS,
              c.label(),
              LBFGS,
              FEED_FORWARD));
    }
    return comparisons;
  }

  private static List<String> differs(Numbers n, boolean files, boolean distilled) {
    List<String> differs = new ArrayList<>();
    if (!files) {
      differs.add("scenes and paintings drawn by the program instead of photographs and paintings");
    }
    differs.add(
        (distilled ? "the distilled VGG-19" : "the program's own network") + " instead of VGG-16");
    differs.add(n.steps() + " steps of " + n.batch() + " pictures of " + n.side() + " pixels");
    differs.add("Gram matrices of the pixels beside those of the features");
    differs.add("optimisation starts from the content with the style's colours");
    differs.add("L-BFGS keeps the range by a sigmoid, where the paper projects");
    differs.add("a smaller network, which enlarges before it convolves");
    return differs;
  }
}
