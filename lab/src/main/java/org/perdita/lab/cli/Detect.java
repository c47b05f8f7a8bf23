package org.perdita.lab.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.perdita.lab.coco.Found;
import org.perdita.lab.data.PictureFile;
import org.perdita.lab.detection.TrainedDetector;
import org.perdita.lab.experiment.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds objects in pictures. */
@Command(
    name = "detect",
    description = {
      "Find objects in pictures with a trained detector, and draw boxes around them.",
      "",
      "Prints a line for each object: picture, class, score, x, y, width, height. Draws on a copy"
          + " of each picture."
    })
final class Detect implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "A detector made by perdita train-detector.")
  private Path weights = Path.of("");

  @Option(
      names = "--score",
      paramLabel = "P",
      defaultValue = "0.3",
      description = "Leave out what is less sure; ${DEFAULT-VALUE} if not said.")
  private double score = 0.3;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "detections",
      description = "Where the drawn copies go; ${DEFAULT-VALUE} if not said.")
  private Path out = Path.of("detections");

  @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "JPEG or PNG files.")
  private List<Path> images = List.of();

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    int code = Exit.OK;
    try (TrainedDetector detector = TrainedDetector.load(weights)) {
      for (Path file : images) {
        try {
          detect(detector, file, print);
        } catch (Refusal e) {
          spec.commandLine().getErr().println("perdita detect: " + e.getMessage());
          code = Exit.REFUSED;
        }
      }
    }
    print.flush();
    spec.commandLine().getErr().flush();
    return code;
  }

  private void detect(TrainedDetector detector, Path file, PrintWriter print) {
    BufferedImage picture = PictureFile.read(file);
    List<Found> found = detector.find(picture).stream().filter(f -> f.score() >= score).toList();
    for (Found f : found) {
      print.printf(
          Locale.ROOT,
          "%s\t%s\t%.3f\t%.1f\t%.1f\t%.1f\t%.1f%n",
          file,
          detector.classes().get(f.category() - 1),
          f.score(),
          f.x(),
          f.y(),
          f.width(),
          f.height());
    }
    detector.draw(picture, found);
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".png";
    Path drawn = out.resolve(name);
    try {
      Files.createDirectories(out);
      ImageIO.write(picture, "png", drawn.toFile());
    } catch (IOException e) {
      throw Refusal.file(drawn, "written", e);
    }
  }
}
