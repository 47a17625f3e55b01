package io.quiver.server.wire;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.Service;

/** Avatica's protocol, in protobuf or JSON: a request says by its first byte which it is. */
final class AvaticaProtocol implements Protocol {
  private final Service service;
  private final SafeTranslation translation;

  /** For answers that say what is wrong. */
  private final ProtobufHandler protobuf;

  private final JsonProtocol json;
  private final Consumer<String> malformed;

  /**
   * @param malformed hears why a message cannot be read, in the thread that reads it
   */
  AvaticaProtocol(Meta meta, String address, Consumer<String> malformed) {
    this.malformed = malformed;
    service = new LeanService(meta);
    Service.RpcMetadataResponse server = new Service.RpcMetadataResponse(address);
    service.setRpcMetadata(server);
    translation = new SafeTranslation();
    protobuf = new ProtobufHandler(service, translation, NoopMetricsSystem.getInstance());
    protobuf.setRpcMetadata(server);
    json = new JsonProtocol(service, malformed);
  }

  /** A message of protobuf cannot begin with a brace: it would end a group that none began. */
  static boolean isJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  @Override
  public HandlerResponse<byte[]> apply(byte[] body) {
    if (isJson(body)) {
      return json.apply(body);
    }
    Service.Request request;
    try {
      request = translation.parseRequest(body);
    } catch (IOException | RuntimeException e) {
      malformed.accept("The message cannot be read: " + e.getMessage());
      return protobuf.badRequestErrorResponse(e);
    }
    return new ProtobufHandler(service, new Parsed(request), NoopMetricsSystem.getInstance())
        .apply(body);
  }

  /**
   * Of one request that was read already: what the handler cannot read it answers like a defect.
   */
  private final class Parsed implements ProtobufTranslation {
    private final Service.Request request;

    Parsed(Service.Request request) {
      this.request = request;
    }

    @Override
    public Service.Request parseRequest(byte[] bytes) {
      return request;
    }

    @Override
    public byte[] serializeResponse(Service.Response response) throws IOException {
      return translation.serializeResponse(response);
    }

    @Override
    public byte[] serializeRequest(Service.Request other) throws IOException {
      return translation.serializeRequest(other);
    }

    @Override
    public Service.Response parseResponse(byte[] bytes) throws IOException {
      return translation.parseResponse(bytes);
    }
  }

  @Override
  public HandlerResponse<byte[]> refuse(byte[] body, RuntimeException failure) {
    return isJson(body) ? json.refuse(failure) : protobuf.convertToErrorResponse(failure);
  }
}
