package io.quiver.server.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler.HandlerResponse;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.Service;

/**
 * Avatica's protocol in JSON, with the two corrections that {@link SafeTranslation} makes to the
 * other.
 */
final class JsonProtocol {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(100)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
  }

  private final JsonHandler handler;

  private final Consumer<String> malformed;

  /**
   * @param malformed hears why a message cannot be read
   */
  JsonProtocol(Service service, Consumer<String> malformed) {
    this.malformed = malformed;
    handler = new JsonHandler(service, NoopMetricsSystem.getInstance());
  }

  HandlerResponse<byte[]> apply(byte[] body) {
    JsonNode request;
    try {
      request = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      malformed.accept("The message is not JSON: " + e.getOriginalMessage());
      return bytes(
          handler.badRequestErrorResponse(
              new IllegalArgumentException("The request is not JSON: " + e.getOriginalMessage())));
    }
    if (request.path("statementHandle") instanceof ObjectNode handle) {
      handle.putNull("signature");
    }
    return bytes(handler.apply(request.toString()));
  }

  HandlerResponse<byte[]> refuse(RuntimeException failure) {
    return bytes(handler.convertToErrorResponse(failure));
  }

  private static HandlerResponse<byte[]> bytes(HandlerResponse<String> answer) {
    String text = answer.getResponse();
    if (answer.getStatusCode() != 200) {
      try {
        if (MAPPER.readTree(text) instanceof ObjectNode error) {
          error.putArray("exceptions");
          text = error.toString();
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("Avatica wrote what is not JSON", e);
      }
    }
    return new HandlerResponse<>(text.getBytes(StandardCharsets.UTF_8), answer.getStatusCode());
  }
}
