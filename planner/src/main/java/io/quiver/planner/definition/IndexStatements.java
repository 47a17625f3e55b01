package io.quiver.planner.definition;

import io.quiver.planner.Session;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AlterIndex;
import io.quiver.sql.parser.AlterTable;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.DropIndex;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** CREATE INDEX, ALTER INDEX, DROP INDEX. */
final class IndexStatements {
  private final Catalog catalog;
  private final DefinitionLog log;

  IndexStatements(Catalog catalog, DefinitionLog log) {
    this.catalog = catalog;
    this.log = log;
  }

  void create(Session session, CreateIndex create, Function<SqlNode, String> textOf) {
    TableDefinition table = log.names(session).table(create.table());
    if (!isThere(create, table)) {
      log.replace(
          new IndexDefiner(create, table, new IndexedExpression(catalog.current(), textOf))
              .define());
    }
  }

  /** The constraint that a unique index is; empty if it is there, and IF NOT EXISTS. */
  Optional<AlterTable> unique(Session session, CreateIndex create) {
    TableDefinition table = log.names(session).table(create.table());
    return isThere(create, table) ? Optional.empty() : Optional.of(UniqueIndex.added(create));
  }

  private boolean isThere(CreateIndex create, TableDefinition table) {
    SqlIdentifier given = create.name();
    if (given == null) {
      return false;
    }
    String name = given.names.getLast();
    Optional<TableDefinition> owner = ownerOf(table.schema(), name);
    boolean unique = uniqueOwner(table.schema(), name).isPresent();
    if (owner.isEmpty() && !unique) {
      return false;
    }
    if (!create.ifNotExists() && (unique || !replacesAutomatic(owner.orElseThrow(), name))) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_EXISTS,
          given.getParserPosition(),
          "There is an index " + given + " already",
          "Write CREATE INDEX IF NOT EXISTS, or choose another name.");
    }
    return create.ifNotExists();
  }

  private Optional<TableDefinition> uniqueOwner(String schema, String name) {
    return catalog.current().tablesOf(schema).stream()
        .filter(table -> table.uniques().stream().anyMatch(each -> each.name().equals(name)))
        .findFirst();
  }

  /** What drops the constraint of this name, if it is one and no index. */
  Optional<AlterTable> droppedUnique(Session session, DropIndex drop) {
    String name = drop.name().names.getLast();
    String schema = drop.name().names.size() > 1 ? drop.name().names.getFirst() : session.schema();
    if (ownerOf(schema, name).isPresent()) {
      return Optional.empty();
    }
    return uniqueOwner(schema, name).map(table -> UniqueIndex.dropped(drop, table));
  }

  private static boolean replacesAutomatic(TableDefinition owner, String index) {
    return owner.indexes().stream().anyMatch(each -> each.name().equals(index) && each.automatic());
  }

  private Optional<TableDefinition> ownerOf(String schema, String index) {
    return catalog.current().tablesOf(schema).stream()
        .filter(table -> table.indexes().stream().anyMatch(each -> each.name().equals(index)))
        .findFirst();
  }

  void drop(Session session, DropIndex drop) {
    String name = drop.name().names.getLast();
    String schema = drop.name().names.size() > 1 ? drop.name().names.getFirst() : session.schema();
    Optional<TableDefinition> owner = ownerOf(schema, name);
    if (owner.isEmpty()) {
      if (drop.ifExists()) {
        return;
      }
      throw noIndex(schema, drop.name());
    }
    TableDefinition table = owner.get();
    TableDraft draft = new TableDraft(table);
    draft.indexes.removeIf(index -> index.name().equals(name));
    // A value that was kept for this index alone goes with it; its id is not used again.
    Set<String> used = new HashSet<>();
    draft.indexes.forEach(index -> used.add(index.spec().column()));
    draft.columns.removeIf(
        column -> column.derivation().isPresent() && !used.contains(column.name()));
    log.replace(draft.build());
  }

  TableDefinition owner(Session session, SqlIdentifier name) {
    String schema = name.names.size() > 1 ? name.names.getFirst() : session.schema();
    return ownerOf(schema, name.names.getLast()).orElseThrow(() -> noIndex(schema, name));
  }

  void alter(Session session, AlterIndex alter) {
    String schema =
        alter.name().names.size() > 1 ? alter.name().names.getFirst() : session.schema();
    String name = alter.name().names.getLast();
    if (alter.ifExists() && ownerOf(schema, name).isEmpty()) {
      return;
    }
    TableDefinition table = owner(session, alter.name());
    SqlIdentifier newName = alter.newName();
    if (newName == null) {
      throw DefinitionProblem.at(
          ErrorCode.NOT_SUPPORTED,
          alter.name().getParserPosition(),
          "an index keeps the options it was created with",
          "DROP INDEX " + name + ", then CREATE INDEX with the options; or SET ef_search.");
    }
    if (ownerOf(schema, newName.getSimple()).isPresent()) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_EXISTS,
          newName.getParserPosition(),
          "There is an index " + newName + " already",
          "Choose another name.");
    }
    TableDraft draft = new TableDraft(table);
    draft.indexes.replaceAll(
        index ->
            index.name().equals(name)
                ? new IndexDefinition(
                    index.spec().named(newName.getSimple(), index.spec().column()),
                    index.expression(),
                    false,
                    index.comment())
                : index);
    log.replace(draft.build());
  }

  private RuntimeException noIndex(String schema, SqlIdentifier name) {
    List<String> names =
        catalog.current().tablesOf(schema).stream()
            .flatMap(table -> table.indexes().stream())
            .map(IndexDefinition::name)
            .toList();
    return DefinitionProblem.at(
        ErrorCode.INDEX_UNKNOWN,
        name.getParserPosition(),
        "No index " + name,
        NearestName.of(name.names.getLast(), names)
            .map(near -> "Did you mean " + near + "?")
            .orElse("See information_schema.indexes for the indexes there are."));
  }
}
