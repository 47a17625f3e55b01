package io.quiver.sql.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All definitions at one version. Immutable; a statement is planned against one.
 *
 * @param version rises with each change
 * @param schemas names
 * @param tables by schema and name
 * @param views by schema and name; no table has the same
 * @param schemaComments by name of schema, of those that have one
 */
public record CatalogSnapshot(
    long version,
    SortedSet<String> schemas,
    SortedMap<QualifiedName, TableDefinition> tables,
    SortedMap<QualifiedName, ViewDefinition> views,
    SortedMap<String, String> schemaComments) {
  /** The schema every database has. */
  public static final String DEFAULT_SCHEMA = "public";

  /** Definitions whose schemas have no comments. */
  public CatalogSnapshot(
      long version,
      SortedSet<String> schemas,
      SortedMap<QualifiedName, TableDefinition> tables,
      SortedMap<QualifiedName, ViewDefinition> views) {
    this(version, schemas, tables, views, new TreeMap<>());
  }

  public CatalogSnapshot {
    schemaComments = Collections.unmodifiableSortedMap(new TreeMap<>(schemaComments));
    schemas = Collections.unmodifiableSortedSet(new TreeSet<>(schemas));
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    views = Collections.unmodifiableSortedMap(new TreeMap<>(views));
  }

  /** Schema and name. */
  public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
    @Override
    public int compareTo(QualifiedName other) {
      int bySchema = schema.compareTo(other.schema);
      return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
      return schema + "." + name;
    }
  }

  /** A database without tables. */
  public static CatalogSnapshot empty() {
    return new CatalogSnapshot(
        0,
        new TreeSet<>(List.of(DEFAULT_SCHEMA)),
        new TreeMap<>(Map.of()),
        new TreeMap<>(Map.of()));
  }

  public Optional<TableDefinition> table(String schema, String name) {
    return Optional.ofNullable(tables.get(new QualifiedName(schema, name)));
  }

  public Optional<ViewDefinition> view(String schema, String name) {
    return Optional.ofNullable(views.get(new QualifiedName(schema, name)));
  }

  /** The tables of one schema, by name. */
  public Collection<TableDefinition> tablesOf(String schema) {
    return tables.values().stream().filter(table -> table.schema().equals(schema)).toList();
  }

  /** The definitions after a change, one version on. */
  public CatalogSnapshot with(CatalogChange change) {
    SortedSet<String> newSchemas = new TreeSet<>(schemas);
    SortedMap<QualifiedName, TableDefinition> newTables = new TreeMap<>(tables);
    SortedMap<QualifiedName, ViewDefinition> newViews = new TreeMap<>(views);
    SortedMap<String, String> newComments = new TreeMap<>(schemaComments);
    switch (change) {
      case CatalogChange.Several several -> {
        CatalogSnapshot changed = this;
        for (CatalogChange each : several.changes()) {
          changed = changed.with(each);
        }
        return changed;
      }
      case CatalogChange.CommentSchema comment -> {
        if (comment.comment().isEmpty()) {
          newComments.remove(comment.name());
        } else {
          newComments.put(comment.name(), comment.comment());
        }
      }
      case CatalogChange.CreateSchema create -> newSchemas.add(create.name());
      case CatalogChange.DropSchema drop -> {
        newSchemas.remove(drop.name());
        newComments.remove(drop.name());
      }
      case CatalogChange.PutTable put ->
          newTables.put(new QualifiedName(put.table().schema(), put.table().name()), put.table());
      case CatalogChange.DropTable drop ->
          newTables.remove(new QualifiedName(drop.schema(), drop.name()));
      case CatalogChange.PutView put ->
          newViews.put(new QualifiedName(put.view().schema(), put.view().name()), put.view());
      case CatalogChange.DropView drop ->
          newViews.remove(new QualifiedName(drop.schema(), drop.name()));
    }
    return new CatalogSnapshot(version + 1, newSchemas, newTables, newViews, newComments);
  }
}
