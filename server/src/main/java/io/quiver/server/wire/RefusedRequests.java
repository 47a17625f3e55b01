package io.quiver.server.wire;

/** Hears of requests that were answered with a refusal before they reached the database. */
@FunctionalInterface
public interface RefusedRequests {
  /**
   * A request was refused.
   *
   * @param status of HTTP that it was answered with; 400 too where nobody was left to answer
   * @param address where it came from
   */
  void refused(int status, String address, String reason);
}
