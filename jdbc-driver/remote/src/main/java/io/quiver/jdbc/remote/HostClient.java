package io.quiver.jdbc.remote;

import io.quiver.jdbc.JdbcUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sends requests to the first of the hosts that takes them; for many threads. */
final class HostClient {
  /** A kept connection that was idle this long is looked at before it is used. */
  private static final TimeValue TRUSTED_IDLE = TimeValue.ofMilliseconds(500);

  private static final int MOST_CONNECTIONS = 16;

  /** Where a server takes Avatica's requests. */
  static final String REQUESTS = "/";

  /** Where it takes those that Avatica has no form for. */
  static final String CONTROL = "/control";

  private final List<JdbcUrl.Host> hosts;

  /** Where each host takes requests: made once, for it takes as long as to send one. */
  private final List<Map<String, URI>> places;

  private final @Nullable String authorization;
  private final CloseableHttpClient client;
  private volatile int current;
  private volatile int waitMillis;

  /** The last of these that was used, for most requests wait as long as the one before. */
  private volatile RequestConfig waiting;

  /** What came back. */
  record Answer(int status, byte[] body, @Nullable String contentType) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean isProtocol() {
      return contentType != null && contentType.startsWith("application/octet-stream");
    }
  }

  HostClient(ClientSettings settings) throws SQLException {
    hosts = settings.hosts();
    String scheme = settings.tls() == ClientSettings.Tls.OFF ? "http" : "https";
    places =
        hosts.stream()
            .map(
                host ->
                    Map.of(
                        REQUESTS, place(scheme, host, REQUESTS),
                        CONTROL, place(scheme, host, CONTROL)))
            .toList();
    authorization = settings.authorization();
    waitMillis = settings.socketTimeoutSeconds() * 1000;
    waiting = waiting(waitMillis);
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnPerRoute(MOST_CONNECTIONS)
            .setMaxConnTotal(MOST_CONNECTIONS * hosts.size())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.ofSeconds(settings.connectTimeoutSeconds()))
                    .setValidateAfterInactivity(TRUSTED_IDLE)
                    .build());
    if (settings.tls() != ClientSettings.Tls.OFF) {
      connections.setTlsSocketStrategy(TrustedServers.strategy(settings));
    }
    client =
        HttpClients.custom()
            .setConnectionManager(connections.build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  void waitAtMost(int millis) {
    waitMillis = millis;
  }

  int waitsAtMost() {
    return waitMillis;
  }

  /** The host that answered last. */
  JdbcUrl.Host host() {
    return hosts.get(current);
  }

  /**
   * Sends to the host that answered last; where it takes no connection, to the others in turn.
   *
   * @param repeatable whether it may be sent again though it may have arrived
   */
  Answer post(String path, byte[] body, boolean repeatable, int millis) throws IOException {
    int first = current;
    IOException failure = null;
    for (int i = 0; i < hosts.size(); i++) {
      int at = (first + i) % hosts.size();
      // Once more to the same host: what failed may have been a connection it had closed.
      for (int attempt = 0; attempt < 2; attempt++) {
        try {
          Answer answer = send(place(at, path), body, millis);
          current = at;
          return answer;
        } catch (IOException e) {
          boolean taken = SendFailure.mayHaveArrived(e);
          if (taken && !repeatable) {
            throw e;
          }
          if (failure == null || failure == e) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
          if (!taken || SendFailure.isTimeout(e)) {
            break;
          }
        }
      }
    }
    throw failure == null ? new IOException("There is no host to send to") : failure;
  }

  private URI place(int host, String path) {
    URI place = places.get(host).get(path);
    if (place == null) {
      throw new IllegalArgumentException("Servers take no requests at " + path);
    }
    return place;
  }

  private static URI place(String scheme, JdbcUrl.Host host, String path) {
    String name =
        host.name().startsWith("[") || !host.name().contains(":")
            ? host.name()
            : "[" + host.name() + "]";
    return URI.create(scheme + "://" + name + ":" + host.port() + path);
  }

  private RequestConfig waitingFor(int millis) {
    RequestConfig last = waiting;
    Timeout wanted = timeout(millis);
    if (!wanted.equals(last.getResponseTimeout())) {
      last = waiting(millis);
      waiting = last;
    }
    return last;
  }

  private static RequestConfig waiting(int millis) {
    return RequestConfig.custom()
        .setResponseTimeout(timeout(millis))
        .setExpectContinueEnabled(false)
        .build();
  }

  private static Timeout timeout(int millis) {
    return millis > 0 ? Timeout.ofMilliseconds(millis) : Timeout.DISABLED;
  }

  private Answer send(URI place, byte[] body, int millis) throws IOException {
    HttpPost post = new HttpPost(place);
    post.setConfig(waitingFor(millis));
    if (authorization != null) {
      post.setHeader("Authorization", authorization);
    }
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return client.execute(
        post,
        response -> {
          byte[] bytes = EntityUtils.toByteArray(response.getEntity());
          String type = response.getEntity() == null ? null : response.getEntity().getContentType();
          return new Answer(response.getCode(), bytes == null ? new byte[0] : bytes, type);
        });
  }

  void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
