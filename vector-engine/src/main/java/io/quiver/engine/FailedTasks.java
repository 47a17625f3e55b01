package io.quiver.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Background tasks that failed, and when each may be tried again: after a pause that doubles. For
 * one thread at a time.
 */
final class FailedTasks {
  private static final long FIRST_PAUSE_MILLIS = 500;
  static final long LONGEST_PAUSE_MILLIS = 60_000;

  private record Failure(String message, int times, long againAtNanos) {}

  private final Map<ShardTask.Key, Failure> failures = new HashMap<>();

  void add(ShardTask task, Throwable e) {
    Failure before = failures.get(task.key());
    int times = before == null ? 1 : before.times + 1;
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(times - 1, 10));
    String message =
        task.describe() + " failed " + times + (times == 1 ? " time: " : " times, lately: ") + e;
    failures.put(task.key(), new Failure(message, times, System.nanoTime() + pause * 1_000_000));
  }

  /** The task was done. */
  void remove(ShardTask task) {
    failures.remove(task.key());
  }

  /** Forgets tasks that are not to be done any more. */
  void keepOnly(List<ShardTask> tasks) {
    failures.keySet().removeIf(key -> tasks.stream().noneMatch(t -> t.key().equals(key)));
  }

  /** Lets the tasks of a collection be tried again at once. */
  void forget(long collection) {
    failures.keySet().removeIf(key -> key.collection() == collection);
  }

  /** Nanoseconds until a task may be tried again; 0 or less for now. */
  long nanosUntil(ShardTask task) {
    Failure failure = failures.get(task.key());
    return failure == null ? 0 : failure.againAtNanos - System.nanoTime();
  }

  /** What failed of a collection, in words. */
  Optional<String> message(long collection) {
    return failures.entrySet().stream()
        .filter(each -> each.getKey().collection() == collection)
        .map(each -> each.getValue().message)
        .findFirst();
  }

  List<String> messages() {
    return failures.values().stream().map(Failure::message).toList();
  }
}
