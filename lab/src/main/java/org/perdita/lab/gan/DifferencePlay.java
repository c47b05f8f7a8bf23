package org.perdita.lab.gan;

import org.bytedeco.pytorch.Tensor;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.adversarial.RelativisticGanLoss;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** Real and fake scores judged against each other, in both turns. */
record DifferencePlay(RelativisticGanLoss loss) implements Play {

  @Override
  public Judgement critic(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    return Play.scored(pass, critic.forward(real), critic.forward(fake), loss::critic);
  }

  @Override
  public double generator(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    Tensor realScores = critic.forwardDetached(real);
    Tensor fakeScores = critic.forwardFrozen(fake);
    PairEvaluation evaluation =
        loss.generator(EngineTensors.view(realScores), EngineTensors.view(fakeScores));
    pass.add(fakeScores, evaluation.fakeGradient());
    return evaluation.value();
  }

  @Override
  public double judge(Net critic, Tensor real, Tensor fake) {
    return loss.critic(
            EngineTensors.view(critic.predict(real)), EngineTensors.view(critic.predict(fake)))
        .value();
  }
}
