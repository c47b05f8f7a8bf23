package org.perdita.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.perdita.lab.features.FeatureNetworks;
import org.perdita.lab.features.FeatureTest;
import org.perdita.lab.features.FeatureTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the feature network that comes with the program anew. */
@Command(
    name = "train-features",
    description = "Train the program's own feature network on textures and things it draws.")
final class TrainFeatures implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Where the weights go, as safetensors.")
  private Path output = Path.of("");

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    FeatureTraining.shipped().run(1, output, line -> say(out, line));
    try (FeatureNetworks.Loaded loaded = FeatureNetworks.load(output)) {
      double accuracy = FeatureTest.accuracy(loaded.network());
      say(out, String.format(Locale.ROOT, "unseen textures told apart: %.1f %%", 100 * accuracy));
      say(out, loaded.toString());
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
