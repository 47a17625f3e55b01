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
}
