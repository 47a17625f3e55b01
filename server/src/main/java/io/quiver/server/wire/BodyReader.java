package io.quiver.server.wire;

import io.quiver.server.access.EntryRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the body of a request, counting while it reads: one that is too large, or comes too slowly,
 * is given up as soon as that shows.
 *
 * @param mostBytes that a body may have
 * @param longest that a body may take to arrive
 */
record BodyReader(int mostBytes, Duration longest) {
  private static final int CHUNK = 16 << 10;

  byte[] read(Request request) throws IOException, EntryRefusedException {
    long declared = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    if (declared > mostBytes) {
      throw tooLarge();
    }
    long deadline = System.nanoTime() + longest.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream(declared > 0 ? (int) declared : CHUNK);
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Content.Source.asInputStream(request)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (body.size() + read > mostBytes) {
          throw tooLarge();
        }
        if (System.nanoTime() - deadline > 0) {
          throw new EntryRefusedException(
              408, "The request took longer than " + longest.toSeconds() + " s to arrive");
        }
        body.write(chunk, 0, read);
      }
    }
    return body.toByteArray();
  }

  private EntryRefusedException tooLarge() {
    return new EntryRefusedException(
        413,
        "The request is larger than the "
            + mostBytes
            + " bytes that max_request_bytes allows. Send fewer rows at once.");
  }
}
