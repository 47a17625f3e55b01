package io.quiver.server.wire;

import io.quiver.server.access.EntryRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the body of a request, counting while it reads: one that is too large, or comes too slowly,
 * is given up as soon as that shows.
 *
 * @param mostBytes that a body may have
 * @param longest that a body may take to arrive
 */
record BodyReader(int mostBytes, Duration longest) {
  private static final int CHUNK = 16 << 10;
  private static final int TRUSTED = 1 << 20;
  private static final long DISCARDED = 256L << 20;

  byte[] read(Request request) throws IOException, EntryRefusedException {
    long declared = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (declared > mostBytes) {
      throw tooLarge();
    }
    long deadline = System.nanoTime() + longest.toNanos();
    // What is declared is believed up to a point: a socket that sends nothing holds no more.
    byte[] body = new byte[declared > 0 ? (int) Math.min(declared, TRUSTED) : CHUNK];
    int length = 0;
    // Not closed: that would give up what discard() has yet to take in.
    InputStream in = Content.Source.asInputStream(request);
    for (int read = 0; read >= 0; read = in.read(body, length, body.length - length)) {
      length += read;
      if (length > mostBytes) {
        throw tooLarge();
      }
      if (System.nanoTime() - deadline > 0) {
        throw new EntryRefusedException(
            408, "The request took longer than " + longest.toSeconds() + " s to arrive");
      }
      if (length == declared) {
        break;
      }
      if (length == body.length) {
        body = Arrays.copyOf(body, larger(length, declared));
      }
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  /**
   * Takes in what is left of a body that was refused, at most as long as a body may take and
   * {@value #DISCARDED} bytes, without a thread that waits for it.
   *
   * @param then told when that is over
   */
  void discard(Request request, Callback then) {
    discard(request, then, DISCARDED, System.nanoTime() + longest.toNanos());
  }

  private static void discard(Request request, Callback then, long most, long deadline) {
    long left = most;
    while (left > 0 && System.nanoTime() - deadline < 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        long rest = left;
        request.demand(() -> discard(request, then, rest, deadline));
        return;
      }
      left -= chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        break;
      }
    }
    then.succeeded();
  }

  private static int larger(int length, long declared) {
    long doubled = Math.min(2L * length, Integer.MAX_VALUE - 8);
    return (int) (declared > length ? Math.min(doubled, declared) : doubled);
  }

  private EntryRefusedException tooLarge() {
    return new EntryRefusedException(
        413,
        "The request is larger than the "
            + mostBytes
            + " bytes that max_request_bytes allows. Send fewer rows at once.");
  }
}
