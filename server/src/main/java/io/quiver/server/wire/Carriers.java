package io.quiver.server.wire;

/**
 * How many platform threads carry the virtual ones that requests run on.
 *
 * <p>The JDK takes one a processor, and a virtual thread that computes does not give way: as many
 * long queries would keep everybody else from being answered, their own cancellation included. So
 * there are more carriers than statements that may run, and the operating system shares out the
 * processors. Java has no other way to say so than properties, read once in a process, when its
 * first virtual thread is made.
 */
public final class Carriers {
  private static final String COUNT = "jdk.virtualThreadScheduler.parallelism";
  private static final String MOST = "jdk.virtualThreadScheduler.maxPoolSize";

  /** For logins, cancellations, frames, metrics. */
  private static final int SPARE = 8;

  private static final int USUAL_MOST = 256;

  private Carriers() {}

  /**
   * Sees to it that there are enough, unless whoever started the process decided on a number.
   *
   * @param running statements that may run at once
   */
  public static synchronized void allowFor(int running) {
    if (System.getProperty(COUNT) == null) {
      int count = Math.min(running, 2_000) + SPARE;
      System.setProperty(COUNT, String.valueOf(count));
      if (System.getProperty(MOST) == null) {
        System.setProperty(MOST, String.valueOf(Math.max(USUAL_MOST, count)));
      }
    }
  }
}
