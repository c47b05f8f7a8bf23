package org.perdita.lab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Scale;
import org.perdita.lab.segmentation.Segmenter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Masks of images, by a network that this command has trained. */
@Command(
    name = "segment",
    description = {
      "Write the masks of images: NAME_mask.nii.gz for NIfTI volumes, NAME_mask.png for pictures.",
      "",
      "With --train the network is trained first, with generalised Dice and the boundary loss, and"
          + " its weights are written; later calls only need them."
    })
final class SegmentCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--weights",
      paramLabel = "W",
      required = true,
      description = "The file of weights (safetensors), to read or with --train to write.")
  private Path weights = Path.of("weights");

  @Option(names = "--train", description = "Train first, on --data or on drawn brains.")
  private boolean train;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Scans with masks to train on, see docs/data.md.")
  private @Nullable Path data;

  @Option(
      names = "--scale",
      defaultValue = "quick",
      description = "How much training: ${COMPLETION-CANDIDATES}; quick if not said.")
  private Scale scale = Scale.QUICK;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "0",
      description = "Levels of the U-Net to train, 1 to 6; the scale's own number if not said.")
  private int depth;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "0",
      description = "Channels of its first level, 1 to 512; the scale's own number if not said.")
  private int width;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where the masks go; here if not said.")
  private Path out = Path.of(".");

  @Option(names = "--tiny", hidden = true, description = "A training that takes seconds.")
  private boolean tiny;

  @Parameters(paramLabel = "IMAGE", arity = "0..*", description = "NIfTI, PNG, JPEG or BMP files.")
  private List<Path> images = List.of();

  @Override
  public Integer call() throws InterruptedException {
    check();
    PrintWriter print = spec.commandLine().getOut();
    if (train) {
      train(print);
    }
    boolean bad = false;
    if (!images.isEmpty()) {
      try {
        Files.createDirectories(out);
      } catch (IOException e) {
        throw Refusal.file(out, "made", e);
      }
      try (Segmenter segmenter = Segmenter.load(weights)) {
        for (Path image : images) {
          try {
            Segmenter.Written written = segmenter.segment(image, out);
            print.printf(
                Locale.ROOT, "%s: %.3f %% of the image%n", written.mask(), 100 * written.share());
            print.flush();
          } catch (Refusal e) {
            bad = true;
            spec.commandLine().getErr().println("perdita segment: " + e.getMessage());
            spec.commandLine().getErr().flush();
          }
        }
      }
    }
    return bad ? Exit.REFUSED : Exit.OK;
  }

  /** Whatever is wrong with the command line is said before any work. */
  private void check() {
    require(train || !images.isEmpty(), "no IMAGE is named, and --train is not asked for");
    require(depth >= 0 && depth <= 6, "--depth must be 1 to 6, was " + depth);
    require(width >= 0 && width <= 512, "--width must be 1 to 512, was " + width);
    require(train || data == null, "--data is for --train");
    if (data != null && !Files.isDirectory(data)) {
      throw new Refusal("--data: " + data + ": no such folder");
    }
    Path folder = weights.toAbsolutePath().getParent();
    if (train && (folder == null || !Files.isDirectory(folder))) {
      throw new Refusal("--weights: " + weights + ": there is no such folder to write it to");
    }
  }

  private void require(boolean holds, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  private void train(PrintWriter print) throws InterruptedException {
    Request request = new Request(scale, Optional.ofNullable(data), OptionalInt.of(1), false, tiny);
    int steps = Segmenter.steps(request);
    PrintWriter err = spec.commandLine().getErr();
    int[] done = new int[1];
    Outcome outcome =
        Segmenter.train(
            request,
            depth,
            width,
            weights,
            () -> {
              if (++done[0] * 10 / steps > (done[0] - 1) * 10 / steps) {
                err.printf("training: %d of %d steps%n", done[0], steps);
                err.flush();
              }
            });
    print.printf(
        Locale.ROOT,
        "%s: Dice %.1f %% on the test scans%n",
        weights,
        100 * outcome.metrics().getOrDefault("Dice", Double.NaN));
    print.flush();
  }
}
