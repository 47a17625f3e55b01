package io.quiver.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that the caller's thread and others take from, one after the other. What no other thread
 * has begun the caller does itself: it waits for work under way, never for a thread to become free.
 */
final class SharedWork<T> {
  private final List<Supplier<T>> tasks;
  private final Map<Integer, T> results = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch left;

  SharedWork(List<Supplier<T>> tasks) {
    this.tasks = tasks;
    this.left = new CountDownLatch(tasks.size());
  }

  /**
   * Does all tasks, of which none is under way any more afterwards: they read memory that the
   * caller may release then.
   *
   * @param others to help, null for the caller alone
   * @return what the tasks gave, in their order
   * @throws RuntimeException what one of them threw
   */
  List<T> run(@Nullable Executor others) {
    if (others == null || tasks.size() < 2) {
      return alone();
    }
    for (int i = 1; i < tasks.size(); i++) {
      others.execute(this::take);
    }
    take();
    awaitAll();
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
    List<T> all = new ArrayList<>(tasks.size());
    for (int at = 0; at < tasks.size(); at++) {
      all.add(Objects.requireNonNull(results.get(at)));
    }
    return all;
  }

  /** Most searches are of one segment, or of few rows: they need nothing that threads share. */
  private List<T> alone() {
    List<T> all = new ArrayList<>(tasks.size());
    for (Supplier<T> task : tasks) {
      all.add(task.get());
    }
    return all;
  }

  private void take() {
    for (int at = next.getAndIncrement(); at < tasks.size(); at = next.getAndIncrement()) {
      try {
        // After a failure nothing is begun, but every task is accounted for.
        if (failure.get() == null) {
          results.put(at, tasks.get(at).get());
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        left.countDown();
      }
    }
  }

  /** Waits to the end even if interrupted. */
  private void awaitAll() {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
