package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.CreateSchema;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.DropIndex;
import io.quiver.sql.parser.DropSchema;
import io.quiver.sql.parser.DropTable;
import io.quiver.sql.parser.DropView;
import io.quiver.sql.parser.OptimizeTable;
import io.quiver.sql.parser.Reindex;
import io.quiver.sql.parser.TruncateTable;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Carries out definition statements, one at a time.
 *
 * <p>Each is computed from the catalog as it is, committed as one record of the log, and seen by
 * every statement that begins after it.
 */
public final class DefinitionRunner {
  private final VectorEngine engine;
  private final Catalog catalog;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public DefinitionRunner(VectorEngine engine, Catalog catalog) {
    this.engine = engine;
    this.catalog = catalog;
  }

  /** Whether the command is one this class carries out. */
  public static boolean handles(Command command) {
    return switch (command) {
      case CreateTable create -> true;
      case DropTable drop -> true;
      case CreateIndex create -> true;
      case DropIndex drop -> true;
      case CreateSchema create -> true;
      case DropSchema drop -> true;
      case CreateView create -> true;
      case DropView drop -> true;
      case TruncateTable truncate -> true;
      case OptimizeTable optimize -> true;
      case Reindex reindex -> true;
      default -> false;
    };
  }

  /**
   * Carries out a command.
   *
   * @param sql the statement's text, from which views keep their query
   */
  public StatementResult run(Session session, Command command, String sql, StopSignal stop) {
    if (command instanceof OptimizeTable optimize) {
      optimize(names(session).table(optimize.name()), stop);
      return done();
    }
    if (command instanceof Reindex reindex && reindex.table()) {
      optimize(names(session).table(reindex.name()), stop);
      return done();
    }
    oneAtATime.lock();
    try {
      define(session, command, sql);
    } finally {
      oneAtATime.unlock();
    }
    return done();
  }

  private static StatementResult done() {
    return new StatementResult.Changed(0, List.of());
  }

  private void optimize(TableDefinition table, StopSignal stop) {
    engine.optimize(table.id(), stop);
  }

  private ObjectNames names(Session session) {
    return new ObjectNames(catalog.current(), session);
  }

  private void define(Session session, Command command, String sql) {
    StatementText text = new StatementText(sql);
    switch (command) {
      case CreateTable create -> createTable(session, create, text::of);
      case DropTable drop -> dropTable(session, drop);
      case CreateIndex create -> createIndex(session, create);
      case DropIndex drop -> dropIndex(session, drop);
      case CreateSchema create -> createSchema(create);
      case DropSchema drop -> dropSchema(drop);
      case CreateView create -> createView(session, create, text);
      case DropView drop -> dropView(session, drop);
      case TruncateTable truncate -> truncate(names(session).table(truncate.name()));
      default -> throw new IllegalStateException("Not a definition: " + command.statementName());
    }
  }

  private void commit(List<SchemaChange> changes, CatalogChange change) {
    engine.define(new Definition(changes, catalog.encode(change)));
  }

  private void createTable(Session session, CreateTable create, Function<SqlNode, String> textOf) {
    QualifiedName name = names(session).qualified(create.name());
    if (exists(name)) {
      if (create.ifNotExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_EXISTS,
          create.name().getParserPosition(),
          "There is a table or view " + name + " already",
          "Write CREATE TABLE IF NOT EXISTS, or choose another name.");
    }
    TableDefinition table =
        new TableDefiner(create, textOf).define(engine.nextCollectionId(), name);
    commit(List.of(new SchemaChange.Create(table.collection())), new CatalogChange.PutTable(table));
  }

  private boolean exists(QualifiedName name) {
    CatalogSnapshot current = catalog.current();
    return current.tables().containsKey(name) || current.views().containsKey(name);
  }

  private void dropTable(Session session, DropTable drop) {
    ObjectNames names = names(session);
    QualifiedName name = names.qualified(drop.name());
    if (drop.ifExists() && !catalog.current().tables().containsKey(name)) {
      return;
    }
    TableDefinition table = names.table(drop.name());
    commit(
        List.of(new SchemaChange.Drop(table.id())),
        new CatalogChange.DropTable(table.schema(), table.name()));
  }

