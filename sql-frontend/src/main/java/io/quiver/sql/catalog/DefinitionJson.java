package io.quiver.sql.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quiver.engine.schema.Derivation;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tables and views as JSON. A field may be added with a default for where it lacks. */
final class DefinitionJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DefinitionJson() {}

  static ObjectNode write(TableDefinition table) {
    ObjectNode json = NODES.objectNode();
    json.put("id", table.id()).put("schema", table.schema()).put("name", table.name());
    json.set("columns", list(table.columns(), DefinitionJson::write));
    json.set("primary_key", names(table.primaryKey()));
    json.set("indexes", list(table.indexes(), DefinitionJson::write));
    json.set(
        "checks",
        list(
            table.checks(),
            check -> NODES.objectNode().put("name", check.name()).put("sql", check.sql())));
    json.set(
        "uniques",
        list(
            table.uniques(),
            unique ->
                NODES
                    .objectNode()
                    .put("name", unique.name())
                    .put("collection", unique.collection())
                    .<ObjectNode>set("columns", names(unique.columns()))));
    json.put("shards", table.shards());
    table.shardKey().ifPresent(key -> json.put("shard_key", key));
    table.ttl().ifPresent(column -> json.put("ttl", column));
    return json.put("comment", table.comment())
        .put("version", table.version())
        .put("next_column", table.nextColumnId())
        .put("sequences", table.sequences());
  }

  static TableDefinition readTable(JsonNode json) {
    List<ColumnDefinition> columns = list(json.path("columns"), DefinitionJson::readColumn);
    return new TableDefinition(
        json.path("id").asLong(),
        json.path("schema").asText(),
        json.path("name").asText(),
        columns,
        names(json.path("primary_key")),
        list(json.path("indexes"), DefinitionJson::readIndex),
        list(
            json.path("checks"),
            check -> new CheckDefinition(check.path("name").asText(), check.path("sql").asText())),
        list(
            json.path("uniques"),
            unique ->
                new UniqueDefinition(
                    unique.path("name").asText(),
                    names(unique.path("columns")),
                    unique.path("collection").asLong())),
        json.path("shards").asInt(1),
        text(json, "shard_key"),
        json.path("comment").asText(),
        json.path("version").asInt(),
        json.path("next_column").asInt(TableDefinition.afterAll(columns)),
        json.path("sequences").asLong(),
        text(json, "ttl"));
  }

  static ObjectNode write(ViewDefinition view) {
    ObjectNode json = NODES.objectNode();
    json.put("schema", view.schema()).put("name", view.name());
    json.set("columns", names(view.columns()));
    return json.put("query", view.query()).put("path", view.path()).put("comment", view.comment());
  }

  static ViewDefinition readView(JsonNode json) {
    return new ViewDefinition(
        json.path("schema").asText(),
        json.path("name").asText(),
        names(json.path("columns")),
        json.path("query").asText(),
        json.path("path").asText(),
        json.path("comment").asText());
  }

  private static ObjectNode write(ColumnDefinition column) {
    ObjectNode json = NODES.objectNode();
    json.put("id", column.id()).put("name", column.name());
    json.set("type", TypeJson.write(column.type()));
    json.put("nullable", column.nullable()).put("visibility", column.visibility().name());
    column.defaultSql().ifPresent(sql -> json.put("default", sql));
    json.put("identity", column.identity()).put("identity_always", column.identityAlways());
    column.computedSql().ifPresent(sql -> json.put("computed", sql));
    column.fill().ifPresent(recipe -> json.put("fill", recipe));
    column
        .derivation()
        .ifPresent(
            derivation ->
                json.set(
                    "derivation",
                    NODES
                        .objectNode()
                        .put("source", derivation.source())
                        .put("recipe", derivation.recipe())));
    return json.put("comment", column.comment());
  }

  private static ColumnDefinition readColumn(JsonNode json) {
    JsonNode derivation = json.path("derivation");
    return new ColumnDefinition(
        json.path("id").asInt(),
        json.path("name").asText(),
        TypeJson.readType(json.path("type")),
        json.path("nullable").asBoolean(),
        Visibility.valueOf(json.path("visibility").asText()),
        text(json, "default"),
        json.path("identity").asBoolean(),
        derivation.isObject()
            ? Optional.of(
                new Derivation(
                    derivation.path("source").asText(), derivation.path("recipe").asText()))
            : Optional.empty(),
        json.path("comment").asText(),
        json.path("identity_always").asBoolean(),
        text(json, "computed"),
        text(json, "fill"));
  }

  private static ObjectNode write(IndexDefinition index) {
    ObjectNode json = NODES.objectNode();
    json.set("spec", TypeJson.write(index.spec()));
    return json.put("expression", index.expression())
        .put("automatic", index.automatic())
        .put("comment", index.comment());
  }

  private static IndexDefinition readIndex(JsonNode json) {
    return new IndexDefinition(
        TypeJson.readIndex(json.path("spec")),
        json.path("expression").asText(),
        json.path("automatic").asBoolean(),
        json.path("comment").asText());
  }

  private static Optional<String> text(JsonNode json, String field) {
    return json.hasNonNull(field) ? Optional.of(json.path(field).asText()) : Optional.empty();
  }

  private static <T> ArrayNode list(List<T> values, Function<T, ? extends JsonNode> writer) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(writer.apply(value)));
    return array;
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    List<T> values = new ArrayList<>();
    array.forEach(element -> values.add(reader.apply(element)));
    return values;
  }

  private static ArrayNode names(List<String> names) {
    return list(names, NODES::textNode);
  }

  private static List<String> names(JsonNode array) {
    return list(array, JsonNode::asText);
  }
}
