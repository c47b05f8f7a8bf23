package org.perdita.lab.net;

/**
 * How wide the networks of a game over 28 × 28 images are.
 *
 * @param first channels of the layer next to the image; 64 in the study
 * @param second channels of the layer after it; 128 in the study
 * @param units of the full layer; 1024 in the study
 */
public record ImageWidths(int first, int second, int units) {

  /** The widths of "Are GANs Created Equal?". */
  public static ImageWidths ofTheStudy() {
    return new ImageWidths(64, 128, 1024);
  }
}
