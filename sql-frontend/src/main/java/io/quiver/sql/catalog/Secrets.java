package io.quiver.sql.catalog;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Passwords and keys: made, hashed and checked. Hashes are compared in constant time.
 *
 * <p>Passwords by Argon2id (RFC 9106) with 19 MiB, two passes and one lane, the least that OWASP
 * advises; a check takes some 60 ms of a core. Keys are random and long, so that SHA-256 is enough.
 */
public final class Secrets {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Of no password: checked where there is no user, so that the answer takes as long. */
  private static final String NOBODY = hashPassword("nobody has this one");

  private Secrets() {}

  /** The hash to keep, in PHC form with its salt. */
  public static String hashPassword(String password) {
    return Password.hash(password)
        .addRandomSalt(SALT_BYTES)
        .with(Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID))
        .getResult();
  }

  public static boolean isPassword(String password, String hash) {
    return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
  }

  /** Takes the time of a check and fails. */
  public static boolean isNobodys(String password) {
    isPassword(password, NOBODY);
    return false;
  }

  /** Random text of so many bytes, in letters, digits, minus and underscore. */
  public static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  public static String hashKey(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  public static boolean isKey(String secret, String hash) {
    return MessageDigest.isEqual(
        hashKey(secret).getBytes(StandardCharsets.US_ASCII),
        hash.getBytes(StandardCharsets.US_ASCII));
  }
}
