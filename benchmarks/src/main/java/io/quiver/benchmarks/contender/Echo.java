package io.quiver.benchmarks.contender;

import io.quiver.server.access.Caller;
import io.quiver.server.wire.HttpServer;
import io.quiver.server.wire.Protocol;
import io.quiver.server.wire.WireHandler;
import io.quiver.server.wire.WireLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;

/**
 * The floor under any answer: the thin driver's HTTP client and the server's HTTP server, with as
 * many bytes each way as a search of ten rows by 384 dimensions has, and nothing done with them.
 */
public final class Echo implements AutoCloseable {
  private static final int ASKED = 2_400;
  private static final int ANSWERED = 1_000;

  private final HttpServer server;
  private final CloseableHttpClient client;
  private final byte[] body = new byte[ASKED];

  public Echo() throws Exception {
    server =
        new HttpServer(
            "127.0.0.1",
            0,
            null,
            WireLimits.defaults(),
            Duration.ZERO,
            () -> {},
            (status, address, reason) -> {},
            WireHandler.speaking(
                new Answering(),
                (authorization, address) -> new Caller("admin", Optional.empty(), address),
                WireLimits.defaults(),
                (status, address, reason) -> {}));
    server.start();
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                            .build())
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  /** Answers with as many bytes, whatever it is asked. */
  private static final class Answering implements Protocol {
    @Override
    public HandlerResponse<byte[]> apply(byte[] body) {
      if (body.length != ASKED) {
        throw new IllegalStateException("Bytes are missing");
      }
      return new HandlerResponse<>(new byte[ANSWERED], 200);
    }

    @Override
    public HandlerResponse<byte[]> refuse(byte[] body, RuntimeException failure) {
      return new HandlerResponse<>(new byte[0], 500);
    }
  }

  /** Asks once. */
  public void call() throws IOException {
    HttpPost post = new HttpPost(URI.create("http://127.0.0.1:" + server.port() + "/"));
    post.setHeader("Authorization", "Basic YWRtaW46bm90IGEgc2VjcmV0IGhlcmU=");
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    int length = client.execute(post, answer -> EntityUtils.toByteArray(answer.getEntity()).length);
    if (length != ANSWERED) {
      throw new IllegalStateException("Bytes are missing");
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
