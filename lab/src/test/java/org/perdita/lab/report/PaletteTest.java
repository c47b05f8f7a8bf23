package org.perdita.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaletteTest {

  @Test
  void paintsALossAlikeWhateverItsParameters() {
    assertThat(Palette.slot("BiTemperedLoss[t1=0.5, t2=4.0]"))
        .isEqualTo(Palette.slot("BinaryBiTemperedLoss[t1=1.0, t2=1.0]"))
        .isEqualTo(Palette.slot("BiTemperedLoss"));
    assertThat(Palette.slot("FocalStarLoss[]")).isNotEqualTo(Palette.slot("FocalLoss[]"));
    assertThat(Palette.slot("GeneralizedCrossEntropyLoss[q=0.7]"))
        .isNotEqualTo(Palette.slot("CrossEntropyLoss[]"));
  }
}
