package io.quiver.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Metadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as JSON text. Numbers keep every digit; a float is written in its own shortest form and
 * read as a double, which {@code Metadata.getFloat} turns back into the same float.
 */
final class MetadataJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private MetadataJson() {}

  /** JSON of all keys but those that have columns; null where there is no metadata. */
  static @Nullable String write(@Nullable Metadata metadata, Set<String> columns) {
    if (metadata == null) {
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    metadata
        .toMap()
        .forEach(
            (key, value) -> {
              if (!columns.contains(key)) {
                values.put(key, value instanceof UUID ? value.toString() : value);
              }
            });
    try {
      return MAPPER.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The metadata cannot be written as JSON: " + metadata, e);
    }
  }

  /** Metadata of JSON text. Nulls, objects and arrays, which a store never writes, are left out. */
  static Metadata read(@Nullable String json) {
    Map<String, Object> known = new LinkedHashMap<>();
    if (json != null) {
      try {
        MAPPER
            .readValue(json, MAP)
            .forEach(
                (key, value) -> {
                  if (value instanceof Boolean) {
                    known.put(key, value.toString());
                  } else if (value instanceof String || value instanceof Number) {
                    known.put(key, value);
                  }
                });
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("The table holds metadata that is not JSON: " + json, e);
      }
    }
    return Metadata.from(known);
  }
}
