package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed, and clients that speak TLS to the wrong port or not at all. */
class TlsTest {
  @TempDir Path directory;

  /** A certificate and its key as PEM files. */
  private void write(KeyStore store) throws Exception {
    String alias = store.aliases().nextElement();
    X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
    pem("server.crt", "CERTIFICATE", certificate.getEncoded());
    pem("server.key", "PRIVATE KEY", store.getKey(alias, Certificates.password()).getEncoded());
  }

  private void pem(String file, String kind, byte[] content) throws Exception {
    Files.writeString(
        directory.resolve(file),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(content), kind));
  }

  private RunningServer start() throws Exception {
    return new RunningServer(
        directory.resolve("db"),
        "tls_certificate=" + directory.resolve("server.crt"),
        "tls_key=" + directory.resolve("server.key"));
  }

  private static Connection connect(RunningServer server, Path trusted) throws SQLException {
    return DriverManager.getConnection(
        server.url() + "?ssl=true&ssl_root_cert=" + trusted, "admin", RunningServer.PASSWORD);
  }

  @Test
  void aRenewedCertificateIsTakenUpAndADamagedOneIsNot() throws Exception {
    write(Certificates.selfSigned());
    try (RunningServer server = start()) {
      Path first = Files.copy(directory.resolve("server.crt"), directory.resolve("first.crt"));
      connect(server, first).close();
      Files.writeString(directory.resolve("server.crt"), "nonsense");
      server.server.lookForCertificate();
      connect(server, first).close();
      assertThat(server.log.toString(StandardCharsets.UTF_8)).contains("the old one stays");
      Thread.sleep(20);
      write(Certificates.selfSigned());
      server.server.lookForCertificate();
      assertThat(server.log.toString(StandardCharsets.UTF_8))
          .contains("The certificate was read again");
      connect(server, directory.resolve("server.crt")).close();
      assertThatThrownBy(() -> connect(server, first).close()).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void whoDoesNotSpeakTlsIsSentAway() throws Exception {
    write(Certificates.selfSigned());
    try (RunningServer server = start()) {
      try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[1000];
        int read = read(socket, answer);
        assertThat(new String(answer, 0, Math.max(read, 0), StandardCharsets.US_ASCII))
            .doesNotContain("HTTP/1.1 200");
      }
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(server.url(), "admin", RunningServer.PASSWORD)
                      .close())
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"));
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                          server.url() + "?ssl=true", "admin", RunningServer.PASSWORD)
                      .close())
          .as("nobody vouches for the certificate")
          .isInstanceOf(SQLException.class);
      connect(server, directory.resolve("server.crt")).close();
      assertThat(server.log.toString(StandardCharsets.UTF_8))
          .contains("\"status\":400,\"from\":\"127.0.0.1\",\"reason\":\"No TLS: ");
    }
  }

  private static int read(Socket socket, byte[] answer) throws Exception {
    try {
      return socket.getInputStream().read(answer);
    } catch (SocketException e) {
      return -1;
    }
  }

  @Test
  void tlsToAPlainPortIsSentAway() throws Exception {
    try (RunningServer server = new RunningServer(directory.resolve("db"))) {
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                          server.url() + "?ssl=unverified", "admin", RunningServer.PASSWORD)
                      .close())
          .isInstanceOf(SQLException.class)
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).startsWith("08"));
      assertThatThrownBy(
              () -> {
                try (Socket socket =
                    SSLContext.getDefault()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.server.port())) {
                  socket.setSoTimeout(10_000);
                  OutputStream out = socket.getOutputStream();
                  out.write(1);
                  out.flush();
                }
              })
          .isInstanceOf(java.io.IOException.class);
      server.admin().close();
      assertThat(server.log.toString(StandardCharsets.UTF_8))
          .contains("\"reason\":\"Not taken as HTTP: Bad Request\"");
    }
  }
}
