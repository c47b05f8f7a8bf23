package org.perdita.lab.gan;

import org.perdita.adversarial.BeganBalance;
import org.perdita.adversarial.GanLoss;
import org.perdita.adversarial.RelativisticGanLoss;

/** What the two networks play for. */
public sealed interface Game {

  /** The critic gives scores, each judged by itself. */
  record Scores(GanLoss loss) implements Game {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  /** The critic gives scores, of which only differences count. */
  record Differences(RelativisticGanLoss loss) implements Game {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  /**
   * The critic is an autoencoder and its reconstruction error is the judgement: BEGAN.
   *
   * @param start the balance before the first step
   */
  record Reconstruction(BeganBalance start) implements Game {
    @Override
    public String toString() {
      return start.toString();
    }
  }
}
