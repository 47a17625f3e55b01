package io.quiver.examples.frameworks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** A wire to a server that can be cut in the middle of a request. */
final class CutWire implements AutoCloseable {
  private static final long WHOLE = Long.MAX_VALUE / 2;

  private final ServerSocket listening;
  private final int server;
  private final AtomicLong bytesLeft = new AtomicLong(WHOLE);

  CutWire(int server) throws IOException {
    this.server = server;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** From now on so many bytes pass to the server; then every connection breaks. */
  void cutAfter(long bytes) {
    bytesLeft.set(bytes);
  }

  boolean isCut() {
    return bytesLeft.get() < 0;
  }

  void mend() {
    bytesLeft.set(WHOLE);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        connect(listening.accept());
      } catch (IOException e) {
        // Closed, and so the test is over.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket to = new Socket(InetAddress.getLoopbackAddress(), server);
      Thread.ofVirtual().start(() -> pass(client, to, true));
      Thread.ofVirtual().start(() -> pass(to, client, false));
    } catch (IOException e) {
      // No server is there now; who called sees its connection close.
      client.close();
    }
  }

  private void pass(Socket from, Socket to, boolean counted) {
    byte[] bytes = new byte[4096];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (counted && bytesLeft.addAndGet(-read) < 0) {
          return;
        }
        out.write(bytes, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side is gone, and so the other goes.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