  private void createIndex(Session session, CreateIndex create) {
    TableDefinition table = names(session).table(create.table());
    if (create.name() != null) {
      Optional<TableDefinition> owner = ownerOf(table.schema(), create.name().names.getLast());
      if (owner.isPresent()) {
        if (create.ifNotExists()) {
          return;
        }
        if (!replacesAutomatic(owner.get(), create.name().names.getLast())) {
          throw DefinitionProblem.at(
              ErrorCode.INDEX_EXISTS,
              create.name().getParserPosition(),
              "There is an index " + create.name() + " already",
              "Write CREATE INDEX IF NOT EXISTS, or choose another name.");
        }
      }
    }
    replace(new IndexDefiner(create, table, new IndexedExpression()).define());
  }

  private static boolean replacesAutomatic(TableDefinition owner, String index) {
    return owner.indexes().stream().anyMatch(each -> each.name().equals(index) && each.automatic());
  }

  private Optional<TableDefinition> ownerOf(String schema, String index) {
    return catalog.current().tablesOf(schema).stream()
        .filter(table -> table.indexes().stream().anyMatch(each -> each.name().equals(index)))
        .findFirst();
  }

  private void replace(TableDefinition table) {
    commit(
        List.of(new SchemaChange.Replace(table.collection())), new CatalogChange.PutTable(table));
  }

  private void dropIndex(Session session, DropIndex drop) {
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
    List<IndexDefinition> kept =
        table.indexes().stream().filter(index -> !index.name().equals(name)).toList();
    replace(Tables.withIndexes(table, kept));
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

  private void createSchema(CreateSchema create) {
    String name = create.name().names.getLast();
    if (catalog.current().schemas().contains(name)) {
      if (create.ifNotExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_EXISTS,
          create.name().getParserPosition(),
          "There is a schema " + name + " already",
          "Write CREATE SCHEMA IF NOT EXISTS, or choose another name.");
    }
    commit(List.of(), new CatalogChange.CreateSchema(name));
  }

  private void dropSchema(DropSchema drop) {
    String name = drop.name().names.getLast();
    CatalogSnapshot current = catalog.current();
    if (!current.schemas().contains(name)) {
      if (drop.ifExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_UNKNOWN,
          drop.name().getParserPosition(),
          "No schema " + name,
          NearestName.of(name, current.schemas())
              .map(near -> "Did you mean " + near + "?")
              .orElse("The schemas are " + String.join(", ", current.schemas()) + "."));
    }
    boolean used =
        !current.tablesOf(name).isEmpty()
            || current.views().keySet().stream().anyMatch(view -> view.schema().equals(name));
    if (used || name.equals(CatalogSnapshot.DEFAULT_SCHEMA)) {
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_NOT_EMPTY,
          drop.name().getParserPosition(),
          used ? "Schema " + name + " has tables or views" : "Every database has a schema " + name,
          "Drop its tables and views, and leave the schema.");
    }
    commit(List.of(), new CatalogChange.DropSchema(name));
  }

  private void createView(Session session, CreateView create, StatementText text) {
    ObjectNames names = names(session);
    QualifiedName name = names.qualified(create.name());
    CatalogSnapshot current = catalog.current();
    if (current.tables().containsKey(name)
        || (current.views().containsKey(name) && !create.replace())) {
      if (create.ifNotExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_EXISTS,
          create.name().getParserPosition(),
          "There is a table or view " + name + " already",
          "Write CREATE OR REPLACE VIEW, or choose another name.");
    }
    commit(
        List.of(),
        new CatalogChange.PutView(
            new io.quiver.sql.catalog.ViewDefinition(
                name.schema(),
                name.name(),
                create.columns().stream().map(SqlIdentifier::getSimple).toList(),
                text.queryOf(create),
                session.schema(),
                "")));
  }

  private void dropView(Session session, DropView drop) {
    QualifiedName name = names(session).qualified(drop.name());
    if (!catalog.current().views().containsKey(name)) {
      if (drop.ifExists()) {
        return;
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_UNKNOWN,
          drop.name().getParserPosition(),
          "No view " + name,
          "See information_schema.views for the views there are.");
    }
    commit(List.of(), new CatalogChange.DropView(name.schema(), name.name()));
  }

  private void truncate(TableDefinition table) {
    commit(List.of(new SchemaChange.Truncate(table.id())), new CatalogChange.PutTable(table));
  }
}
