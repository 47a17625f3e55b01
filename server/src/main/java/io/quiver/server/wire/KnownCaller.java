package io.quiver.server.wire;

import io.quiver.server.access.Caller;
import io.quiver.server.access.Entrance;
import io.quiver.server.access.EntryRefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who sent the last request of a connection: most clients send the same word each time, and nobody
 * need prove it again for a moment. Keys are always looked at, because they expire.
 *
 * @param authorization the header
 * @param proved when it was
 */
record KnownCaller(byte[] authorization, Caller caller, Entrance.Moment proved) {
  private static final String ATTRIBUTE = KnownCaller.class.getName();

  /** Who makes a request, which is asked of the entrance unless it was a moment ago. */
  static Caller of(Request request, Entrance entrance) throws EntryRefusedException {
    String word = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    ConnectionMetaData connection = request.getConnectionMetaData();
    byte @Nullable [] bytes = word == null ? null : word.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes != null
        && connection.getAttribute(ATTRIBUTE) instanceof KnownCaller last
        && entrance.holds(last.proved)
        && MessageDigest.isEqual(last.authorization, bytes)) {
      return last.caller;
    }
    Entrance.Moment now = entrance.now();
    Caller caller = entrance.admit(word, Request.getRemoteAddr(request));
    if (bytes != null && caller.keyId().isEmpty()) {
      connection.setAttribute(ATTRIBUTE, new KnownCaller(bytes, caller, now));
    }
    return caller;
  }
}
