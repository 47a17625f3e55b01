package io.quiver.planner.definition;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import io.quiver.planner.QueryRunner;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.write.WriteProblems;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.CatalogSnapshot.QualifiedName;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.parser.AlterIndex;
import io.quiver.sql.parser.AlterTable;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.CommentOn;
import io.quiver.sql.parser.CreateFunction;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.CreateSchema;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.CreateView;
import io.quiver.sql.parser.DropFunction;
import io.quiver.sql.parser.DropIndex;
import io.quiver.sql.parser.DropSchema;
import io.quiver.sql.parser.DropTable;
import io.quiver.sql.parser.DropView;
import io.quiver.sql.parser.OptimizeTable;
import io.quiver.sql.parser.Reindex;
import io.quiver.sql.parser.TruncateTable;
import io.quiver.sql.problem.ErrorCode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Carries out definition statements, one at a time.
 *
 * <p>Each is computed from the catalog as it is, committed as one record of the log, and seen by
 * every statement that begins after it.
 */
public final class DefinitionRunner {
  private final VectorEngine engine;
  private final Catalog catalog;
  private final DefinitionLog log;
  private final DependentViews views;
  private final IndexStatements indexes;
  private final SchemaStatements schemas;
  private final ViewStatements viewStatements;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final AccessRunner access;

  public DefinitionRunner(VectorEngine engine, Catalog catalog, Clock clock) {
    this.engine = engine;
    this.catalog = catalog;
    this.log = new DefinitionLog(engine, catalog);
    this.views = new DependentViews(catalog);
    this.indexes = new IndexStatements(catalog, log);
    this.schemas = new SchemaStatements(catalog, log, views);
    this.viewStatements = new ViewStatements(catalog, log, views);
    this.access = new AccessRunner(engine, catalog, clock, oneAtATime);
  }

  /** Carries out statements about users, in turn with those here. */
  public AccessRunner access() {
    return access;
  }

  /** Who may not do everything defines in schemas where they have CREATE, and nothing else. */
  private void checkMay(Session session, Command command) {
    Rights rights = session.rights(catalog.current());
    if (rights.isUnlimited()) {
      return;
    }
    SqlIdentifier name =
        switch (command) {
          case CreateTable create -> create.name();
          case DropTable drop -> drop.name();
          case CreateIndex create -> create.table();
          case DropIndex drop -> drop.name();
          case CreateView create -> create.name();
          case DropView drop -> drop.name();
          case TruncateTable truncate -> truncate.name();
          case OptimizeTable optimize -> optimize.name();
          case AlterTable alter -> alter.name();
          default -> null;
        };
    String schema =
        name == null ? "" : name.names.size() > 1 ? name.names.getFirst() : session.schema();
    if (name == null || !rights.on(schema).contains(Privilege.CREATE)) {
      throw DefinitionProblem.at(
          ErrorCode.PRIVILEGE_MISSING,
          name == null ? SqlParserPos.ZERO : name.getParserPosition(),
          "The user may not define anything here: " + command.statementName(),
          "Ask an administrator to GRANT CREATE ON SCHEMA.");
    }
  }

