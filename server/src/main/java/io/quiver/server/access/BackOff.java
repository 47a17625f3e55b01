package io.quiver.server.access;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slows down who guesses: after five failures for a user from an address, the next try is looked at
 * only after a second, then two, doubling to a minute. A success forgets them.
 */
final class BackOff {
  private static final int FREE_FAILURES = 5;
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int MOST = 100_000;

  private final Clock clock;
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();

  private record Failures(int count, long until) {}

  BackOff(Clock clock) {
    this.clock = clock;
  }

  private static String key(String user, String address) {
    return address + " " + user;
  }

  void check(String user, String address) throws EntryRefusedException {
    Failures before = failures.get(key(user, address));
    if (before != null && clock.millis() < before.until()) {
      throw new EntryRefusedException(
          429, "Too many failed logins; try again in a while, at most a minute");
    }
  }

  void failed(String user, String address) {
    if (failures.size() >= MOST) {
      long now = clock.millis();
      failures.values().removeIf(each -> each.until() < now);
    }
    failures.compute(
        key(user, address),
        (key, before) -> {
          int count = before == null ? 1 : before.count() + 1;
          int over = count - FREE_FAILURES;
          long pause = over < 0 ? 0 : Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(over, 16));
          return new Failures(count, clock.millis() + pause);
        });
  }

  void succeeded(String user, String address) {
    failures.remove(key(user, address));
  }
}
