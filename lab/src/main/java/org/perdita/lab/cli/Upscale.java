package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.perdita.lab.image.PictureFile;
import org.perdita.lab.pictures.Enlargement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A picture four times as large. */
@Command(
    name = "upscale",
    description = "Make a picture four times as large, with a network trained on drawn scenes.")
final class Upscale implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PICTURE", description = "The small picture.")
  private Path picture = Path.of("");

  @Option(
      names = "--preview",
      description = "Write the picture after each tenth of it, not only at the end.")
  private boolean preview;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the large picture goes: a name ending with .png or .jpg.")
  private Path output = Path.of("");

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PictureFile.requireWritable(output);
    int[] tenths = {0};
    var large =
        Enlargement.of(
            PictureFile.read(picture),
            progress -> {
              int tenth = (int) (10 * progress.done());
              if (tenth > tenths[0]) {
                tenths[0] = tenth;
                out.println(10 * tenth + " %");
                out.flush();
                if (preview) {
                  PictureFile.write(progress.picture(), output);
                }
              }
            });
    PictureFile.write(large, output);
    out.println(output + ": " + large.getWidth() + " × " + large.getHeight());
    out.flush();
  }
}
