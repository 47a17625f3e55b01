package io.quiver.engine.search;

/** Work was given up because its caller cancelled it or its time ran out. */
public final class SearchStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean timedOut;

  public SearchStoppedException(String message, boolean timedOut) {
    super(message);
    this.timedOut = timedOut;
  }

  /** Whether time ran out, as against being cancelled. */
  public boolean timedOut() {
    return timedOut;
  }
}
