package org.perdita.lab.gan;

import java.nio.FloatBuffer;
import org.bytedeco.pytorch.Tensor;
import org.perdita.Evaluation;
import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.ReconstructionError;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/**
 * Samples judged by how well an autoencoder gives them back. The balance moves once a step, after
 * the generator's turn, by the real error of the critic's turn and the fake error of the
 * generator's.
 */
final class ReconstructionPlay implements Play {
  private BeganBalance balance;
  private double realError = Double.NaN;
  private double fakeError = Double.NaN;

  ReconstructionPlay(BeganBalance start) {
    balance = start;
  }

  @Override
  public Judgement critic(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    Tensor realCopy = critic.forward(real);
    Evaluation ofReal = error(real, realCopy);
    pass.add(realCopy, ofReal.gradient());
    realError = ofReal.value();
    if (balance.k() == 0) {
      // The fakes do not count, and need not be copied.
      return new Judgement(balance.critic(realError, 0), Double.NaN);
    }
    Tensor fakeCopy = critic.forward(fake);
    Evaluation ofFake = error(fake, fakeCopy);
    pass.add(fakeCopy, times(-balance.k(), ofFake.gradient()));
    return new Judgement(balance.critic(realError, ofFake.value()), Double.NaN);
  }

  @Override
  public double generator(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    Tensor copy = critic.forwardFrozen(fake);
    Evaluation ofFake = error(fake, copy);
    pass.add(copy, ofFake.gradient());
    // The sample stands on both sides of the difference.
    pass.add(fake, times(-1, ofFake.gradient()));
    fakeError = ofFake.value();
    if (Double.isFinite(realError) && Double.isFinite(fakeError)) {
      balance = balance.next(realError, fakeError);
    }
    return fakeError;
  }

  @Override
  public double judge(Net critic, Tensor real, Tensor fake) {
    return balance.critic(
        error(real, critic.predict(real)).value(), error(fake, critic.predict(fake)).value());
  }

  @Override
  public double balance() {
    return balance.k();
  }

  @Override
  public double convergence() {
    return balance.convergence(realError, fakeError);
  }

  private static Evaluation error(Tensor sample, Tensor copy) {
    return ReconstructionError.evaluate(EngineTensors.view(sample), EngineTensors.view(copy));
  }

  private static org.perdita.Tensor times(double by, org.perdita.Tensor gradient) {
    org.perdita.Tensor scaled = org.perdita.Tensor.zeros(gradient.shape());
    FloatBuffer out = scaled.buffer();
    for (int i = 0; i < scaled.size(); i++) {
      out.put(i, (float) (by * gradient.get(i)));
    }
    return scaled;
  }
}
