package io.quiver.examples.rag;

/**
 * How far an ingest has come.
 *
 * @param done passages that are embedded and durable
 * @param total passages of the files that are new or changed
 * @param file the one at work
 * @param message what went wrong, or empty
 */
record IngestProgress(State state, int done, int total, String file, String message) {
  /** Where an ingest is. */
  enum State {
    IDLE,
    RUNNING,
    DONE,
    FAILED
  }

  static final IngestProgress IDLE = new IngestProgress(State.IDLE, 0, 0, "", "");
}
