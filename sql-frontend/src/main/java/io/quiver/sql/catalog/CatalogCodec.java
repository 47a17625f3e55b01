package io.quiver.sql.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quiver.engine.CorruptDataException;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Changes and snapshots of the catalog as bytes: one byte of format version, then JSON in UTF-8.
 *
 * <p>{@code docs/format.md} describes it. JSON because definitions are few and small, and a file
 * that outlives us should be readable without us.
 */
final class CatalogCodec {
  /**
   * Raised with each field that cannot be left out; a database is read by its own or a later
   * Quiver.
   */
  private static final byte VERSION = 2;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private CatalogCodec() {}

  static byte[] encode(CatalogChange change) {
    return bytes(json(change));
  }

  private static ObjectNode json(CatalogChange change) {
    ObjectNode json = NODES.objectNode();
    switch (change) {
      case CatalogChange.Several several -> {
        ArrayNode changes = json.put("change", "several").putArray("changes");
        several.changes().forEach(each -> changes.add(json(each)));
      }
      case CatalogChange.CommentSchema comment ->
          json.put("change", "comment_schema")
              .put("name", comment.name())
              .put("comment", comment.comment());
      case CatalogChange.CreateSchema create ->
          json.put("change", "create_schema").put("name", create.name());
      case CatalogChange.DropSchema drop ->
          json.put("change", "drop_schema").put("name", drop.name());
      case CatalogChange.PutTable put ->
          json.put("change", "put_table").set("table", DefinitionJson.write(put.table()));
      case CatalogChange.DropTable drop ->
          json.put("change", "drop_table").put("schema", drop.schema()).put("name", drop.name());
      case CatalogChange.PutView put ->
          json.put("change", "put_view").set("view", DefinitionJson.write(put.view()));
      case CatalogChange.DropView drop ->
          json.put("change", "drop_view").put("schema", drop.schema()).put("name", drop.name());
      case CatalogChange.PutFunction put ->
          json.put("change", "put_function").put("name", put.name()).put("method", put.method());
      case CatalogChange.DropFunction drop ->
          json.put("change", "drop_function").put("name", drop.name());
      case CatalogChange.PutAccess put ->
          json.put("change", "put_access").set("access", AccessJson.write(put.access()));
    }
    return json;
  }

  static CatalogChange decodeChange(byte[] bytes) {
    return change(json(bytes));
  }

  private static CatalogChange change(JsonNode json) {
    String schema = json.path("schema").asText();
    String name = json.path("name").asText();
    return switch (json.path("change").asText()) {
      case "several" -> {
        List<CatalogChange> changes = new ArrayList<>();
        json.path("changes").forEach(each -> changes.add(change(each)));
        yield new CatalogChange.Several(changes);
      }
      case "comment_schema" -> new CatalogChange.CommentSchema(name, json.path("comment").asText());
      case "create_schema" -> new CatalogChange.CreateSchema(name);
      case "drop_schema" -> new CatalogChange.DropSchema(name);
      case "put_table" -> new CatalogChange.PutTable(DefinitionJson.readTable(json.path("table")));
      case "drop_table" -> new CatalogChange.DropTable(schema, name);
      case "put_view" -> new CatalogChange.PutView(DefinitionJson.readView(json.path("view")));
      case "drop_view" -> new CatalogChange.DropView(schema, name);
      case "put_function" -> new CatalogChange.PutFunction(name, json.path("method").asText());
      case "drop_function" -> new CatalogChange.DropFunction(name);
      case "put_access" -> new CatalogChange.PutAccess(AccessJson.read(json.path("access")));
      default -> throw new CorruptDataException("Unknown change of the catalog: " + json);
    };
  }

  static byte[] encode(CatalogSnapshot snapshot) {
    ObjectNode json = NODES.objectNode().put("version", snapshot.version());
    ArrayNode schemas = json.putArray("schemas");
    snapshot.schemas().forEach(schemas::add);
    ArrayNode tables = json.putArray("tables");
    snapshot.tables().values().forEach(table -> tables.add(DefinitionJson.write(table)));
    ArrayNode views = json.putArray("views");
    snapshot.views().values().forEach(view -> views.add(DefinitionJson.write(view)));
    ObjectNode comments = json.putObject("schema_comments");
    snapshot.schemaComments().forEach(comments::put);
    ObjectNode functions = json.putObject("functions");
    snapshot.functions().forEach(functions::put);
    json.set("access", AccessJson.write(snapshot.access()));
    return bytes(json);
  }

  static CatalogSnapshot decodeSnapshot(byte[] bytes) {
    JsonNode json = json(bytes);
    TreeSet<String> schemas = new TreeSet<>();
    json.path("schemas").forEach(schema -> schemas.add(schema.asText()));
    TreeMap<QualifiedName, TableDefinition> tables = new TreeMap<>();
    for (JsonNode element : json.path("tables")) {
      TableDefinition table = DefinitionJson.readTable(element);
      tables.put(new QualifiedName(table.schema(), table.name()), table);
    }
    TreeMap<QualifiedName, ViewDefinition> views = new TreeMap<>();
    for (JsonNode element : json.path("views")) {
      ViewDefinition view = DefinitionJson.readView(element);
      views.put(new QualifiedName(view.schema(), view.name()), view);
    }
    TreeMap<String, String> comments = new TreeMap<>();
    json.path("schema_comments")
        .properties()
        .forEach(each -> comments.put(each.getKey(), each.getValue().asText()));
    TreeMap<String, String> functions = new TreeMap<>();
    json.path("functions")
        .properties()
        .forEach(each -> functions.put(each.getKey(), each.getValue().asText()));
    return new CatalogSnapshot(
        json.path("version").asLong(),
        schemas,
        tables,
        views,
        comments,
        functions,
        AccessJson.read(json.path("access")));
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      byte[] text = MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
      byte[] bytes = new byte[text.length + 1];
      bytes[0] = VERSION;
      System.arraycopy(text, 0, bytes, 1, text.length);
      return bytes;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Definition cannot be written: " + json, e);
    }
  }

  private static JsonNode json(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new CorruptDataException(
          "Catalog record of format "
              + (bytes.length == 0 ? "nothing" : bytes[0])
              + ", expected "
              + VERSION
              + (bytes.length > 0 && bytes[0] < VERSION
                  ? ". It was written before the first release: make the database anew, by COPY TO"
                      + " and COPY FROM."
                  : ". Open the database with the version of Quiver that wrote it, or a later"
                      + " one."));
    }
    try {
      return MAPPER.readTree(Arrays.copyOfRange(bytes, 1, bytes.length));
    } catch (IOException e) {
      throw new CorruptDataException("Catalog record is not JSON: " + e.getMessage());
    }
  }
}
