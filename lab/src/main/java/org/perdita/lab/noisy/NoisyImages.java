package org.perdita.lab.noisy;

import static org.perdita.lab.noisy.NoiseStudy.BI_TEMPERED;
import static org.perdita.lab.noisy.NoiseStudy.HEADLINE;
import static org.perdita.lab.noisy.NoiseStudy.LOGISTIC;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.perdita.classification.BiTemperedLoss;
import org.perdita.classification.CrossEntropyLoss;
import org.perdita.lab.data.CifarFiles;
import org.perdita.lab.data.Textures;
import org.perdita.lab.data.TrainTest;
import org.perdita.lab.experiment.Because;
import org.perdita.lab.experiment.Claim;
import org.perdita.lab.experiment.Experiment;
import org.perdita.lab.experiment.Plan;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.net.ResNet;
import org.perdita.lab.noisy.ImageTraining.Recipe;
import org.perdita.lab.noisy.NoiseStudy.Candidate;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.Optimizer;

/** Colour images with symmetric label noise and a residual network. */
public final class NoisyImages implements Experiment {
  private static final int PAPER_LAYERS = 56;

  @Override
  public String name() {
    return "noisy-images";
  }

  @Override
  public String data() {
    return "colour textures drawn by the program; --data: CIFAR-10 or CIFAR-100 binary files, or"
        + " rec.gz JPEG records";
  }

  @Override
  public String engine() {
    return Engine.name();
  }

  @Override
  public Claim claim() {
    return new Claim(
        "On natural images with many wrong labels, a residual network trained with the bi-tempered"
            + " logistic loss at temperatures (0.8, 1.2) keeps a higher clean test accuracy than"
            + " one trained with the logistic loss.",
        "Amid, Warmuth, Anil, Koren: Robust Bi-Tempered Logistic Loss Based on Bregman Divergences,"
            + " NeurIPS 2019, arXiv 1906.03361, top-1 accuracy by label noise",
        "CIFAR-100, symmetric label noise, ResNet-56",
        NoiseStudy.published(
            new double[] {0.7403, 0.6994, 0.6639, 0.6300, 0.5317, 0.5296},
            new double[] {0.7530, 0.7330, 0.7069, 0.6745, 0.6255, 0.5780}));
  }

  /** Every number the trainings depend on. */
  record Numbers(
      @Because("few enough that the network can memorise wrong labels within the scale's time")
          int trainImages,
      @Because("held out under noisy labels, for choosing") int validationImages,
      @Because("clean labels, for measuring only") int testImages,
      @Because("the images are averaged over squares of so many pixels a side, for speed")
          int shrink,
      @Because("6 n + 2 layers; the paper has 56") int layers,
      @Because("long enough for the learning rate to fall twice") int epochs,
      @Because("small, so that few images still make many steps") int batchImages,
      @Because(
              "SGD with momentum 0.9, divided by 10 after half and three quarters of the epochs;"
                  + " --tune also tries 0.3 times as much")
          double learningRate,
      @Because("He et al. 2016") double weightDecay,
      @Because("shifts and mirror images, as usual on CIFAR at the paper's scale")
          ImageBatches.Augmentation augmentation) {

    static Numbers of(Request request) {
      ImageBatches.Augmentation none = ImageBatches.Augmentation.NONE;
      if (request.tiny()) {
        return new Numbers(60, 30, 40, 2, 8, 1, 20, 0.03, 1e-4, none);
      }
      return switch (request.scale()) {
        case QUICK -> new Numbers(600, 150, 400, 2, 20, 12, 32, 0.03, 1e-4, none);
        case FULL -> new Numbers(2400, 300, 800, 2, 20, 20, 32, 0.03, 1e-4, none);
        case PAPER ->
            new Numbers(
                45_000,
                5_000,
                10_000,
                1,
                PAPER_LAYERS,
                200,
                128,
                0.1,
                1e-4,
                ImageBatches.Augmentation.SHIFT_AND_MIRROR);
      };
    }

    Recipe recipe(double times) {
      double rate = times * learningRate;
      return new Recipe(
          epochs,
          batchImages,
          net -> Optimizer.sgd(net, rate, 0.9, weightDecay),
          epoch -> rate * decay(epoch),
          augmentation);
    }

    private double decay(int epoch) {
      return epoch < epochs / 2 ? 1 : epoch < 3 * epochs / 4 ? 0.1 : 0.01;
    }
  }

  @Override
  public Plan plan(Request request) {
    Numbers n = Numbers.of(request);
    boolean files = request.data().isPresent();
    TrainTest images =
        files
            ? CifarFiles.read(request.data().get())
            : Textures.draw(n.trainImages() + n.validationImages(), n.testImages(), 1);
    TrainTest shrunk =
        new TrainTest(images.train().shrunk(n.shrink()), images.test().shrunk(n.shrink()));
    int classes = images.train().classes();
    NoiseStudy study =
        new NoiseStudy(
            this,
            request,
            n,
            files ? "CIFAR-" + classes + " files" : "drawn textures",
            NoiseStudy.source(
                name(), shrunk, n.trainImages(), n.validationImages(), n.testImages()),
            NoiseStudy.noiseLevels(request, List.of(0.0, HEADLINE), List.of(0.0, 0.2, HEADLINE)),
            request.tune() ? grid(n) : candidates(n),
            differs(n, files, classes));
    return study.plan(seed -> new ResNet(seed, n.layers(), classes));
  }

  private static List<Candidate> candidates(Numbers n) {
    Recipe recipe = n.recipe(1);
    return List.of(
        Candidate.of(LOGISTIC, LOGISTIC, new CrossEntropyLoss(), recipe),
        Candidate.of(BI_TEMPERED, "bi-tempered (0.8, 1.2)", BiTemperedLoss.of(0.8, 1.2), recipe));
  }

  /** Temperatures and learning rates to choose from. */
  private static List<Candidate> grid(Numbers n) {
    List<Candidate> grid = new ArrayList<>();
    for (double times : new double[] {0.3, 1}) {
      Recipe recipe = n.recipe(times);
      String at = String.format(Locale.ROOT, ", rate %.2f", times * n.learningRate());
      grid.add(Candidate.of(LOGISTIC, LOGISTIC + at, new CrossEntropyLoss(), recipe));
      for (double[] t : new double[][] {{0.8, 1.2}, {0.5, 1.2}, {0.8, 2}, {0.5, 2}}) {
        String name = String.format(Locale.ROOT, "bi-tempered (%.1f, %.1f)", t[0], t[1]);
        grid.add(Candidate.of(BI_TEMPERED, name + at, BiTemperedLoss.of(t[0], t[1]), recipe));
      }
    }
    return grid;
  }

  private static List<String> differs(Numbers n, boolean files, int classes) {
    List<String> differs = new ArrayList<>();
    if (!files) {
      differs.add("textures drawn by the program instead of CIFAR-100");
    } else if (classes != 100) {
      differs.add("CIFAR-" + classes + " instead of CIFAR-100");
    }
    if (n.layers() != PAPER_LAYERS) {
      differs.add(
          "ResNet-" + n.layers() + " on " + n.trainImages() + " images shrunk by " + n.shrink());
    }
    return differs;
  }
}
