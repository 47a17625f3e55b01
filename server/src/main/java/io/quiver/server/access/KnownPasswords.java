package io.quiver.server.access;

import io.quiver.sql.catalog.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a while ago, so that each request of a client need not be checked for
 * 60 ms. Kept as an HMAC under a key of this process, bound to the hash in the catalog: a password
 * that is changed is forgotten at once.
 */
final class KnownPasswords {
  private static final long KEPT_NANOS = 5L * 60 * 1_000_000_000;
  private static final int MOST = 10_000;

  /** A check takes 19 MiB and a core. */
  private final Semaphore checks = new Semaphore(2);

  /** Looked up and given its key once: that takes longer than what it is then used for. */
  private final Mac prototype = prototype();

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(byte[] mac, long since) {}

  boolean knows(String user, String password, String hash) {
    Known one = known.get(user);
    return one != null
        && System.nanoTime() - one.since() < KEPT_NANOS
        && MessageDigest.isEqual(one.mac(), mac(user, password, hash));
  }

  void learn(String user, String password, String hash) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(user, new Known(mac(user, password, hash), System.nanoTime()));
  }

  /** Checks a password, few at a time. */
  boolean checking(BooleanSupplier check) {
    checks.acquireUninterruptibly();
    try {
      return check.getAsBoolean();
    } finally {
      checks.release();
    }
  }

  private byte[] mac(String user, String password, String hash) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update((user + "\0" + hash + "\0").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's HmacSHA256 can be cloned", e);
    }
  }

  private static Mac prototype() {
    byte[] key = Secrets.random(32).getBytes(StandardCharsets.US_ASCII);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }
}
