package io.quiver.server.wire;

import org.apache.calcite.avatica.remote.Handler.HandlerResponse;

/** Turns the body of a request into that of its answer; called by many threads. */
public interface Protocol {
  /** The answer, and the HTTP status it goes with. */
  HandlerResponse<byte[]> apply(byte[] body);

  /** An answer that says what is wrong, in the form the request came in. */
  HandlerResponse<byte[]> refuse(byte[] body, RuntimeException failure);
}
