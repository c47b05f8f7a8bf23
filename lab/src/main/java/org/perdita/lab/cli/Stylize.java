package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.perdita.lab.image.PictureFile;
import org.perdita.lab.pictures.Stylization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A picture in the manner of another. */
@Command(name = "stylize", description = "Put a picture into the manner of another.")
final class Stylize implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--content",
      required = true,
      paramLabel = "PICTURE",
      description = "What is to be seen.")
  private Path content = Path.of("");

  @Option(
      names = "--style",
      required = true,
      paramLabel = "PICTURE",
      description = "In whose manner.")
  private Path style = Path.of("");

  @Option(
      names = "--features",
      paramLabel = "FILE",
      description =
          "A feature network as safetensors: VGG-16, VGG-19 or SqueezeNet 1.1 with torchvision's"
              + " names, or the distilled VGG-19; this program's own if not said.")
  private @Nullable Path features;

  @Option(
      names = "--size",
      defaultValue = "256",
      paramLabel = "N",
      description = "Pixels of the longer side, 32 to 2048; ${DEFAULT-VALUE} if not said.")
  private int size;

  @Option(
      names = "--iterations",
      defaultValue = "100",
      paramLabel = "N",
      description = "Iterations of Adam; ${DEFAULT-VALUE} if not said.")
  private int iterations;

  @Option(
      names = "--strength",
      defaultValue = "80",
      paramLabel = "X",
      description = "How much the style counts; ${DEFAULT-VALUE} if not said.")
  private double strength;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work on the picture; one a core if not said.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--preview",
      description = "Write the picture every 20 iterations, not only at the end.")
  private boolean preview;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the picture goes: a name ending with .png or .jpg.")
  private Path output = Path.of("");

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PictureFile.requireWritable(output);
    Stylization stylization =
        new Stylization(Optional.ofNullable(features), size, iterations, strength, threads);
    long[] began = {0};
    var picture =
        stylization.of(
            PictureFile.read(content),
            PictureFile.read(style),
            sentence -> {
              out.println(sentence);
              out.flush();
            },
            progress -> {
              if (progress.iteration() == 1) {
                began[0] = System.nanoTime();
              }
              if (progress.iteration() % 20 == 0 || progress.iteration() == 1) {
                out.printf(
                    Locale.ROOT,
                    "iteration %d of %d: objective %.3f%n",
                    progress.iteration(),
                    iterations,
                    progress.objective());
                out.flush();
                if (preview) {
                  PictureFile.write(progress.preview().picture(), output);
                }
              }
            });
    PictureFile.write(picture, output);
    if (iterations > 1) {
      double seconds = (System.nanoTime() - began[0]) / 1e9;
      out.printf(Locale.ROOT, "%.1f iterations a second%n", (iterations - 1) / seconds);
    }
    out.println(output);
    out.flush();
  }
}
