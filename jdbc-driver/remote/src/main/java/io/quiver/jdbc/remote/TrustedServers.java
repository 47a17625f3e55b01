package io.quiver.jdbc.remote;

import io.quiver.jdbc.SqlErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;
import org.jspecify.annotations.Nullable;

/** Whom a client believes to be the server it asked for. */
final class TrustedServers {
  private TrustedServers() {}

  static TlsSocketStrategy strategy(ClientSettings settings) throws SQLException {
    try {
      if (settings.tls() == ClientSettings.Tls.UNVERIFIED) {
        SSLContext anybody =
            SSLContextBuilder.create().loadTrustMaterial(null, (chain, type) -> true).build();
        return new DefaultClientTlsStrategy(anybody, NoopHostnameVerifier.INSTANCE);
      }
      return new DefaultClientTlsStrategy(
          context(settings.rootCertificates()), HttpsSupport.getDefaultHostnameVerifier());
    } catch (IOException | GeneralSecurityException e) {
      throw SqlErrors.of(
          "08001",
          0,
          "Cannot read certificates to trust from " + settings.rootCertificates() + ": " + e,
          e);
    }
  }

  private static SSLContext context(@Nullable String file)
      throws IOException, GeneralSecurityException {
    if (file == null) {
      return SSLContext.getDefault();
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("trusted-" + number++, each);
      }
      if (number == 0) {
        throw new IOException("it holds no certificate");
      }
    }
    return SSLContextBuilder.create().loadTrustMaterial(trusted, null).build();
  }
}
