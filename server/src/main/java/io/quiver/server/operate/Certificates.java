package io.quiver.server.operate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate and its key, from PEM files or made for trying things out. */
final class Certificates {
  private static final char[] NO_SECRET = "in memory".toCharArray();
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  private Certificates() {}

  static char[] password() {
    return NO_SECRET.clone();
  }

  /** Of PEM files: the certificate with those that sign it, and the key in PKCS #8. */
  static KeyStore of(Path certificate, Path key) throws IOException, GeneralSecurityException {
    Certificate[] chain;
    try (InputStream in = Files.newInputStream(certificate)) {
      chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
    } catch (CertificateException e) {
      throw new IOException(certificate + " holds no certificate", e);
    }
    if (chain.length == 0) {
      throw new IOException(certificate + " holds no certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_SECRET);
    store.setKeyEntry("server", key(key), NO_SECRET, chain);
    return store;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(file));
    if (!pem.find()) {
      throw new IOException(
          file + " holds no private key in PKCS #8; convert it with openssl pkcs8 -topk8 -nocrypt");
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // It is a key of another kind.
      }
    }
    throw new GeneralSecurityException(file + " holds a key that is neither RSA, EC nor EdDSA");
  }

  /** Made by the JDK's keytool for this machine's own names; kept nowhere. */
  static KeyStore selfSigned() throws IOException, GeneralSecurityException {
    Path file = Files.createTempDirectory("quiver-tls").resolve("server.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-groupname",
                  "secp256r1",
                  "-validity",
                  "90",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  new String(NO_SECRET),
                  "-keystore",
                  file.toString())
              .redirectErrorStream(true)
              .start();
      byte[] said = keytool.getInputStream().readAllBytes();
      if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException(
            "keytool made no certificate: "
                + new String(said, java.nio.charset.StandardCharsets.UTF_8));
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(Files.readAllBytes(file)), NO_SECRET);
      return store;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keytool made a certificate", e);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.getParent());
    }
  }
}
