package org.perdita.lab.net;

import java.util.List;

/**
 * How large a {@link RetinaNet} is. The stem makes the image four times smaller, by a convolution
 * and by pooling; each stage but the first halves it.
 *
 * @param name as on the command line
 * @param stem channels of the stem
 * @param stemKernel side of the stem's convolution
 * @param channels of each stage
 * @param blocks of each stage
 * @param expansion 1 for blocks of two 3 × 3 convolutions; 4 for bottlenecks, which end in four
 *     times the stage's channels
 * @param firstStage which stage gives the pyramid's finest level, counted from 0
 * @param extraLevels how many levels the pyramid has above the backbone's
 * @param pyramid channels of the pyramid and of the heads
 * @param headLayers convolutions of a head before its last
 */
public record Backbone(
    String name,
    int stem,
    int stemKernel,
    List<Integer> channels,
    List<Integer> blocks,
    int expansion,
    int firstStage,
    int extraLevels,
    int pyramid,
    int headLayers) {

  private static final int STEM_STRIDE = 4;

  /** For images of 64 pixels: levels of stride 4, 8 and 16. */
  public static final Backbone TINY =
      new Backbone("tiny", 16, 3, List.of(16, 32, 64), List.of(1, 1, 1), 1, 0, 0, 32, 1);

  /** For images of 100 to 300 pixels: levels of stride 8, 16 and 32. */
  public static final Backbone SMALL =
      new Backbone("small", 16, 3, List.of(24, 32, 48, 64), List.of(1, 1, 1, 1), 1, 1, 0, 32, 2);

  /** ResNet-18 with levels of stride 8 to 128. */
  public static final Backbone RESNET18 =
      new Backbone(
          "resnet18", 64, 7, List.of(64, 128, 256, 512), List.of(2, 2, 2, 2), 1, 1, 2, 256, 4);

  /** ResNet-50 with levels of stride 8 to 128: the paper's detector. */
  public static final Backbone RESNET50 =
      new Backbone(
          "resnet50", 64, 7, List.of(64, 128, 256, 512), List.of(3, 4, 6, 3), 4, 1, 2, 256, 4);

  /** From small to large. */
  public static final List<Backbone> ALL = List.of(TINY, SMALL, RESNET18, RESNET50);

  /** Pixels from position to position of each level of the pyramid. */
  public int[] strides() {
    int[] strides = new int[channels.size() - firstStage + extraLevels];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = STEM_STRIDE << (firstStage + i);
    }
    return strides;
  }

  /** What an image's sides must be multiples of. */
  public int multiple() {
    int[] strides = strides();
    return strides[strides.length - 1];
  }
}
