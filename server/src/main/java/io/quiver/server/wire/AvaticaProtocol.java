package io.quiver.server.wire;

import java.util.function.Consumer;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.Service;

/** Avatica's protocol, in protobuf or JSON: a request says by its first byte which it is. */
final class AvaticaProtocol implements Protocol {
  private final ProtobufHandler protobuf;
  private final JsonProtocol json;

  /**
   * @param malformed hears why a message cannot be read, in the thread that reads it
   */
  AvaticaProtocol(Meta meta, String address, Consumer<String> malformed) {
    Service service = new LeanService(meta);
    Service.RpcMetadataResponse server = new Service.RpcMetadataResponse(address);
    service.setRpcMetadata(server);
    protobuf =
        new ProtobufHandler(
            service, new SafeTranslation(malformed), NoopMetricsSystem.getInstance());
    protobuf.setRpcMetadata(server);
    json = new JsonProtocol(service, malformed);
  }

  /** A message of protobuf cannot begin with a brace: it would end a group that none began. */
  static boolean isJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  @Override
  public HandlerResponse<byte[]> apply(byte[] body) {
    return isJson(body) ? json.apply(body) : protobuf.apply(body);
  }

  @Override
  public HandlerResponse<byte[]> refuse(byte[] body, RuntimeException failure) {
    if (isJson(body)) {
      return json.refuse(failure);
    }
    return protobuf.convertToErrorResponse(failure);
  }
}
