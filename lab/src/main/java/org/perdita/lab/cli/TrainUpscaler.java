package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.perdita.lab.pictures.Enlargement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the network of {@code upscale} anew. */
@Command(
    name = "train-upscaler",
    description = "Train the network of upscale on scenes the program draws.")
final class TrainUpscaler implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--steps",
      defaultValue = "1200",
      paramLabel = "N",
      description = "Steps of Adam; ${DEFAULT-VALUE} made the file that comes with the program.")
  private int steps;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the weights go, as safetensors.")
  private Path output = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Enlargement.train(
        steps,
        output,
        line -> {
          out.println(line);
          out.flush();
        });
    out.println(output);
    out.flush();
    return Exit.OK;
  }
}
