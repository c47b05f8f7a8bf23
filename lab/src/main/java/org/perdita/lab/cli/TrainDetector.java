package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.detection.TrainedDetector;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.net.Backbone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the weights for {@link Detect}. */
@Command(
    name = "train-detector",
    description = "Train a detector with the focal loss and save its weights as safetensors.")
final class TrainDetector implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "Where the weights go.")
  private Path weights = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder in the COCO format; without it scenes are drawn.")
  private @Nullable Path data;

  @Option(
      names = "--skip-bad",
      description = "Leave out bad images and annotations of --data, and list them.")
  private boolean skipBad;

  @Option(
      names = "--backbone",
      paramLabel = "SIZE",
      defaultValue = "tiny",
      description = "tiny, small, resnet18 or resnet50; ${DEFAULT-VALUE} if not said.")
  private String backbone = "tiny";

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      defaultValue = "128",
      description = "The square that images are fitted into; ${DEFAULT-VALUE} if not said.")
  private int side = 128;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Steps of eight images; ${DEFAULT-VALUE} if not said.")
  private int steps = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of weights and batches; ${DEFAULT-VALUE} if not said.")
  private int seed = 1;

  @Override
  public Integer call() {
    Backbone size =
        Backbone.ALL.stream()
            .filter(b -> b.name().equals(backbone))
            .findFirst()
            .orElseThrow(
                () -> new Refusal("--backbone must be one of " + names() + ", was " + backbone));
    require(
        side > 0 && side % size.multiple() == 0 && side <= 4096,
        "--side must be a multiple of " + size.multiple() + " up to 4096, was " + side);
    require(steps >= 1, "--steps must be 1 or more, was " + steps);
    require(!Files.isDirectory(weights), "--weights: " + weights + ": is a folder");
    Path folder = Objects.requireNonNull(weights.toAbsolutePath().getParent());
    require(Files.isDirectory(folder), "--weights: " + folder + ": no such folder");
    PrintWriter print = spec.commandLine().getOut();
    int[] step = new int[1];
    var job = new TrainedDetector.Job(Optional.ofNullable(data), skipBad, size, side, steps, seed);
    List<String> leftOut =
        job.run(
            weights,
            loss -> {
              if (++step[0] % Math.max(1, steps / 20) == 0) {
                print.printf(Locale.ROOT, "step %d of %d, loss %.4f%n", step[0], steps, loss);
                print.flush();
              }
            });
    leftOut.forEach(sentence -> spec.commandLine().getErr().println("left out: " + sentence));
    print.println("The weights: " + weights);
    print.flush();
    spec.commandLine().getErr().flush();
    return Exit.OK;
  }

  private static String names() {
    return Backbone.ALL.stream().map(Backbone::name).collect(Collectors.joining(", "));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new Refusal(sentence);
    }
  }
}
