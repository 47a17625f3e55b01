package io.quiver.server.access;

import io.quiver.sql.catalog.Access;
import io.quiver.sql.catalog.Access.ApiKey;
import io.quiver.sql.catalog.Access.User;
import io.quiver.sql.catalog.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets in users of the catalog: by {@code Authorization: Basic} with a password, or {@code Bearer}
 * with an API key.
 *
 * <p>Every refusal reads alike and takes alike long, so that nobody learns which users there are.
 */
public final class CatalogEntrance implements Entrance {
  private static final String KEY_PREFIX = "qv_";

  /** Then a word is proved again. */
  private static final long TRUSTED_NANOS = 1_000_000_000;

  private final Supplier<Access> access;
  private final Clock clock;
  private final AuditLog audit;
  private final KnownPasswords known = new KnownPasswords();
  private final BackOff backOff;

  public CatalogEntrance(Supplier<Access> access, Clock clock, AuditLog audit) {
    this.access = access;
    this.clock = clock;
    this.audit = audit;
    this.backOff = new BackOff(clock);
  }

  @Override
  public Caller admit(@Nullable String authorization, String address) throws EntryRefusedException {
    if (authorization == null) {
      throw new EntryRefusedException(401, "Who are you? Send user and password, or an API key");
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? authorization : authorization.substring(0, space);
    String rest = space < 0 ? "" : authorization.substring(space + 1).strip();
    if (scheme.equalsIgnoreCase("Bearer")) {
      return byKey(rest, address);
    }
    if (scheme.equalsIgnoreCase("Basic")) {
      return byPassword(rest, address);
    }
    throw new EntryRefusedException(401, "Authorization is Basic or Bearer");
  }

  @Override
  public Moment now() {
    return new Moment(access.get(), System.nanoTime());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // users and rights are another object once they change
  public boolean holds(Moment admitted) {
    return admitted.state() == access.get() && System.nanoTime() - admitted.nanos() < TRUSTED_NANOS;
  }

  private Caller byPassword(String encoded, String address) throws EntryRefusedException {
    String both;
    try {
      both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EntryRefusedException(401, "The Authorization header is not base64");
    }
    int colon = both.indexOf(':');
    String name = colon < 0 ? both : both.substring(0, colon);
    String password = colon < 0 ? "" : both.substring(colon + 1);
    if (password.startsWith(KEY_PREFIX)) {
      return byKey(password, address);
    }
    User user = access.get().users().get(name);
    Optional<String> hash = Optional.ofNullable(user).flatMap(User::passwordHash);
    if (hash.isPresent() && known.knows(name, password, hash.get())) {
      return new Caller(name, Optional.empty(), address);
    }
    backOff.check(name, address);
    boolean right =
        known.checking(
            () ->
                hash.isPresent()
                    ? Secrets.isPassword(password, hash.get())
                    : Secrets.isNobodys(password));
    if (!right) {
      backOff.failed(name, address);
      audit.login(name, address, false);
      throw new EntryRefusedException(401, "User or password is wrong");
    }
    backOff.succeeded(name, address);
    known.learn(name, password, hash.orElseThrow());
    audit.login(name, address, true);
    return new Caller(name, Optional.empty(), address);
  }

  private Caller byKey(String text, String address) throws EntryRefusedException {
    int end = text.indexOf('_', KEY_PREFIX.length());
    if (text.startsWith(KEY_PREFIX) && end > 0) {
      String id = text.substring(KEY_PREFIX.length(), end);
      ApiKey key = access.get().keys().get(id);
      if (key != null && Secrets.isKey(text.substring(end + 1), key.secretHash())) {
        if (clock.millis() >= key.expiresMillis()) {
          audit.login(key.user(), address, false);
          throw new EntryRefusedException(401, "The API key has expired");
        }
        return new Caller(key.user(), Optional.of(id), address);
      }
    }
    audit.login("(key)", address, false);
    throw new EntryRefusedException(401, "The API key is not known");
  }
}
