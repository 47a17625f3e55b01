package io.quiver.server.wire;

import io.quiver.jdbc.avatica.WireEnvelope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's translation of protobuf, without two of its habits: it loads the class that a statement
 * handle names as the form of its rows, and it sends stack traces to clients. What each execution
 * receives and sends is translated here, without Avatica's reflection and copies.
 */
final class SafeTranslation implements ProtobufTranslation {
  private static final String EXECUTE = Requests.ExecuteRequest.class.getName();
  private static final String EXECUTED = Responses.ExecuteResponse.class.getName();

  private final ProtobufTranslation avatica = new ProtobufTranslationImpl();

  private final Consumer<String> malformed;

  /**
   * @param malformed hears why a message cannot be read
   */
  SafeTranslation(Consumer<String> malformed) {
    this.malformed = malformed;
  }

  @Override
  public Request parseRequest(byte[] bytes) throws IOException {
    try {
      return parsed(bytes);
    } catch (IOException | RuntimeException e) {
      malformed.accept("The message cannot be read: " + e.getMessage());
      throw e;
    }
  }

  private Request parsed(byte[] bytes) throws IOException {
    WireMessage envelope = WireEnvelope.open(bytes);
    return envelope.getName().equals(EXECUTE)
        ? execute(
            Requests.ExecuteRequest.parseFrom(WireEnvelope.reader(envelope.getWrappedMessage())))
        : avatica.parseRequest(bytes);
  }

  /** The server knows what it prepared; the client's copy of its signature is not looked at. */
  private static Service.ExecuteRequest execute(Requests.ExecuteRequest message) {
    Common.StatementHandle handle = message.getStatementHandle();
    List<@Nullable TypedValue> values = new ArrayList<>(message.getParameterValuesCount());
    for (Common.TypedValue value : message.getParameterValuesList()) {
      values.add(WireEnvelope.parameter(value));
    }
    int rows =
        message.getFirstFrameMaxSize() != 0
            ? message.getFirstFrameMaxSize()
            : (int) message.getDeprecatedFirstFrameMaxSize();
    return new Service.ExecuteRequest(
        new Meta.StatementHandle(handle.getConnectionId(), handle.getId(), null), values, rows);
  }

  @Override
  public byte[] serializeResponse(Response response) throws IOException {
    if (response instanceof Service.ExecuteResponse executed) {
      return WireEnvelope.seal(EXECUTED, message(executed));
    }
    return avatica.serializeResponse(
        response instanceof ErrorResponse error ? withoutTrace(error) : response);
  }

  private static Responses.ExecuteResponse message(Service.ExecuteResponse response) {
    Responses.ExecuteResponse.Builder message =
        Responses.ExecuteResponse.newBuilder().setMissingStatement(response.missingStatement);
    if (response.rpcMetadata != null) {
      message.setMetadata(metadata(response.rpcMetadata));
    }
    if (response.results != null) {
      for (Service.ResultSetResponse result : response.results) {
        message.addResults(message(result));
      }
    }
    return message.build();
  }

  private static Responses.ResultSetResponse message(Service.ResultSetResponse result) {
    Responses.ResultSetResponse.Builder message =
        Responses.ResultSetResponse.newBuilder()
            .setConnectionId(result.connectionId)
            .setStatementId(result.statementId)
            .setOwnStatement(result.ownStatement)
            .setUpdateCount(result.updateCount);
    if (result.signature != null) {
      message.setSignature(result.signature.toProto());
    }
    if (result.firstFrame != null) {
      message.setFirstFrame(result.firstFrame.toProto());
    }
    if (result.rpcMetadata != null) {
      message.setMetadata(metadata(result.rpcMetadata));
    }
    return message.build();
  }

  private static Responses.RpcMetadata metadata(Service.RpcMetadataResponse metadata) {
    return Responses.RpcMetadata.newBuilder().setServerAddress(metadata.serverAddress).build();
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
