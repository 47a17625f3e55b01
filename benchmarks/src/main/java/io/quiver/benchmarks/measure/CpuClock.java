package io.quiver.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time, which other programs on the machine disturb less than they do the wall clock. */
public final class CpuClock {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuClock() {}

  /**
   * Nanoseconds used by all Java threads alive, so that a search that spreads over several threads
   * pays for all of them. Compiler and collector are not in it.
   */
  public static long javaThreads() {
    long sum = 0;
    for (long time : THREADS.getThreadCpuTime(THREADS.getAllThreadIds())) {
      sum += Math.max(0, time);
    }
    return sum;
  }

  /** Nanoseconds used by the whole process, in steps of about 10 ms: for what takes seconds. */
  public static long process() {
    return PROCESS.getProcessCpuTime();
  }

  /** Bytes allocated by the calling thread so far. */
  public static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
