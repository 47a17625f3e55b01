package io.quiver.sql.catalog;

import java.util.List;

/** What a definition statement changes. Applying one twice changes nothing. */
public sealed interface CatalogChange {
  record CreateSchema(String name) implements CatalogChange {}

  /** The schema is gone; it was empty. */
  record DropSchema(String name) implements CatalogChange {}

  /** The table is now this: new, or with other columns, indexes or comments. */
  record PutTable(TableDefinition table) implements CatalogChange {}

  record DropTable(String schema, String name) implements CatalogChange {}

  /** The view is now this. */
  record PutView(ViewDefinition view) implements CatalogChange {}

  record DropView(String schema, String name) implements CatalogChange {}

  /** The schema has this comment; empty for none. */
  record CommentSchema(String name, String comment) implements CatalogChange {}

  /** The function of this name is now this method of a library. */
  record PutFunction(String name, String method) implements CatalogChange {}

  record DropFunction(String name) implements CatalogChange {}

  /** Changes made together, in their order. */
  record Several(List<CatalogChange> changes) implements CatalogChange {
    public Several {
      changes = List.copyOf(changes);
    }
  }

  /** Users and their rights are now these. */
  record PutAccess(Access access) implements CatalogChange {}
}
