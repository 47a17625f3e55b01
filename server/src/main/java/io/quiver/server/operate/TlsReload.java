package io.quiver.server.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Takes up a certificate that is renewed while the server runs. */
final class TlsReload {
  private final SslContextFactory.Server factory;
  private final Path certificate;
  private final Path key;
  private FileTime read;

  TlsReload(SslContextFactory.Server factory, Path certificate, Path key) throws IOException {
    this.factory = factory;
    this.certificate = certificate;
    this.key = key;
    this.read = changed();
  }

  private FileTime changed() throws IOException {
    FileTime one = Files.getLastModifiedTime(certificate);
    FileTime other = Files.getLastModifiedTime(key);
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Reads the files again if they are newer; a pair that does not fit leaves the old one. */
  void look(EventLog log) {
    try {
      FileTime now = changed();
      if (now.equals(read)) {
        return;
      }
      read = now;
      java.security.KeyStore store = Certificates.of(certificate, key);
      factory.reload(f -> ((SslContextFactory.Server) f).setKeyStore(store));
      log.info("The certificate was read again");
    } catch (IOException | GeneralSecurityException e) {
      log.error("The renewed certificate cannot be read; the old one stays", e);
    } catch (Exception e) {
      log.error("The renewed certificate cannot be used; the old one stays", e);
    }
  }
}
