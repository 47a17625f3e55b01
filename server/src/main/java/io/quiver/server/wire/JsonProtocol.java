package io.quiver.server.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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

  private static final Set<String> NAMES =
      Arrays.stream(Service.Request.class.getAnnotation(JsonSubTypes.class).value())
          .map(JsonSubTypes.Type::name)
          .collect(Collectors.toUnmodifiableSet());

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
    // Avatica would take a request of a name it does not know for one that lists schemas.
    String name = request.path("request").asText();
    if (!NAMES.contains(name)) {
      return unreadable("there is no request '" + name + "'");
    }
    try {
      // For the sake of what it says: the handler reads it again, and has one answer to all.
      Avatica.mapper().treeToValue(request, Service.Request.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return unreadable(String.valueOf(e.getMessage()));
    }
    return bytes(handler.apply(request.toString()));
  }

  private HandlerResponse<byte[]> unreadable(String reason) {
    malformed.accept("The message cannot be read: " + reason);
    return bytes(handler.badRequestErrorResponse(new IllegalArgumentException(reason)));
  }

  /** Avatica's own mapping of its requests and answers. */
  private static final class Avatica extends JsonHandler {
    private Avatica(Service service) {
      super(service, NoopMetricsSystem.getInstance());
    }

    static ObjectMapper mapper() {
      return MAPPER;
    }
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
