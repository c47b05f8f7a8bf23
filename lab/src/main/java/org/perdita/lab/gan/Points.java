package org.perdita.lab.gan;

import java.nio.FloatBuffer;
import java.util.function.DoubleSupplier;
import org.perdita.Tensor;
import org.perdita.adversarial.PenaltyPoints;
import org.perdita.lab.data.Draw;

/** Where a gradient penalty looks at the critic, and the random numbers that takes. */
public enum Points {
  /** Between real and fake samples: WGAN-GP. */
  BETWEEN {
    @Override
    Tensor at(Tensor real, Tensor fake, Draw draw) {
      return PenaltyPoints.between(real, fake, shares(real, draw));
    }
  },
  /** DRAGAN as in its authors' notebook and in the code of "Are GANs Created Equal?". */
  DRAGAN_OF_THE_NOTEBOOK {
    @Override
    Tensor at(Tensor real, Tensor fake, Draw draw) {
      Tensor noise = filled(real, draw::uniform);
      return PenaltyPoints.draganOfTheNotebook(real, noise, shares(real, draw));
    }
  },
  /** DRAGAN as in the later compare_gan, for samples in [0, 1]. */
  DRAGAN_OF_COMPARE_GAN {
    @Override
    Tensor at(Tensor real, Tensor fake, Draw draw) {
      return PenaltyPoints.draganOfCompareGan(real, filled(real, draw::uniform));
    }
  },
  /** DRAGAN as in the paper's later version, Gaussian noise of size 10. */
  DRAGAN_OF_THE_PAPER {
    @Override
    Tensor at(Tensor real, Tensor fake, Draw draw) {
      return PenaltyPoints.draganOfThePaper(real, filled(real, draw::normal), 10);
    }
  };

  abstract Tensor at(Tensor real, Tensor fake, Draw draw);

  private static Tensor shares(Tensor real, Draw draw) {
    return filled(Tensor.zeros(real.length(0)), draw::uniform);
  }

  private static Tensor filled(Tensor like, DoubleSupplier number) {
    Tensor made = Tensor.zeros(like.shape());
    FloatBuffer out = made.buffer();
    for (int i = 0; i < made.size(); i++) {
      out.put(i, (float) number.getAsDouble());
    }
    return made;
  }
}
