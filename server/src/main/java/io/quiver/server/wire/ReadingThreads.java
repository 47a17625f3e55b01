package io.quiver.server.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.thread.ExecutionStrategy;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read sockets and answer what they read.
 *
 * <p>Jetty's strategy for that has another thread go on reading before the one that read answers,
 * and wakes it for each request, which takes as long as a search. Here the other is promised and
 * not woken, unless the answer takes longer than a moment: somebody looks every millisecond or two,
 * while there is work.
 *
 * <p>A thread that answers is never interrupted: that would close the files it works on.
 */
final class ReadingThreads extends QueuedThreadPool {
  private static final long LOOK_NANOS = 1_000_000;

  /** Requests of one connection that a thread answers on end. */
  private static final int MOST_IN_A_ROW = 32;

  /** Looks without work after which nobody looks until there is some. */
  private static final int PATIENCE = 50;

  private final Set<Reading> all = ConcurrentHashMap.newKeySet();
  private final Runnable beforeStop;
  private volatile @Nullable Thread watch;
  private volatile boolean active;
  private volatile boolean asleep;

  /** One of the pool's threads. */
  private static final class Reading extends Thread {
    /** Who would go on reading where this thread has read: promised to, and not woken yet. */
    private volatile @Nullable Runnable next;

    /** Which of its tasks the thread is at; 0 between them. */
    private volatile long task;

    private long tasks;

    /** The connection whose request it answered last, and how many of its in a row. */
    private int connection;

    private int inARow;

    /** The task that it was at when it was looked at last. */
    private long seen;

    Reading(Runnable job) {
      super(job);
    }

    @Override
    public void interrupt() {
      if (task == 0) {
        super.interrupt();
      }
    }
  }

  /**
   * @param beforeStop ends what is still being answered when the threads have to stop
   */
  ReadingThreads(int most, Runnable beforeStop) {
    super(most);
    this.beforeStop = beforeStop;
    setName("quiver-http");
  }

  @Override
  public Thread newThread(Runnable job) {
    Reading[] made = new Reading[1];
    Reading thread =
        new Reading(
            () -> {
              all.add(made[0]);
              try {
                job.run();
              } finally {
                all.remove(made[0]);
              }
            });
    made[0] = thread;
    thread.setDaemon(isDaemon());
    thread.setName(getName() + "-" + thread.threadId());
    return thread;
  }

  /** Jetty asks whether another thread will go on reading; it will, if it has to. */
  @Override
  public boolean tryExecute(Runnable task) {
    if (task instanceof ExecutionStrategy
        && isRunning()
        && Thread.currentThread() instanceof Reading thread) {
      thread.next = task;
      return true;
    }
    return super.tryExecute(task);
  }

  /**
   * Whether the calling thread may answer what it read: somebody takes its place if need be. Not if
   * it answered the same connection on end: a client that sends without waiting for answers would
   * keep it from all others, and from being seen twice at the same request.
   *
   * @param connection a number of the connection that the request came by
   */
  boolean begin(int connection) {
    if (!(Thread.currentThread() instanceof Reading thread) || thread.next == null) {
      return false;
    }
    thread.inARow = thread.connection == connection ? thread.inARow + 1 : 0;
    thread.connection = connection;
    if (thread.inARow >= MOST_IN_A_ROW) {
      thread.inARow = 0;
      return false;
    }
    thread.task = ++thread.tasks;
    Thread.interrupted();
    if (!active) {
      active = true;
    }
    if (asleep) {
      LockSupport.unpark(watch);
    }
    return true;
  }

  /** The calling thread has answered. */
  void end() {
    if (Thread.currentThread() instanceof Reading thread) {
      thread.task = 0;
    }
  }

  private void watch() {
    int idle = 0;
    while (isRunning() || isStarting()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      boolean busy = active;
      active = false;
      for (Reading thread : all) {
        look(thread);
      }
      idle = busy ? 0 : idle + 1;
      if (idle > PATIENCE) {
        asleep = true;
        while (!active && isRunning()) {
          LockSupport.park(this);
        }
        asleep = false;
        idle = 0;
      }
    }
  }

  /** Whoever was seen at the same task before is kept by it, and another goes on reading. */
  private void look(Reading thread) {
    long task = thread.task;
    if (task == 0) {
      return;
    }
    active = true;
    if (thread.seen != task) {
      thread.seen = task;
      return;
    }
    Runnable next = thread.next;
    if (next != null) {
      thread.next = null;
      execute(next);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    watch = Thread.ofPlatform().daemon().name("quiver-http-watch").start(this::watch);
  }

  @Override
  protected void doStop() throws Exception {
    beforeStop.run();
    super.doStop();
    LockSupport.unpark(watch);
  }
}
