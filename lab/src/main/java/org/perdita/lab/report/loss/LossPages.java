package org.perdita.lab.report.loss;

import java.util.List;

/** Every loss page, in the order of the report. */
public final class LossPages {
  private LossPages() {}

  /** The pages; curves and snippets are computed on the way. */
  public static List<LossPage> all() {
    return List.of(
        CrossEntropyPage.page(),
        BinaryCrossEntropyPage.page(),
        FocalPage.page(),
        SoftmaxFocalPage.page());
  }
}
