package io.quiver.server.operate;

import io.quiver.server.wire.RefusedRequests;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts refused requests, all of them, and logs them, so many in a minute: who sends garbage does
 * not fill the disk.
 */
final class RefusalLog implements RefusedRequests {
  private static final long MINUTE = 60_000_000_000L;
  private static final int MOST_IN_A_MINUTE = 100;
  private static final int LONGEST = 200;

  private final ServerMetrics metrics;
  private final EventLog log;
  private final AtomicLong began = new AtomicLong(System.nanoTime());
  private final AtomicInteger inThisMinute = new AtomicInteger();

  RefusalLog(ServerMetrics metrics, EventLog log) {
    this.metrics = metrics;
    this.log = log;
  }

  @Override
  public void refused(int status, String address, String reason) {
    metrics.refused(status);
    long begin = began.get();
    long now = System.nanoTime();
    if (now - begin > MINUTE && began.compareAndSet(begin, now)) {
      inThisMinute.set(0);
    }
    int number = inThisMinute.incrementAndGet();
    if (number <= MOST_IN_A_MINUTE) {
      log.refused(
          status, address, reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST));
    } else if (number == MOST_IN_A_MINUTE + 1) {
      log.info(
          "More requests are refused than are logged; quiver_requests_refused_total counts on");
    }
  }
}
