package org.perdita.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.perdita.lab.cli.Shell.perdita;

import org.junit.jupiter.api.Test;
import org.perdita.lab.parity.Counterparts;

class ExplainTest {

  @Test
  void printsTheLineAndTheCode() {
    Shell shell = perdita("explain", "FocalStarLoss", "--like", "FVCORE");
    assertThat(shell.code()).isZero();
    assertThat(shell.out())
        .startsWith("FocalStarLoss like fvcore @3378afe\n")
        .contains("    var loss = new FocalStarLoss(Alpha.of(0.25), 2, 0);\n")
        .endsWith("  held to star_gamma2 of focal.json\n\n");
  }

  @Test
  void listsWhatThereIs() {
    assertThat(perdita("explain").out().lines()).contains("FocalLoss", "  optax 0.2.8");
    assertThat(perdita("explain", "--markdown").out()).isEqualTo(Counterparts.markdown());
  }

  @Test
  void saysWhatThereIsWhenThereIsNot() {
    assertThat(perdita("explain", "FocalLoss", "--like", "caffe"))
        .isEqualTo(
            new Shell(
                3,
                "",
                "perdita explain: 'caffe' is not among the libraries of FocalLoss: torchvision 0.28;"
                    + " optax 0.2.8; torchvision 0.28, soft targets; kornia @b4f5a78a1; Keras @3422977a5e;"
                    + " keras-retinanet @7ac91df\n"));
    assertThat(perdita("explain", "Foo").err()).startsWith("perdita explain: no library's Foo is");
  }
}
