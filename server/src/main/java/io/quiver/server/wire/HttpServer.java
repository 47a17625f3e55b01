package io.quiver.server.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Jetty, put together: HTTP/1.1 with connections that are kept, a virtual thread for each request,
 * TLS where there is a certificate.
 */
public final class HttpServer implements AutoCloseable {
  private static final int PLATFORM_THREADS = 16;

  /** A batch of rows comes in few reads, each of which may wait for a thread to be woken. */
  private static final int READ_BYTES = 128 << 10;

  private final Server server;
  private final ServerConnector connector;

  /**
   * A server that does not listen yet.
   *
   * @param host to listen on
   * @param port 0 for any that is free
   * @param tls null for plain HTTP
   * @param drain how long a stop waits for requests that run
   */
  public HttpServer(
      String host,
      int port,
      SslContextFactory.@Nullable Server tls,
      WireLimits limits,
      Duration drain,
      Handler handler) {
    Carriers.allowFor(4 * Runtime.getRuntime().availableProcessors());
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("quiver-http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("quiver-request-", 0).factory()));
    // Jetty's own pool keeps no buffer of that size: each request would be given a new one, zeroed.
    server = new Server(threads, null, new ArrayByteBufferPool(0, -1, READ_BYTES));
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(16 << 10);
    http.setUriCompliance(UriCompliance.RFC3986);
    http.setIdleTimeout(limits.longestRequest().toMillis());
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    plain.setInputBufferSize(READ_BYTES);
    if (tls == null) {
      connector = new ServerConnector(server, 1, 1, plain);
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      SslConnectionFactory encrypted = new SslConnectionFactory(tls, plain.getProtocol());
      connector = new ServerConnector(server, 1, 1, encrypted, plain);
    }
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleSocket().toMillis());
    connector.setAcceptQueueSize(1_024);
    connector.addBean(new TrickleGuard(connector.getScheduler(), limits.longestRequest()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.mostSockets(), connector));
    server.setStopTimeout(drain.toMillis());
    server.setHandler(new GracefulHandler(handler));
  }

  /** Begins to listen. */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no more requests, waits for those that run, and stops. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException e) {
      // What ran longer than it was waited for was cut off; the server is stopped all the same.
    } catch (Exception e) {
      throw new IllegalStateException("The HTTP server cannot be stopped", e);
    }
  }
}
