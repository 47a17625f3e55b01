package io.quiver.server.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose next request has begun and does not come to an end: a byte now and then
 * keeps them from being idle, and would hold a socket for ever.
 */
final class TrickleGuard extends AbstractLifeCycle implements Connection.Listener {
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long SHORTEST_PAUSE_MILLIS = 100;

  private final Scheduler scheduler;
  private final Duration longest;
  private final RefusedRequests refused;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

  /**
   * How a connection stood when its last request or answer was noticed.
   *
   * @param bytes it had received
   * @param since when more than those were seen first; 0 where there were none
   */
  private record Progress(long requests, long answers, long bytes, long since) {}

  /**
   * @param longest that a request may take to arrive
   * @param refused hears of connections that are closed
   */
  TrickleGuard(Scheduler scheduler, Duration longest, RefusedRequests refused) {
    this.scheduler = scheduler;
    this.longest = longest;
    this.refused = refused;
  }

  @Override
  protected void doStart() {
    again();
  }

  private void again() {
    long pause = Math.clamp(longest.toMillis() / 4, SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
    scheduler.schedule(this::look, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    open.put(connection, new Progress(0, 0, 0, 0));
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  private void look() {
    if (!isRunning() && !isStarting()) {
      return;
    }
    long now = System.nanoTime();
    open.replaceAll((connection, before) -> after(connection, before, now));
    again();
  }

  private Progress after(Connection connection, Progress before, long now) {
    long requests = connection.getMessagesIn();
    long answers = connection.getMessagesOut();
    long bytes = connection.getBytesIn();
    if (requests != before.requests || answers != before.answers) {
      return new Progress(requests, answers, bytes, 0);
    }
    if (bytes == before.bytes) {
      return before;
    }
    if (before.since == 0) {
      return new Progress(requests, answers, before.bytes, now);
    }
    if (requests == answers && now - before.since > longest.toNanos()) {
      EndPoint socket = connection.getEndPoint();
      refused.refused(
          408,
          RefusedByHttp.address(socket),
          "The request took longer than " + longest.toSeconds() + " s to arrive");
      socket.close();
    }
    return before;
  }
}
