package io.quiver.server.wire;

import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.List;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;

/**
 * Avatica's translation of protobuf, without two of its habits: it loads the class that a statement
 * handle names as the form of its rows, and it sends stack traces to clients.
 */
final class SafeTranslation implements ProtobufTranslation {
  private final ProtobufTranslation avatica = new ProtobufTranslationImpl();

  @Override
  public Request parseRequest(byte[] bytes) throws IOException {
    WireMessage message = WireMessage.parseFrom(bytes);
    if (message.getName().endsWith("$ExecuteRequest")) {
      Requests.ExecuteRequest request =
          Requests.ExecuteRequest.parseFrom(message.getWrappedMessage());
      if (request.getStatementHandle().hasSignature()) {
        return avatica.parseRequest(withoutSignature(message, request));
      }
    }
    return avatica.parseRequest(bytes);
  }

  /** The server knows what it prepared; the client's copy of it is not looked at. */
  private static byte[] withoutSignature(WireMessage message, Requests.ExecuteRequest request) {
    Requests.ExecuteRequest.Builder bare = request.toBuilder();
    bare.getStatementHandleBuilder().clearSignature();
    return message.toBuilder()
        .setWrappedMessage(UnsafeByteOperations.unsafeWrap(bare.build().toByteArray()))
        .build()
        .toByteArray();
  }

  @Override
  public byte[] serializeResponse(Response response) throws IOException {
    return avatica.serializeResponse(
        response instanceof ErrorResponse error ? withoutTrace(error) : response);
  }

  static ErrorResponse withoutTrace(ErrorResponse error) {
    return new ErrorResponse(
        List.of(),
        error.errorMessage,
        error.errorCode,
        error.sqlState,
        error.severity,
        error.rpcMetadata);
  }

  @Override
  public byte[] serializeRequest(Request request) throws IOException {
    return avatica.serializeRequest(request);
  }

  @Override
  public Response parseResponse(byte[] bytes) throws IOException {
    return avatica.parseResponse(bytes);
  }
}
