package io.quiver.jdbc.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What a failure to send says of the request. */
final class SendFailure {
  private SendFailure() {}

  /** False where no connection came about, so that the server cannot have seen the request. */
  static boolean mayHaveArrived(IOException failure) {
    return !(failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException);
  }

  static boolean isTimeout(IOException failure) {
    return failure instanceof SocketTimeoutException;
  }
}
