package io.quiver.server.wire;

import io.quiver.jdbc.avatica.WireEnvelope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
  private static final String EXECUTE_BATCH = Requests.ExecuteBatchRequest.class.getName();
  private static final String EXECUTED = Responses.ExecuteResponse.class.getName();

  private final ProtobufTranslation avatica = new ProtobufTranslationImpl();

  @Override
  public Request parseRequest(byte[] bytes) throws IOException {
    WireMessage envelope = WireEnvelope.open(bytes);
    String name = envelope.getName();
    if (name.equals(EXECUTE)) {
      return execute(
          Requests.ExecuteRequest.parseFrom(WireEnvelope.reader(envelope.getWrappedMessage())));
    }
    if (name.equals(EXECUTE_BATCH)) {
      return batch(
          Requests.ExecuteBatchRequest.parseFrom(
              WireEnvelope.reader(envelope.getWrappedMessage())));
    }
    return avatica.parseRequest(bytes);
  }

  private static Service.ExecuteBatchRequest batch(Requests.ExecuteBatchRequest message) {
    List<List<@Nullable TypedValue>> rows = new ArrayList<>(message.getUpdatesCount());
    for (Requests.UpdateBatch row : message.getUpdatesList()) {
      rows.add(parameters(row.getParameterValuesList()));
    }
    return new Service.ExecuteBatchRequest(
        message.getConnectionId(), message.getStatementId(), rows);
  }

  private static List<@Nullable TypedValue> parameters(List<Common.TypedValue> messages) {
    List<@Nullable TypedValue> values = new ArrayList<>(messages.size());
    for (Common.TypedValue value : messages) {
      values.add(WireEnvelope.parameter(value));
    }
    return values;
  }

  /** The server knows what it prepared; the client's copy of its signature is not looked at. */
  private static Service.ExecuteRequest execute(Requests.ExecuteRequest message) {
    Common.StatementHandle handle = message.getStatementHandle();
    List<@Nullable TypedValue> values = parameters(message.getParameterValuesList());
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
