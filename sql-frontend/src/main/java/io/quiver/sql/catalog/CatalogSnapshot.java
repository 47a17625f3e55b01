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
 * @param functions methods of libraries, by the names they have in SQL
 * @param access users and what they may do
 */
public record CatalogSnapshot(
    long version,
    SortedSet<String> schemas,
    SortedMap<QualifiedName, TableDefinition> tables,
    SortedMap<QualifiedName, ViewDefinition> views,
    SortedMap<String, String> schemaComments,
    SortedMap<String, String> functions,
    Access access) {
  /** The schema every database has. */
  public static final String DEFAULT_SCHEMA = "public";

  /** Definitions whose schemas have no comments. */
  public CatalogSnapshot(
      long version,
      SortedSet<String> schemas,
      SortedMap<QualifiedName, TableDefinition> tables,
      SortedMap<QualifiedName, ViewDefinition> views) {
    this(version, schemas, tables, views, new TreeMap<>(), new TreeMap<>(), Access.none());
  }

  public CatalogSnapshot {
    functions = Collections.unmodifiableSortedMap(new TreeMap<>(functions));
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
        new TreeMap<>(Map.of()),
        new TreeMap<>(),
        new TreeMap<>(),
        Access.none());
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
    SortedMap<String, String> newFunctions = new TreeMap<>(functions);
    Access newAccess = access;
    switch (change) {
      case CatalogChange.Several several -> {
        CatalogSnapshot changed = this;
        for (CatalogChange each : several.changes()) {
          changed = changed.with(each);
        }
        return changed.with(accessAfter(changed));
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
        newAccess = access.withoutSchema(drop.name());
      }
      case CatalogChange.PutTable put ->
          newTables.put(new QualifiedName(put.table().schema(), put.table().name()), put.table());
      case CatalogChange.DropTable drop -> {
        TableDefinition gone = newTables.remove(new QualifiedName(drop.schema(), drop.name()));
        if (gone != null) {
          newAccess = access.withoutTable(gone.id());
        }
      }
      case CatalogChange.PutView put ->
          newViews.put(new QualifiedName(put.view().schema(), put.view().name()), put.view());
      case CatalogChange.DropView drop -> {
        newViews.remove(new QualifiedName(drop.schema(), drop.name()));
        newAccess = access.withoutView(drop.schema(), drop.name());
      }
      case CatalogChange.PutFunction put -> newFunctions.put(put.name(), put.method());
      case CatalogChange.DropFunction drop -> newFunctions.remove(drop.name());
      case CatalogChange.PutAccess put -> newAccess = put.access();
    }
    return new CatalogSnapshot(
        version + 1, newSchemas, newTables, newViews, newComments, newFunctions, newAccess);
  }

  /** A table that is dropped and put under another name is still the one that was granted on. */
  private Access accessAfter(CatalogSnapshot changed) {
    Access kept = access;
    for (TableDefinition table : tables.values()) {
      if (changed.tables.values().stream().noneMatch(each -> each.id() == table.id())) {
        kept = kept.withoutTable(table.id());
      }
    }
    for (QualifiedName view : views.keySet()) {
      if (!changed.views.containsKey(view)) {
        kept = kept.withoutView(view.schema(), view.name());
      }
    }
    return kept;
  }

  private CatalogSnapshot with(Access other) {
    return new CatalogSnapshot(version, schemas, tables, views, schemaComments, functions, other);
  }

  /** What a session with these rights knows to be there; users and their rights are not shown. */
  public CatalogSnapshot seenWith(Rights rights) {
    SortedMap<QualifiedName, TableDefinition> seenTables = new TreeMap<>(tables);
    seenTables.values().removeIf(table -> rights.on(table).isEmpty());
    SortedMap<QualifiedName, ViewDefinition> seenViews = new TreeMap<>(views);
    seenViews.values().removeIf(view -> rights.on(view).isEmpty());
    SortedSet<String> seenSchemas = new TreeSet<>(schemas);
    seenSchemas.removeIf(
        schema ->
            !schema.equals(DEFAULT_SCHEMA)
                && rights.on(schema).isEmpty()
                && seenTables.keySet().stream().noneMatch(name -> name.schema().equals(schema))
                && seenViews.keySet().stream().noneMatch(name -> name.schema().equals(schema)));
    return new CatalogSnapshot(
        version, seenSchemas, seenTables, seenViews, schemaComments, functions, Access.none());
  }
}
