package io.quiver.planner.definition;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.write.SchemaChange;
import io.quiver.planner.Session;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.DropTable;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE, DROP and TRUNCATE TABLE. */
final class TableStatements {
  private final VectorEngine engine;
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;
  private final AccessRunner access;

  TableStatements(
      VectorEngine engine,
      Catalog catalog,
      DefinitionLog log,
      DependentViews views,
      AccessRunner access) {
    this.engine = engine;
    this.catalog = catalog;
    this.log = log;
    this.views = views;
    this.access = access;
  }

  /**
   * CREATE TABLE.
   *
   * @param queried columns from the query of CREATE TABLE AS
   * @return the table; empty where there was one, and IF NOT EXISTS
   */
  Optional<TableDefinition> create(
      Session session,
      CreateTable create,
      List<ColumnDefinition> queried,
      Function<SqlNode, String> textOf) {
    QualifiedName name = log.names(session).qualified(create.name());
    if (exists(name)) {
      if (create.ifNotExists()) {
        return Optional.empty();
      }
      throw DefinitionProblem.at(
          ErrorCode.TABLE_EXISTS,
          create.name().getParserPosition(),
          "There is a table or view " + name + " already",
          "Write CREATE TABLE IF NOT EXISTS, or choose another name.");
    }
    TableDefinition table =
        new TableDefiner(create, textOf, engine::nextCollectionId)
            .define(name, queried, catalog.current());
    checkDimensions(session, table.columns(), create.name().getParserPosition());
    List<SchemaChange> changes = new ArrayList<>();
    changes.add(new SchemaChange.Create(table.collection()));
    table.uniques().forEach(each -> changes.add(new SchemaChange.Create(table.entries(each))));
    if (table.sequences() != 0) {
      changes.add(new SchemaChange.Create(table.sequenceRows()));
    }
    log.commit(changes, new CatalogChange.PutTable(table));
    if (!session.rights(catalog.current()).administrator()) {
      access.grantAll(session.user(), table);
    }
    return Optional.of(table);
  }

  private boolean exists(QualifiedName name) {
    CatalogSnapshot current = catalog.current();
    return current.tables().containsKey(name) || current.views().containsKey(name);
  }

  /** Refuses vectors that are longer than a server lets its users have them. */
  static void checkDimensions(
      Session session, List<ColumnDefinition> columns, SqlParserPos position) {
    int most = session.limits().vectorDimensions();
    for (ColumnDefinition column : columns) {
      int dimension =
          switch (column.type()) {
            case SqlColumnType.Vector vector -> vector.dimension();
            case SqlColumnType.MultiVector several -> several.dimension();
            default -> 0;
          };
      if (dimension > most) {
        throw DefinitionProblem.at(
            ErrorCode.LIMIT_EXCEEDED,
            position,
            "Column "
                + column.name()
                + " has "
                + dimension
                + " dimensions, more than the "
                + most
                + " that max_vector_dimensions allows",
            "Use shorter vectors, or ask for the server's limit to be raised.");
      }
    }
  }

  void drop(Session session, DropTable drop) {
    ObjectNames names = log.names(session);
    QualifiedName name = names.qualified(drop.name());
    if (drop.ifExists() && !catalog.current().tables().containsKey(name)) {
      return;
    }
    TableDefinition table = names.table(drop.name());
    CatalogChange change =
        views.keepingViews(
            new CatalogChange.DropTable(table.schema(), table.name()),
            drop.cascade(),
            drop.name().getParserPosition(),
            "table " + table.name());
    log.commit(DefinitionLog.drops(table), change);
  }

  void truncate(TableDefinition table) {
    List<SchemaChange> changes = new ArrayList<>();
    table.collections().stream()
        .filter(each -> each != table.sequences())
        .forEach(each -> changes.add(new SchemaChange.Truncate(each)));
    log.commit(changes, new CatalogChange.PutTable(table));
  }
}
