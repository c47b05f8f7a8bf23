package org.perdita.segmentation;

/** Over what the sums of a regional loss go. */
public enum Pooling {
  /** Each sample for itself: every image counts alike, however small its regions. */
  SAMPLE,

  /** All samples of the batch together: every position counts alike; steadier for small regions. */
  BATCH
}
