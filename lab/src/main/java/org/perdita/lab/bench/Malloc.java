package org.perdita.lab.bench;

import java.util.Map;

/**
 * How glibc hands memory to libtorch. By default every large intermediate is mapped afresh and
 * returned to the system, and its pages are faulted in again at the next operator, which can cost
 * more than the operator. Tuned, the process keeps what it once had. On other C libraries the two
 * are the same.
 */
public enum Malloc {
  /** As a process starts. */
  PLAIN("malloc as it comes"),

  /**
   * One arena, because only the main one may grow without bound; never map a single block; never
   * give memory back; huge pages where libtorch can ask for them.
   */
  TUNED("malloc tuned");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "68719476736",
          "THP_MEM_ALLOC_ENABLE", "1");

  private final String title;

  Malloc(String title) {
    this.title = title;
  }

  /** As a column is headed. */
  public String title() {
    return title;
  }

  /** Gives a process to be started this setting, whatever this process runs with. */
  void apply(Map<String, String> environment) {
    environment.keySet().removeAll(SETTINGS.keySet());
    if (this == TUNED) {
      environment.putAll(SETTINGS);
    }
  }
}
