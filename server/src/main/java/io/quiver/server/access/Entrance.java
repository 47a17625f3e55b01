package io.quiver.server.access;

import org.jspecify.annotations.Nullable;

/** Finds out who makes a request. Called by many threads. */
@FunctionalInterface
public interface Entrance {
  /**
   * Who makes a request.
   *
   * @param authorization the header of that name; null where there is none
   * @param address where the request comes from
   * @throws EntryRefusedException if that is not proved
   */
  Caller admit(@Nullable String authorization, String address) throws EntryRefusedException;

  /**
   * Whether what was proved a while ago still holds, though nobody has asked again: no user, key or
   * right has changed since.
   *
   * @param admitted when it was proved, as {@link #now} told
   */
  default boolean holds(Moment admitted) {
    return false;
  }

  /** The moment, for {@link #holds}. */
  default Moment now() {
    return new Moment(this, System.nanoTime());
  }

  /**
   * A state of users and rights, and when it was looked at.
   *
   * @param state the same object until something changes
   */
  record Moment(Object state, long nanos) {}
}
