package org.perdita.lab.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
import org.perdita.lab.features.FeatureNetwork;
import org.perdita.lab.pictures.UpscaleTraining.Means;
import org.perdita.lab.pictures.UpscaleTraining.Recipe;
import org.perdita.perceptual.FeatureLoss;
import org.perdita.perceptual.PerceptualLoss;
import org.perdita.perceptual.PerceptualLoss.Term;
import org.perdita.perceptual.PixelLoss;
import org.perdita.pytorch.Engine;

/** Small pictures made large: does a perceptual loss lose decibels and win sharpness? */
public final class SuperResolution implements Experiment {
  /**
   * Features of the paper's layer, relu2_2, and of one before the first pooling, without which grid
   * patterns that pooling does not see stay in the pictures.
   */
  static PerceptualLoss loss() {
    return PerceptualLoss.of("relu2_2", 1, FeatureLoss.squaredError())
        .plus("relu1_2", 1, FeatureLoss.squaredError());
  }

  /**
   * As {@link #loss}, with the pixels' squared error. A feature network is blind to some patterns,
   * and the fewer its channels the more: the distilled VGG-19's 16 see no fine grid, which makes
   * features larger where the small picture lost them, so that features alone put one everywhere.
   */
  static PerceptualLoss lossWithPixels() {
    return loss().plus(FeatureNetwork.PIXELS, 1, PixelLoss.squaredError());
  }

  private static final String BICUBIC = "bicubic";
  private static final String PIXEL = "pixel loss";
  private static final String PERCEPTUAL = "perceptual loss";
  private static final String BOTH = "perceptual and pixel loss";

  @Override
  public String name() {
    return "super-resolution";
  }

