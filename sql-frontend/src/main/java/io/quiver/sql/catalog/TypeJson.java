package io.quiver.sql.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import java.util.Optional;

/**
 * Column types and index specifications as JSON. Names once written are never given a new meaning.
 */
final class TypeJson {
  private TypeJson() {}

  static ObjectNode write(SqlColumnType type) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return switch (type) {
      case SqlColumnType.Scalar scalar ->
          json.put("kind", "scalar")
              .put("type", scalar.type().name())
              .put("precision", scalar.precision())
              .put("scale", scalar.scale());
      case SqlColumnType.TextArray array -> json.put("kind", "text_array");
      case SqlColumnType.Vector vector ->
          json.put("kind", "vector")
              .put("dimension", vector.dimension())
              .put("element", vector.element().name());
      case SqlColumnType.SparseVector sparse ->
          json.put("kind", "sparse").put("dimension", sparse.dimension());
      case SqlColumnType.MultiVector multi ->
          json.put("kind", "multi").put("dimension", multi.dimension());
    };
  }

  static SqlColumnType readType(JsonNode json) {
    return switch (json.path("kind").asText()) {
      case "scalar" ->
          new SqlColumnType.Scalar(
              ScalarType.valueOf(json.path("type").asText()),
              json.path("precision").asInt(-1),
              json.path("scale").asInt());
      case "text_array" -> new SqlColumnType.TextArray();
      case "vector" ->
          new SqlColumnType.Vector(
              json.path("dimension").asInt(), VectorElement.valueOf(json.path("element").asText()));
      case "sparse" -> new SqlColumnType.SparseVector(json.path("dimension").asInt());
      case "multi" -> new SqlColumnType.MultiVector(json.path("dimension").asInt());
      default -> throw new IllegalArgumentException("Unknown column type: " + json);
    };
  }

  static ObjectNode write(IndexSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", spec.name()).put("column", spec.column());
    return switch (spec) {
      case IndexSpec.Hnsw hnsw -> {
        json.put("kind", "hnsw")
            .put("metric", hnsw.metric().name())
            .put("m", hnsw.m())
            .put("ef_construction", hnsw.efConstruction())
            .put("quantization", hnsw.quantization().name());
        hnsw.tenant().ifPresent(column -> json.put("tenant", column));
        yield json;
      }
      case IndexSpec.Inverted inverted -> json.put("kind", "inverted");
      case IndexSpec.Bm25 bm25 -> json.put("kind", "bm25").put("k1", bm25.k1()).put("b", bm25.b());
      case IndexSpec.Muvera muvera ->
          json.put("kind", "muvera")
              .put("m", muvera.m())
              .put("ef_construction", muvera.efConstruction());
      case IndexSpec.Payload payload -> json.put("kind", "payload");
    };
  }

  static IndexSpec readIndex(JsonNode json) {
    String name = json.path("name").asText();
    String column = json.path("column").asText();
    return switch (json.path("kind").asText()) {
      case "hnsw" ->
          new IndexSpec.Hnsw(
              name,
              column,
              DistanceMetric.valueOf(json.path("metric").asText()),
              json.path("m").asInt(),
              json.path("ef_construction").asInt(),
              Quantization.valueOf(json.path("quantization").asText()),
              Optional.ofNullable(json.path("tenant").textValue()));
      case "inverted" -> new IndexSpec.Inverted(name, column);
      case "bm25" ->
          new IndexSpec.Bm25(name, column, json.path("k1").asDouble(), json.path("b").asDouble());
      case "muvera" ->
          new IndexSpec.Muvera(
              name, column, json.path("m").asInt(), json.path("ef_construction").asInt());
      case "payload" -> new IndexSpec.Payload(name, column);
      default -> throw new IllegalArgumentException("Unknown index: " + json);
    };
  }
}
