package io.quiver.engine.io;

/** What a file of sections is, so that one is never read in place of another. */
public enum FileKind {
  /** The rows of a sealed segment. */
  ROWS(1),
  /** An index over one column of a sealed segment. */
  INDEX(2),
  /** Which rows of a sealed segment are deleted. */
  DELETES(3),
  /** Values that rows of a sealed segment were given after they were written. */
  PATCHES(4);

  private final int code;

  FileKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