  @Override
  public String data() {
    return "scenes drawn by the program, its own feature network; --data: a folder of pictures, or"
        + " images/kodak, images/photos and images/set5, and features/*.safetensors";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "A network trained with a perceptual loss makes small pictures large with a lower PSNR than"
            + " one trained with a pixel loss, and sharper.",
        "Johnson, Alahi, Fei-Fei: Perceptual Losses for Real-Time Style Transfer and"
            + " Super-Resolution, ECCV 2016, arXiv 1603.08155, section 4.2",
        "288 × 288 squares of 10,000 photographs, VGG-16, 200,000 steps; tested on Set5",
        List.of(
                published(4, BICUBIC, 28.43, 0.8114),
                published(4, PIXEL, 28.40, 0.8205),
                published(4, PERCEPTUAL, 27.09, 0.7680),
                published(8, BICUBIC, 23.80, 0.6455),
                published(8, PIXEL, 24.77, 0.6864),
                published(8, PERCEPTUAL, 23.26, 0.6058))
            .stream()
            .flatMap(List::stream)
            .toList());
  }

  private static List<Published> published(int times, String group, double psnr, double ssim) {
    String at = condition(times).label();
    return List.of(
        new Published(at, group, UpscaleTraining.PSNR, psnr, false),
        new Published(at, group, UpscaleTraining.SSIM, ssim, false));
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("how much larger each side becomes: the paper's 4 and 8") List<Integer> times,
      @Because("different enough that the network does not learn them by heart") int trainPictures,
      @Because("never seen in training") int testPictures,
      @Because("of the drawn pictures") int pictureSide,
      @Because("of the squares cut out for training; 288 in the paper") int squareSide,
      @Because("squares a step; 4 in the paper") int batch,
      @Because("the same for both losses, within the scale's time; 200,000 in the paper") int steps,
      @Because("channels of the network") int width,
      @Because("Adam; the paper's; a tenth of it for the last quarter of the steps")
          double learningRate) {

    static Numbers of(Request request) {
      if (request.tiny()) {
        return new Numbers(List.of(4), 3, 2, 64, 32, 2, 4, 8, 1e-3);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(List.of(4), 24, 5, 160, 64, 6, 480, 24, 1e-3);
        case FULL -> new Numbers(List.of(4, 8), 60, 8, 192, 64, 6, 700, 24, 1e-3);
        case PAPER -> new Numbers(List.of(4, 8), 10_000, 100, 288, 288, 4, 200_000, 64, 1e-3);
      };
    }

    Recipe recipe(int times) {
      return new Recipe(times, steps, batch, squareSide, width, learningRate);
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    PictureSet.Source pictures =
        request
            .data()
            .map(d -> PictureSet.read(d, n.trainPictures()).atLeast(n.squareSide()).source())
            .orElseGet(
                () -> PictureSet.scenes(n.trainPictures(), n.testPictures(), n.pictureSide()));
    List<Means> means = means(request.data().isPresent());
    List<Condition> conditions = n.times().stream().map(SuperResolution::condition).toList();
    List<Training> trainings = new ArrayList<>();
    for (int seed = 1; seed <= request.seeds(); seed++) {
      for (int i = 0; i < conditions.size(); i++) {
        for (Means each : means) {
          trainings.add(
              new UpscaleTraining(
                  conditions.get(i),
                  arm(each),
                  seed,
                  each,
                  n.recipe(n.times().get(i)),
                  pictures,
                  request.data()));
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
            means.stream().map(SuperResolution::arm).toList(),
            UpscaleTraining.MEASURES,
            comparisons(conditions, means.contains(Means.BOTH)),
            differs(n, request.data().isPresent()));
    return new Plan(protocol, trainings);
  }

  /** Published feature networks may be blind to what the program's own sees. */
  private static List<Means> means(boolean files) {
    return files ? List.of(Means.values()) : List.of(Means.BICUBIC, Means.PIXEL, Means.PERCEPTUAL);
  }

  private static Condition condition(int times) {
    return new Condition("× " + times, times);
  }

  private static Arm arm(Means means) {
    return switch (means) {
      case BICUBIC -> new Arm(BICUBIC, "none", BICUBIC);
      case PIXEL -> new Arm(PIXEL, PixelLoss.squaredError().toString(), PIXEL);
      case PERCEPTUAL -> new Arm(PERCEPTUAL, terms(loss()), PERCEPTUAL);
      case BOTH -> new Arm(BOTH, terms(lossWithPixels()) + ", half of it the pixels'", BOTH);
    };
  }

  private static String terms(PerceptualLoss loss) {
    return loss.terms().stream().map(Term::name).collect(Collectors.joining(" + "));
  }

  private static List<Comparison> comparisons(List<Condition> conditions, boolean both) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Condition c : conditions) {
      String at = ": " + c.label() + ".";
      comparisons.addAll(
          comparisons(
              PERCEPTUAL,
              c,
              "The pixel loss has the higher PSNR" + at,
              "The perceptual loss is nearer by perceptual distance" + at,
              "The perceptual loss is sharper" + at));
    }
    for (Condition c : both ? conditions : List.<Condition>of()) {
      String at = ": " + c.label() + ".";
      comparisons.addAll(
          comparisons(
              BOTH,
              c,
              "The pixel loss alone has a higher PSNR than both" + at,
              "Both are nearer by perceptual distance than the pixel loss alone" + at,
              "Both are sharper than the pixel loss alone" + at));
    }
    return comparisons;
  }

  private static List<Comparison> comparisons(
      String arm, Condition c, String psnr, String distance, String sharpness) {
    return List.of(
        new Comparison(psnr, UpscaleTraining.PSNR, c.label(), arm, PIXEL),
        new Comparison(distance, UpscaleTraining.DISTANCE, c.label(), PIXEL, arm),
        new Comparison(sharpness, UpscaleTraining.SHARPNESS, c.label(), PIXEL, arm));
  }

  private static List<String> differs(Numbers n, boolean files) {
    List<String> differs = new ArrayList<>();
    if (!files) {
      differs.add("scenes drawn by the program instead of photographs");
    }
    differs.add(
        (files ? "the distilled VGG-19 where its file is there" : "the program's own network")
            + " instead of VGG-16");
    differs.add("features of relu1_2 beside relu2_2");
    if (files) {
      differs.add("one arm more: features and pixels, half each");
    }
    differs.add(n.steps() + " steps of " + n.batch() + " squares");
    differs.add("a smaller network that adds to bicubic; small pictures made without blur");
    return differs;
  }
}
