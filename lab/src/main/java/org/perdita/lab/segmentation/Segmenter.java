package org.perdita.lab.segmentation;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.perdita.lab.data.BadData;
import org.perdita.lab.data.NiftiFile;
import org.perdita.lab.data.Scan;
import org.perdita.lab.data.ScanFiles;
import org.perdita.lab.data.Volume;
import org.perdita.lab.experiment.Outcome;
import org.perdita.lab.experiment.Refusal;
import org.perdita.lab.experiment.Request;
import org.perdita.lab.experiment.Training.Progress;
import org.perdita.lab.net.UNet;
import org.perdita.lab.weights.NetWeights;
import org.perdita.lab.weights.SafeTensors;
import org.perdita.pytorch.Engine;

/**
 * A trained U-Net and what it must know of its images. Its file of weights says both: the network's
 * levels and channels, the neighbouring slices it sees and how far they are from each other, and by
 * how much slices were shrunk.
 */
public final class Segmenter implements AutoCloseable {
  private static final String DEPTH = "depth";
  private static final String WIDTH = "width";
  private static final String NEIGHBOURS = "neighbours";
  private static final String SHRINK = "shrink";
  private static final String MICROMETRES = "micrometres from slice to slice";

  private final UNet net;
  private final int neighbours;
  private final int shrink;
  private final int micrometres;

  private Segmenter(UNet net, int neighbours, int shrink, int micrometres) {
    this.net = net;
    this.neighbours = neighbours;
    this.shrink = shrink;
    this.micrometres = micrometres;
  }

  /**
   * Reads a network.
   *
   * @throws BadData if the file is not one of {@link #train}'s
   */
  public static Segmenter load(Path weights) {
    SafeTensors file = SafeTensors.read(weights);
    int depth = number(file, DEPTH, 1, 6);
    int width = number(file, WIDTH, 1, 512);
    int neighbours = number(file, NEIGHBOURS, 0, 8);
    int shrink = number(file, SHRINK, 1, 64);
    int micrometres = number(file, MICROMETRES, 1, 1_000_000);
    UNet net = new UNet(0, Slices.channels(neighbours), 2, depth, width);
    try {
      NetWeights.load(net, file);
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
    return new Segmenter(net, neighbours, shrink, micrometres);
  }

  private static int number(SafeTensors file, String key, int least, int most) {
    String text = file.metadata().get(key);
    if (text == null || !text.matches("\\d{1,7}")) {
      String what = text == null ? "is missing" : "is '" + text + "'";
      throw new BadData(
          file.file()
              + ": its metadata's "
              + key
              + " "
              + what
              + "; perdita segment"
              + " --train writes such files");
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new BadData(
          file.file()
              + ": its metadata's "
              + key
              + " is "
              + number
              + ", allowed: "
              + least
              + " … "
              + most);
    }
    return number;
  }

  /**
   * Trains with generalised Dice and the boundary loss, as {@code small-lesions} does, and writes
   * the weights.
   *
   * @param depth levels of the U-Net; 0 for the scale's own number
   * @param width channels of its first level; 0 for the scale's own number
   * @return how it did on the test scans
   */
  public static Outcome train(Request request, int depth, int width, Path to, Progress progress)
      throws InterruptedException {
    SmallLesions.Numbers n = SmallLesions.Numbers.of(request);
    int levels = depth == 0 ? n.depth() : depth;
    int channels = width == 0 ? n.width() : width;
    LesionTraining training = SmallLesions.treatment(request);
    try (Engine.Scope run = Engine.scope();
        UNet net = new UNet(1, Slices.channels(n.neighbours()), 2, levels, channels)) {
      net.startingAt(training.split().lesionShare());
      Scan first = training.split().train().get(0);
      if (first.height() % net.multiple() != 0 || first.width() % net.multiple() != 0) {
        throw new Refusal(
            "--depth: "
                + levels
                + " levels need sides that are multiples of "
                + net.multiple()
                + ", slices have "
                + first.height()
                + " × "
                + first.width());
      }
      Outcome outcome = training.train(net, progress);
      int shrink = request.data().isPresent() ? n.shrink() : 1;
      Map<String, String> about = new TreeMap<>();
      about.put(DEPTH, levels + "");
      about.put(WIDTH, channels + "");
      about.put(NEIGHBOURS, n.neighbours() + "");
      about.put(SHRINK, shrink + "");
      about.put(MICROMETRES, Math.max(1, Math.round(1000 * first.spacing()[0])) + "");
      about.put("objective", training.objective().words());
      NetWeights.save(net, to, about);
      return outcome;
    }
  }

  /** How many steps {@link #train} will report. */
  public static int steps(Request request) {
    return SmallLesions.treatment(request).steps();
  }

  /** What was written, and how much of the image it covers. */
  public record Written(Path mask, double share) {}

  /**
   * Writes the mask of an image: NIfTI for NIfTI, in the same space; PNG, white on black, for any
   * other.
   *
   * @throws BadData if {@code image} is no image
   */
  public Written segment(Path image, Path folder) {
    Volume volume = ScanFiles.volume(image);
    String file = image.getFileName().toString();
    String name = file.replaceAll("\\.(nii|nii\\.gz|png|jpe?g|bmp)$", "");
    Scan scan = ScanFiles.scan(name, volume, shrink, net.multiple());
    int stride = (int) Math.max(1, Math.round(micrometres / (1000 * scan.spacing()[0])));
    int[] mask = Masks.of(net, scan, neighbours, stride);
    Volume whole = ScanFiles.enlarged(mask, scan, volume, shrink);
    double inside = 0;
    for (float voxel : whole.voxels()) {
      inside += voxel;
    }
    boolean nifti = NiftiFile.named(image);
    Path to = folder.resolve(name + (nifti ? "_mask.nii.gz" : "_mask.png"));
    if (nifti) {
      NiftiFile.writeLabels(to, whole);
    } else {
      writePng(to, whole);
    }
    return new Written(to, inside / whole.voxels().length);
  }

  private static void writePng(Path to, Volume mask) {
    int width = mask.shape()[2];
    BufferedImage png = new BufferedImage(width, mask.shape()[1], BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < mask.voxels().length; i++) {
      png.getRaster().setSample(i % width, i / width, 0, mask.voxels()[i] > 0 ? 255 : 0);
    }
    try {
      Path beside = Files.createTempFile(to.toAbsolutePath().getParent(), ".mask", ".part");
      try {
        ImageIO.write(png, "png", beside.toFile());
        Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw Refusal.file(to, "written", e);
    }
  }

  @Override
  public void close() {
    net.close();
  }
}