  /** Whether the command is one this class carries out. */
  public static boolean handles(Command command) {
    return switch (command) {
      case CreateTable create -> create.query() == null;
      case DropTable drop -> true;
      case AlterTable alter -> true;
      case AlterIndex alter -> true;
      case CommentOn comment -> true;
      case CreateIndex create -> true;
      case DropIndex drop -> true;
      case CreateFunction create -> true;
      case DropFunction drop -> true;
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
   * @param queries looks at the rows of a table that is altered
   */
  public StatementResult run(
      Session session, Command command, String sql, QueryRunner queries, StopSignal stop) {
    checkMay(session, command);
    if (command instanceof OptimizeTable optimize) {
      optimize(log.names(session).table(optimize.name()), stop);
      return done();
    }
    if (command instanceof Reindex reindex) {
      optimize(
          reindex.table()
              ? log.names(session).table(reindex.name())
              : indexes.owner(session, reindex.name()),
          stop);
      return done();
    }
    oneAtATime.lock();
    try {
      Optional<AlterTable> alter =
          switch (command) {
            case AlterTable itself -> Optional.of(itself);
            case CreateIndex create when create.unique() -> indexes.unique(session, create);
            case DropIndex drop -> indexes.droppedUnique(session, drop);
            default -> Optional.empty();
          };
      if (alter.isPresent()) {
        alterTable(session, alter.get(), new StatementText(sql), queries, stop);
      } else if (!(command instanceof CreateIndex create && create.unique())) {
        define(session, command, sql);
      }
    } finally {
      oneAtATime.unlock();
    }
    return done();
  }

  /**
   * CREATE TABLE AS, without its rows.
   *
   * @return the table; empty where there was one, and IF NOT EXISTS
   */
  Optional<TableDefinition> create(
      Session session, CreateTable create, List<ColumnDefinition> queried, String sql) {
    checkMay(session, create);
    oneAtATime.lock();
    try {
      return createTable(session, create, queried, new StatementText(sql)::of);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Takes back a table that could not be filled. */
  void takeBack(TableDefinition table) {
    oneAtATime.lock();
    try {
      catalog
          .current()
          .table(table.schema(), table.name())
          .filter(each -> each.id() == table.id())
          .ifPresent(
              each ->
                  log.commit(
                      DefinitionLog.drops(each),
                      new CatalogChange.DropTable(each.schema(), each.name())));
    } finally {
      oneAtATime.unlock();
    }
  }

  private static StatementResult done() {
    return new StatementResult.Changed(0, List.of());
  }

  private void optimize(TableDefinition table, StopSignal stop) {
    engine.optimize(table.id(), stop);
  }

  private void define(Session session, Command command, String sql) {
    StatementText text = new StatementText(sql);
    switch (command) {
      case CreateTable create -> createTable(session, create, List.of(), text::of);
      case DropTable drop -> dropTable(session, drop);
      case CreateIndex create -> indexes.create(session, create, text::of);
      case AlterIndex alter -> indexes.alter(session, alter);
      case CommentOn comment ->
          log.commit(
              List.of(),
              new CommentDefiner(
                      catalog.current(), log.names(session), name -> indexes.owner(session, name))
                  .change(comment));
      case DropIndex drop -> indexes.drop(session, drop);
      case CreateFunction create ->
          new FunctionDefiner(catalog.current())
              .create(create)
              .ifPresent(change -> log.commit(List.of(), change));
      case DropFunction drop ->
          new FunctionDefiner(catalog.current())
              .drop(drop)
              .ifPresent(
                  change ->
                      log.commit(
                          List.of(),
                          views.keepingViews(
                              change,
                              false,
                              drop.name().getParserPosition(),
                              "function " + drop.name())));
      case CreateSchema create -> schemas.create(create);
      case DropSchema drop -> schemas.drop(drop);
      case CreateView create -> viewStatements.create(session, create, text);
      case DropView drop -> viewStatements.drop(session, drop);
      case TruncateTable truncate -> truncate(log.names(session).table(truncate.name()));
      default -> throw new IllegalStateException("Not a definition: " + command.statementName());
    }
  }

  private Optional<TableDefinition> createTable(
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

  /**
   * ALTER TABLE. Nobody else commits meanwhile, so that what is found of the rows there are holds
   * when the definition stands. The values of a new unique constraint are written before it.
   */
  private void alterTable(
      Session session, AlterTable alter, StatementText text, QueryRunner queries, StopSignal stop) {
    ObjectNames names = log.names(session);
    if (alter.ifExists()
        && !catalog.current().tables().containsKey(names.qualified(alter.name()))) {
      return;
    }
    TableDefinition before = names.table(alter.name());
    engine.whilePaused(
        () -> {
          try (Snapshot snapshot = engine.snapshot()) {
            StoredRows rows =
                new StoredRows(
                    snapshot.collection(before.id()),
                    queries.execution(session, NO_PARAMETERS, stop, snapshot, Optional.empty()));
            TableDefinition after =
                new TableAlterer(
                        before, catalog.current(), rows, text::of, engine::nextCollectionId)
                    .alter(alter.changes());
            checkDimensions(
                session,
                after.columns().stream()
                    .filter(column -> !before.columns().contains(column))
                    .toList(),
                alter.name().getParserPosition());
            CatalogChange change =
                views.keepingViews(
                    tableChange(before, after),
                    false,
                    alter.name().getParserPosition(),
                    "table " + before.name());
            fillUniques(before, after, rows, snapshot.position());
            engine.define(
                new Definition(schemaChanges(before, after), catalog.encode(change)),
                rows.made(after));
            return after;
          }
        });
  }

  /** Refuses vectors that are longer than a server lets its users have them. */
  private static void checkDimensions(
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

  private static final Object[] NO_PARAMETERS = {};

  private static CatalogChange tableChange(TableDefinition before, TableDefinition after) {
    CatalogChange put = new CatalogChange.PutTable(after);
    return before.name().equals(after.name())
        ? put
        : new CatalogChange.Several(
            List.of(new CatalogChange.DropTable(before.schema(), before.name()), put));
  }

  /** Makes and fills the collections of unique constraints that are new. */
  private void fillUniques(
      TableDefinition before, TableDefinition after, StoredRows rows, long position) {
    for (UniqueDefinition unique : after.uniques()) {
      boolean known =
          before.uniques().stream().anyMatch(each -> each.collection() == unique.collection());
      if (!known) {
        WriteBatch entries = rows.entries(unique, after);
        log.commit(
            List.of(new SchemaChange.Create(after.entries(unique))),
            new CatalogChange.Several(List.of()));
        try {
          engine.commit(List.of(entries), position);
        } catch (DuplicateKeyException duplicate) {
          log.commit(
              List.of(new SchemaChange.Drop(unique.collection())),
              new CatalogChange.Several(List.of()));
          throw WriteProblems.notUnique(unique, before.name(), duplicate.key());
        }
      }
    }
  }

  private static List<SchemaChange> schemaChanges(TableDefinition before, TableDefinition after) {
    List<SchemaChange> changes = new ArrayList<>();
    changes.add(new SchemaChange.Replace(after.collection()));
    if (before.sequences() == 0 && after.sequences() != 0) {
      changes.add(new SchemaChange.Create(after.sequenceRows()));
    }
    for (UniqueDefinition unique : before.uniques()) {
      boolean kept =
          after.uniques().stream().anyMatch(each -> each.collection() == unique.collection());
      if (!kept && unique.collection() != 0) {
        changes.add(new SchemaChange.Drop(unique.collection()));
      }
    }
    return changes;
  }

  private boolean exists(QualifiedName name) {
    CatalogSnapshot current = catalog.current();
    return current.tables().containsKey(name) || current.views().containsKey(name);
  }

  private void dropTable(Session session, DropTable drop) {
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

  private void truncate(TableDefinition table) {
    List<SchemaChange> changes = new ArrayList<>();
    table.collections().stream()
        .filter(each -> each != table.sequences())
        .forEach(each -> changes.add(new SchemaChange.Truncate(each)));
    log.commit(changes, new CatalogChange.PutTable(table));
  }
}
