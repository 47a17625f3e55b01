package io.quiver.engine.write;

import io.quiver.engine.schema.CollectionSchema;

/** A change to what collections there are. */
public sealed interface SchemaChange {
  /** A new collection. */
  record Create(CollectionSchema schema) implements SchemaChange {}

  /** A collection and all its rows are gone. */
  record Drop(long collection) implements SchemaChange {}

  /**
   * The collection has another schema of the same id: indexes or columns were added or dropped.
   * Rows written before an added column read null there; an added index is built in the background.
   */
  record Replace(CollectionSchema schema) implements SchemaChange {}

  /** The collection has lost all its rows. */
  record Truncate(long collection) implements SchemaChange {}
}
