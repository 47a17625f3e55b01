package io.quiver.server.access;

import java.util.Optional;

/**
 * Who makes a request, once that is proved.
 *
 * @param user name of the user, as the catalog has it
 * @param keyId of the API key that was shown in place of a password
 * @param address where the request came from
 */
public record Caller(String user, Optional<String> keyId, String address) {
  /** Who makes the request that this thread serves. */
  public static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

  /** Whether sessions of one are the other's: a key has sessions of its own. */
  public boolean isSame(Caller other) {
    return user.equals(other.user) && keyId.equals(other.keyId);
  }
}
