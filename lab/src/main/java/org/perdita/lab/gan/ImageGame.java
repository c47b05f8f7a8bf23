package org.perdita.lab.gan;

import org.bytedeco.pytorch.Tensor;
import org.perdita.lab.data.ImageSet;
import org.perdita.lab.net.ImageCritic.Normalisation;
import org.perdita.lab.net.ImageNets;
import org.perdita.pytorch.Engine;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/**
 * A generator and a critic over 28 × 28 grey images, about to be trained. Two objectives with the
 * same seed start from the same generator and, unless one is BEGAN, from the same critic.
 */
final class ImageGame implements AutoCloseable {
  private final Engine.Scope scope = Engine.scope();
  private final Net generator;
  private final Net critic;
  private final GanTraining training;

  ImageGame(
      GanObjective objective,
      GanRecipe recipe,
      ImageNets nets,
      Normalisation normalisation,
      ImageSet real,
      int seed) {
    generator = nets.generator(2L * seed);
    critic =
        objective.reconstructs()
            ? nets.autoencoder(2L * seed + 1)
            : nets.critic(2L * seed + 1, normalisation);
    Samples images = Samples.rowsOf(tensor(real));
    Samples noise = Samples.uniform(nets.noise());
    training = new GanTraining(objective, recipe, generator, critic, images, noise, seed);
  }

  Net generator() {
    return generator;
  }

  GanTraining training() {
    return training;
  }

  /** {@code n} images of the generator, one after the other. */
  float[] generate(int n) {
    return training.generate(n, 0).toArray();
  }

  /** Images in [0, 1], {@code [n, 1, height, width]}. */
  static Tensor tensor(ImageSet images) {
    return EngineTensors.of(
        images.toFloats(), images.size(), images.channels(), images.height(), images.width());
  }

  @Override
  public void close() {
    training.close();
    critic.close();
    generator.close();
    scope.close();
  }
}
