package io.quiver.springai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of a document as JSON text. */
final class MetadataJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private MetadataJson() {}

  static String write(Map<String, Object> metadata) {
    try {
      return MAPPER.writeValueAsString(metadata);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("The metadata cannot be written as JSON: " + metadata, e);
    }
  }

  /** The metadata, open to additions. */
  static Map<String, Object> read(@Nullable String json) {
    if (json == null) {
      return new LinkedHashMap<>();
    }
    try {
      LinkedHashMap<String, Object> metadata = MAPPER.readValue(json, MAP);
      // A document takes no nulls; an absent key says the same.
      metadata.values().removeIf(value -> value == null);
      return metadata;
    } catch (JacksonException e) {
      throw new IllegalStateException("The table holds metadata that is not JSON: " + json, e);
    }
  }
}
