package io.quiver.server.wire;

import java.io.IOException;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/**
 * Jetty, put together: HTTP/1.1 with connections that are kept, requests that are answered by the
 * thread that read them or a virtual one, TLS where there is a certificate.
 */
public final class HttpServer implements AutoCloseable {
  /** Requests that may be answered at once by the threads that read them. */
  private static final int ANSWERED_WHERE_READ = 16;

  /** Threads for everything else: who accepts, and who goes on reading for one that answers. */
  private static final int SPARE_THREADS = 8;

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
   * @param cutOff ends those that run longer
   * @param refused hears of what is refused before the handler sees it
   */
  public HttpServer(
      String host,
      int port,
      SslContextFactory.@Nullable Server tls,
      WireLimits limits,
      Duration drain,
      Runnable cutOff,
      RefusedRequests refused,
      Handler handler) {
    int processors = Runtime.getRuntime().availableProcessors();
    Carriers.allowFor(4 * processors);
    int selectors = Math.clamp(processors, 2, 8);
    ReadingThreads threads =
        new ReadingThreads(selectors + ANSWERED_WHERE_READ + SPARE_THREADS, cutOff);
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
      connector = new ServerConnector(server, 1, selectors, plain);
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      SslConnectionFactory encrypted = new SslConnectionFactory(tls, plain.getProtocol());
      connector = new ServerConnector(server, 1, selectors, encrypted, plain);
    }
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idleSocket().toMillis());
    connector.setAcceptQueueSize(1_024);
    connector.addBean(new TrickleGuard(connector.getScheduler(), limits.longestRequest(), refused));
    RefusedByHttp byHttp = new RefusedByHttp(refused);
    connector.addBean(byHttp);
    server.setErrorHandler(byHttp);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.mostSockets(), connector));
    server.setStopTimeout(drain.toMillis());
    server.setHandler(
        new GracefulHandler(new AnsweringPlace(threads, ANSWERED_WHERE_READ, handler)));
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
