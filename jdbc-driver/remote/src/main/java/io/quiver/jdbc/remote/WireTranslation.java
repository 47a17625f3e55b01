package io.quiver.jdbc.remote;

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
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Requests to bytes and bytes to answers: what each execution sends and receives without the
 * reflection and the copies of Avatica's translation, the rest by Avatica.
 */
final class WireTranslation {
  private static final String EXECUTE = WireNames.request("ExecuteRequest");
  private static final String EXECUTE_BATCH = WireNames.request("ExecuteBatchRequest");
  private static final String EXECUTED = WireNames.response("ExecuteResponse");

  private final ProtobufTranslation avatica = new ProtobufTranslationImpl();

  byte[] write(Service.Request request) throws IOException {
    if (request instanceof Service.ExecuteRequest execute) {
      return WireEnvelope.seal(EXECUTE, message(execute));
    }
    if (request instanceof Service.ExecuteBatchRequest batch) {
      return WireEnvelope.seal(EXECUTE_BATCH, message(batch));
    }
    return WireNames.toWire(avatica.serializeRequest(request));
  }

  private static Requests.ExecuteRequest message(Service.ExecuteRequest request) {
    Requests.ExecuteRequest.Builder message =
        Requests.ExecuteRequest.newBuilder()
            .setStatementHandle(
                Common.StatementHandle.newBuilder()
                    .setConnectionId(request.statementHandle.connectionId)
                    .setId(request.statementHandle.id))
            .setFirstFrameMaxSize(request.maxRowCount)
            .setHasParameterValues(true);
    for (TypedValue value : request.parameterValues) {
      message.addParameterValues(WireEnvelope.parameter(value));
    }
    return message.build();
  }

  private static Requests.ExecuteBatchRequest message(Service.ExecuteBatchRequest request) {
    Requests.ExecuteBatchRequest.Builder message =
        Requests.ExecuteBatchRequest.newBuilder()
            .setConnectionId(request.connectionId)
            .setStatementId(request.statementId);
    for (List<TypedValue> row : request.parameterValues) {
      Requests.UpdateBatch.Builder values = Requests.UpdateBatch.newBuilder();
      for (TypedValue value : row) {
        values.addParameterValues(WireEnvelope.parameter(value));
      }
      message.addUpdates(values);
    }
    return message.build();
  }

  Service.Response read(byte[] bytes) throws IOException {
    WireMessage envelope = WireEnvelope.open(bytes);
    return envelope.getName().equals(EXECUTED)
        ? executed(Responses.ExecuteResponse.parseFrom(envelope.getWrappedMessage()))
        : avatica.parseResponse(WireNames.fromWire(bytes));
  }

  private static Service.ExecuteResponse executed(Responses.ExecuteResponse message) {
    List<Service.ResultSetResponse> results = new ArrayList<>(message.getResultsCount());
    for (Responses.ResultSetResponse result : message.getResultsList()) {
      results.add(
          new Service.ResultSetResponse(
              result.getConnectionId(),
              result.getStatementId(),
              result.getOwnStatement(),
              result.hasSignature() ? Meta.Signature.fromProto(result.getSignature()) : null,
              result.hasFirstFrame() ? frame(result.getFirstFrame()) : null,
              result.getUpdateCount(),
              null));
    }
    return new Service.ExecuteResponse(results, message.getMissingStatement(), null);
  }

  private static Meta.Frame frame(Common.Frame message) {
    List<Object> rows = new ArrayList<>(message.getRowsCount());
    for (Common.Row row : message.getRowsList()) {
      List<@Nullable Object> values = new ArrayList<>(row.getValueCount());
      for (Common.ColumnValue value : row.getValueList()) {
        values.add(value.getHasArrayValue() ? elements(value) : scalar(value.getScalarValue()));
      }
      rows.add(values);
    }
    return new Meta.Frame(message.getOffset(), message.getDone(), rows);
  }

  private static List<@Nullable Object> elements(Common.ColumnValue array) {
    List<@Nullable Object> elements = new ArrayList<>(array.getArrayValueCount());
    for (Common.TypedValue element : array.getArrayValueList()) {
      elements.add(scalar(element));
    }
    return elements;
  }

  private static @Nullable Object scalar(Common.TypedValue value) {
    return value.getType() == Common.Rep.BYTE_STRING
        ? value.getBytesValue().toByteArray()
        : TypedValue.getSerialFromProto(value);
  }
}
