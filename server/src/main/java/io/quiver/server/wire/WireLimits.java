package io.quiver.server.wire;

import java.time.Duration;

/**
 * What a client may put on the network.
 *
 * @param mostRequestBytes in one request
 * @param longestRequest time that a request may take to arrive
 * @param mostSockets open at once; more wait to be taken
 * @param idleSocket time after which a socket that says nothing is closed
 */
public record WireLimits(
    int mostRequestBytes, Duration longestRequest, int mostSockets, Duration idleSocket) {
  /** Good for most. */
  public static WireLimits defaults() {
    return new WireLimits(64 << 20, Duration.ofSeconds(30), 4_096, Duration.ofMinutes(5));
  }
}
