package org.perdita.lab.report.loss;

import java.util.List;

/** Every loss page, in the order of the report. */
public final class LossPages {
  private LossPages() {}

  /** The pages; curves and snippets are computed once a process. */
  public static List<LossPage> all() {
    return Computed.PAGES;
  }

  private static final class Computed {
    static final List<LossPage> PAGES =
        List.of(
            CrossEntropyPage.page(),
            BinaryCrossEntropyPage.page(),
            BiTemperedPage.page(),
            BinaryBiTemperedPage.page(),
            GeneralizedCrossEntropyPage.page(),
            FocalPage.page(),
            SoftmaxFocalPage.page(),
            FocalStarPage.page(),
            GamePages.gan(),
            GamePages.relativistic(),
            GamePages.penalty(),
            GamePages.began(),
            SmoothL1Page.page(),
            IouPage.page(),
            IouBalancedClassificationPage.page(),
            IouBalancedLocalizationPage.page(),
            RegionalPages.dice(),
            RegionalPages.tversky(),
            RegionalPages.generalizedDice(),
            BoundaryPages.boundary(),
            BoundaryPages.hausdorff(),
            MattingPages.consistency(),
            MattingPages.alphaGradient(),
            MattingPages.laplacianPyramid(),
            PixelPage.page(),
            FeaturePage.page(),
            StylePage.page(),
            ChannelDistancePage.page(),
            SsimPage.page());
  }
}
