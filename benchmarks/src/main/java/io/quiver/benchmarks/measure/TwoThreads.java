package io.quiver.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much more two threads get done than one, on a machine that others use as well.
 *
 * <p>By the wall that says how many processors the others left, so it is told from what the two
 * threads themselves did: the work done for a second of their processor time, which falls where
 * they share caches, memory or spinning locks, times the share of the time in which they were not
 * blocked or waiting. One thread and two take turns, a short slice each, and medians over the pairs
 * are kept.
 *
 * @param wall calls of two threads in a second by calls of one
 * @param own the same by the threads' own processor and waiting time; 2 where neither hinders the
 *     other
 * @param one calls a second of one thread, by the wall
 * @param oneOwn calls in a second of processor time of one thread
 */
public record TwoThreads(double wall, double own, double one, double oneOwn) {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What one thread did in a slice; times in nanoseconds. */
  private record Slice(long calls, long wall, long cpu, long blocked) {}

  /**
   * Times pairs of slices.
   *
   * @param each what each of two threads repeats, for one thread
   * @param pairs of slices, at least 1
   */
  public static TwoThreads time(List<? extends Rounds.Repeatable> each, int pairs)
      throws Exception {
    boolean before = THREADS.isThreadContentionMonitoringEnabled();
    THREADS.setThreadContentionMonitoringEnabled(true);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      double[] walls = new double[pairs];
      double[] owns = new double[pairs];
      double[] ones = new double[pairs];
      double[] onesOwn = new double[pairs];
      long[] blocked = new long[2];
      long[] elapsed = new long[2];
      for (int pair = 0; pair < pairs; pair++) {
        // The first pairs' turns are one, two, two, one.
        boolean oneFirst = pair % 2 == 0;
        List<Slice> one = oneFirst ? slices(pool, each.subList(0, 1)) : List.of();
        List<Slice> two = slices(pool, each);
        one = oneFirst ? one : slices(pool, each.subList(0, 1));
        ones[pair] = byWall(one);
        walls[pair] = byWall(two) / ones[pair];
        onesOwn[pair] = byProcessor(one);
        owns[pair] = 2 * byProcessor(two) / onesOwn[pair];
        for (Slice slice : one) {
          blocked[0] += slice.blocked;
          elapsed[0] += slice.wall;
        }
        for (Slice slice : two) {
          blocked[1] += slice.blocked;
          elapsed[1] += slice.wall;
        }
      }
      double free = free(blocked[1], elapsed[1]) / free(blocked[0], elapsed[0]);
      return new TwoThreads(
          Timing.median(walls),
          free * Timing.median(owns),
          Timing.median(ones),
          Timing.median(onesOwn));
    } finally {
      THREADS.setThreadContentionMonitoringEnabled(before);
    }
  }

  /** Threads that begin together and go on until each has done its part once. */
  private static List<Slice> slices(ExecutorService pool, List<? extends Rounds.Repeatable> each)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(each.size());
    AtomicInteger left = new AtomicInteger(each.size());
    List<Callable<Slice>> tasks =
        each.stream().map(repeatable -> task(repeatable, start, left)).toList();
    Slice[] slices = new Slice[tasks.size()];
    List<Future<Slice>> done = pool.invokeAll(tasks);
    for (int i = 0; i < slices.length; i++) {
      slices[i] = done.get(i).get();
    }
    return Arrays.asList(slices);
  }

  private static Callable<Slice> task(
      Rounds.Repeatable repeatable, CyclicBarrier start, AtomicInteger left) {
    return () -> {
      start.await();
      long blocked = blocked();
      long cpu = THREADS.getCurrentThreadCpuTime();
      long begun = System.nanoTime();
      long calls = repeatable.run();
      left.decrementAndGet();
      while (left.get() > 0) {
        calls += repeatable.run();
      }
      return new Slice(
          calls,
          System.nanoTime() - begun,
          THREADS.getCurrentThreadCpuTime() - cpu,
          blocked() - blocked);
    };
  }

  /**
   * Nanoseconds, of which milliseconds are told, that the calling thread was kept from going on.
   */
  private static long blocked() {
    ThreadInfo thread = THREADS.getThreadInfo(Thread.currentThread().threadId());
    return 1_000_000L * (thread.getBlockedTime() + thread.getWaitedTime());
  }

  private static double byWall(List<Slice> slices) {
    return slices.stream().mapToDouble(slice -> 1e9 * slice.calls / slice.wall).sum();
  }

  /** Of one thread on average. */
  private static double byProcessor(List<Slice> slices) {
    double calls = slices.stream().mapToLong(Slice::calls).sum();
    return 1e9 * calls / slices.stream().mapToLong(Slice::cpu).sum();
  }

  private static double free(long blocked, long elapsed) {
    return 1 - Math.min(elapsed - 1, blocked) / (double) elapsed;
  }
}
