package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.write.SchemaChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether schema changes fit the collections there are. */
final class DefinitionCheck {
  private DefinitionCheck() {}

  /**
   * Checks changes in order, each against what those before it leave.
   *
   * @throws IllegalArgumentException if one does not fit
   */
  static void check(List<SchemaChange> changes, Map<Long, CollectionSchema> collections) {
    Map<Long, CollectionSchema> schemas = new HashMap<>(collections);
    for (SchemaChange change : changes) {
      switch (change) {
        case SchemaChange.Create create -> {
          CollectionSchema schema = create.schema();
          if (schemas.putIfAbsent(schema.id(), schema) != null) {
            throw new IllegalArgumentException("Collection " + schema.id() + " exists already");
          }
        }
        case SchemaChange.Drop drop -> {
          existing(schemas, drop.collection());
          schemas.remove(drop.collection());
        }
        case SchemaChange.Truncate truncate -> existing(schemas, truncate.collection());
        case SchemaChange.Replace replace -> {
          CollectionSchema schema = replace.schema();
          checkReplace(existing(schemas, schema.id()), schema);
          schemas.put(schema.id(), schema);
        }
      }
    }
  }

  private static CollectionSchema existing(Map<Long, CollectionSchema> schemas, long id) {
    CollectionSchema schema = schemas.get(id);
    if (schema == null) {
      throw new IllegalArgumentException("There is no collection " + id);
    }
    return schema;
  }

  private static void checkReplace(CollectionSchema old, CollectionSchema schema) {
    if (old.shards() != schema.shards() || !keyIds(old).equals(keyIds(schema))) {
      throw new IllegalArgumentException(
          "Collection " + old.name() + " cannot get another key or number of shards");
    }
    Map<Integer, ColumnSpec> columns = new HashMap<>();
    old.columns().forEach(column -> columns.put(column.id(), column));
    for (ColumnSpec column : schema.columns()) {
      ColumnSpec before = columns.get(column.id());
      if (before != null && !before.type().equals(column.type())) {
        throw new IllegalArgumentException(
            "Column " + column.name() + " cannot get another type under the same id");
      }
    }
  }

  private static List<Integer> keyIds(CollectionSchema schema) {
    return schema.key().stream().map(ordinal -> schema.columns().get(ordinal).id()).toList();
  }
}
