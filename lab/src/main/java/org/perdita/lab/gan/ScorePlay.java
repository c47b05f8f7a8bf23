package org.perdita.lab.gan;

import org.bytedeco.pytorch.Tensor;
import org.perdita.Evaluation;
import org.perdita.adversarial.GanLoss;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** Scores judged one by one. */
record ScorePlay(GanLoss loss) implements Play {

  @Override
  public Judgement critic(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    return Play.scored(pass, critic.forward(real), critic.forward(fake), loss::critic);
  }

  @Override
  public double generator(BackwardPass pass, Net critic, Tensor real, Tensor fake) {
    Tensor scores = critic.forwardFrozen(fake);
    Evaluation evaluation = loss.generator(EngineTensors.view(scores));
    pass.add(scores, evaluation.gradient());
    return evaluation.value();
  }

  @Override
  public double judge(Net critic, Tensor real, Tensor fake) {
    return loss.critic(
            EngineTensors.view(critic.predict(real)), EngineTensors.view(critic.predict(fake)))
        .value();
  }
}
