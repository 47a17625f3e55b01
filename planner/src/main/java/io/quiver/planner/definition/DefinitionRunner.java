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
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.catalog.ViewDefinition;
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
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.validate.CatalogSchema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final DependentViews views;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final AccessRunner access;

  public DefinitionRunner(VectorEngine engine, Catalog catalog, Clock clock) {
    this.engine = engine;
    this.catalog = catalog;
    this.views = new DependentViews(catalog);
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
      optimize(names(session).table(optimize.name()), stop);
      return done();
    }
    if (command instanceof Reindex reindex) {
      optimize(
          reindex.table()
              ? names(session).table(reindex.name())
              : indexOwner(session, reindex.name()),
          stop);
      return done();
    }
    oneAtATime.lock();
    try {
      Optional<AlterTable> alter =
          switch (command) {
            case AlterTable itself -> Optional.of(itself);
            case CreateIndex create when create.unique() -> uniqueIndex(session, create);
            case DropIndex drop -> droppedUnique(session, drop);
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
              each -> commit(drops(each), new CatalogChange.DropTable(each.schema(), each.name())));
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

  private ObjectNames names(Session session) {
    return new ObjectNames(catalog.current(), session);
  }

  private void define(Session session, Command command, String sql) {
    StatementText text = new StatementText(sql);
    switch (command) {
      case CreateTable create -> createTable(session, create, List.of(), text::of);
      case DropTable drop -> dropTable(session, drop);
      case CreateIndex create -> createIndex(session, create, text::of);
      case AlterIndex alter -> alterIndex(session, alter);
      case CommentOn comment ->
          commit(
              List.of(),
              new CommentDefiner(
                      catalog.current(), names(session), name -> indexOwner(session, name))
                  .change(comment));
      case DropIndex drop -> dropIndex(session, drop);
      case CreateFunction create ->
          new FunctionDefiner(catalog.current())
              .create(create)
              .ifPresent(change -> commit(List.of(), change));
      case DropFunction drop ->
          new FunctionDefiner(catalog.current())
              .drop(drop)
              .ifPresent(
                  change ->
                      commit(
                          List.of(),
                          views.keepingViews(
                              change,
                              false,
                              drop.name().getParserPosition(),
                              "function " + drop.name())));
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

  private Optional<TableDefinition> createTable(
      Session session,
      CreateTable create,
      List<ColumnDefinition> queried,
      Function<SqlNode, String> textOf) {
    QualifiedName name = names(session).qualified(create.name());
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
    commit(changes, new CatalogChange.PutTable(table));
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
    ObjectNames names = names(session);
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
        commit(
            List.of(new SchemaChange.Create(after.entries(unique))),
            new CatalogChange.Several(List.of()));
        try {
          engine.commit(List.of(entries), position);
        } catch (DuplicateKeyException duplicate) {
          commit(
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

  private static List<SchemaChange> drops(TableDefinition table) {
    return table.collections().stream()
        .<SchemaChange>map(each -> new SchemaChange.Drop(each))
        .toList();
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
    CatalogChange change =
        views.keepingViews(
            new CatalogChange.DropTable(table.schema(), table.name()),
            drop.cascade(),
            drop.name().getParserPosition(),
            "table " + table.name());
    commit(drops(table), change);
  }

  private void createIndex(Session session, CreateIndex create, Function<SqlNode, String> textOf) {
    TableDefinition table = names(session).table(create.table());
    if (!isThere(create, table)) {
      replace(
          new IndexDefiner(create, table, new IndexedExpression(catalog.current(), textOf))
              .define());
    }
  }

  /** The constraint that a unique index is; empty if it is there, and IF NOT EXISTS. */
  private Optional<AlterTable> uniqueIndex(Session session, CreateIndex create) {
    TableDefinition table = names(session).table(create.table());
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
  private Optional<AlterTable> droppedUnique(Session session, DropIndex drop) {
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
    TableDraft draft = new TableDraft(table);
    draft.indexes.removeIf(index -> index.name().equals(name));
    // A value that was kept for this index alone goes with it; its id is not used again.
    Set<String> used = new HashSet<>();
    draft.indexes.forEach(index -> used.add(index.spec().column()));
    draft.columns.removeIf(
        column -> column.derivation().isPresent() && !used.contains(column.name()));
    replace(draft.build());
  }

  private TableDefinition indexOwner(Session session, SqlIdentifier name) {
    String schema = name.names.size() > 1 ? name.names.getFirst() : session.schema();
    return ownerOf(schema, name.names.getLast()).orElseThrow(() -> noIndex(schema, name));
  }

  private void alterIndex(Session session, AlterIndex alter) {
    String schema =
        alter.name().names.size() > 1 ? alter.name().names.getFirst() : session.schema();
    String name = alter.name().names.getLast();
    if (alter.ifExists() && ownerOf(schema, name).isEmpty()) {
      return;
    }
    TableDefinition table = indexOwner(session, alter.name());
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
    replace(draft.build());
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
    List<SchemaChange> changes = new ArrayList<>();
    List<CatalogChange> parts = new ArrayList<>();
    current.views().keySet().stream()
        .filter(view -> view.schema().equals(name))
        .forEach(view -> parts.add(new CatalogChange.DropView(name, view.name())));
    for (TableDefinition table : current.tablesOf(name)) {
      changes.addAll(drops(table));
      parts.add(new CatalogChange.DropTable(name, table.name()));
    }
    boolean isDefault = name.equals(CatalogSnapshot.DEFAULT_SCHEMA);
    if (isDefault || (!parts.isEmpty() && !drop.cascade())) {
      throw DefinitionProblem.at(
          ErrorCode.SCHEMA_NOT_EMPTY,
          drop.name().getParserPosition(),
          isDefault
              ? "Every database has a schema " + name
              : "Schema " + name + " has tables or views",
          "Drop its tables and views, and leave the schema.");
    }
    parts.add(new CatalogChange.DropSchema(name));
    CatalogChange change =
        views.keepingViews(
            new CatalogChange.Several(parts),
            drop.cascade(),
            drop.name().getParserPosition(),
            "schema " + name);
    commit(changes, change);
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
    ViewDefinition view =
        new ViewDefinition(
            name.schema(),
            name.name(),
            create.columns().stream().map(SqlIdentifier::getSimple).toList(),
            text.queryOf(create),
            session.schema(),
            "");
    CatalogChange change = new CatalogChange.PutView(view);
    ViewCheck.check(view, create, new CatalogSchema(current.with(change), catalog.systemTables()));
    commit(
        List.of(),
        views.keepingViews(change, false, create.name().getParserPosition(), "view " + name));
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
    commit(
        List.of(),
        views.keepingViews(
            new CatalogChange.DropView(name.schema(), name.name()),
            false,
            drop.name().getParserPosition(),
            "view " + name));
  }

  private void truncate(TableDefinition table) {
    List<SchemaChange> changes = new ArrayList<>();
    table.collections().stream()
        .filter(each -> each != table.sequences())
        .forEach(each -> changes.add(new SchemaChange.Truncate(each)));
    commit(changes, new CatalogChange.PutTable(table));
  }
}
