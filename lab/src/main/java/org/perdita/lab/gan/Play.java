package org.perdita.lab.gan;

import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;
import org.perdita.adversarial.PairEvaluation;
import org.perdita.pytorch.BackwardPass;
import org.perdita.pytorch.EngineTensors;
import org.perdita.pytorch.Net;

/** A {@link Game} on the engine: it runs the critic and puts the game's gradients into a pass. */
interface Play {

  /** The game's first step is the next. */
  static Play of(Game game) {
    if (game instanceof Game.Scores scores) {
      return new ScorePlay(scores.loss());
    }
    if (game instanceof Game.Differences differences) {
      return new DifferencePlay(differences.loss());
    }
    return new ReconstructionPlay(((Game.Reconstruction) game).start());
  }

  /**
   * The critic's turn.
   *
   * @param pass gets the gradients that lead to the critic's parameters
   * @param real real samples
   * @param fake fake ones, without a graph
   * @return what was seen of it
   */
  Judgement critic(BackwardPass pass, Net critic, Tensor real, Tensor fake);

  /**
   * The generator's turn.
   *
   * @param pass gets the gradients that lead to {@code fake} and what it came from
   * @param real the real samples that the critic saw last
   * @param fake fake ones, with their graph
   * @return the generator's value
   */
  double generator(BackwardPass pass, Net critic, Tensor real, Tensor fake);

  /** What the critic's value is at these samples; changes nothing. */
  double judge(Net critic, Tensor real, Tensor fake);

  /** BEGAN's k; NaN in other games. */
  default double balance() {
    return Double.NaN;
  }

  /** BEGAN's M; NaN in other games. */
  default double convergence() {
    return Double.NaN;
  }

  /** The critic's turn of a game of scores. */
  static Judgement scored(
      BackwardPass pass,
      Tensor real,
      Tensor fake,
      BiFunction<org.perdita.Tensor, org.perdita.Tensor, PairEvaluation> loss) {
    org.perdita.Tensor r = EngineTensors.view(real);
    org.perdita.Tensor f = EngineTensors.view(fake);
    PairEvaluation evaluation = loss.apply(r, f);
    pass.add(real, evaluation.realGradient());
    pass.add(fake, evaluation.fakeGradient());
    return Judgement.of(evaluation.value(), r, f);
  }

  /**
   * What the critic made of a batch.
   *
   * @param value what it minimises
   * @param spread its highest score less its lowest; NaN for an autoencoder
   */
  record Judgement(double value, double spread) {

    static Judgement of(double value, org.perdita.Tensor real, org.perdita.Tensor fake) {
      double highest = Double.NEGATIVE_INFINITY;
      double lowest = Double.POSITIVE_INFINITY;
      for (org.perdita.Tensor scores : new org.perdita.Tensor[] {real, fake}) {
        for (int i = 0; i < scores.size(); i++) {
          highest = Math.max(highest, scores.get(i));
          lowest = Math.min(lowest, scores.get(i));
        }
      }
      return new Judgement(value, highest - lowest);
    }
  }
}
