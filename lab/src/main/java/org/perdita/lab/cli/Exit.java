package org.perdita.lab.cli;

/** The exit codes, which every subcommand's help lists. */
final class Exit {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REFUSED = 3;

  /** What a shell reports after Ctrl-C: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  /** The codes with their meanings, as help prints them. */
  static final String[] MEANINGS = {
    OK + ":done",
    FAILED + ":a check failed, a training failed, or something unexpected happened",
    USAGE + ":the command line was not understood",
    REFUSED + ":the request cannot be met, or a file or folder is missing or damaged",
    INTERRUPTED + ":interrupted"
  };

  private Exit() {}
}
