package io.quiver.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** Processor time of the two ends of a connection that meet in one process, by their threads. */
public final class ThreadGroups {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadGroups() {}

  /** Nanoseconds that the calling thread used so far. */
  public static long current() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Nanoseconds that the server's threads used so far: sockets, requests, the database's own. */
  public static long server() {
    long sum = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      // Virtual threads are carried by the workers of a pool.
      if (thread != null
          && (thread.getThreadName().startsWith("quiver-")
              || thread.getThreadName().startsWith("ForkJoinPool-1-worker"))) {
        sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return sum;
  }
}
