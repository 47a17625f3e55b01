package io.quiver.planner.write;

import io.quiver.engine.VectorEngine;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Prepared.Kind;
import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.Assignment;
import io.quiver.sql.parser.InsertOnConflict;
import io.quiver.sql.parser.Returning;
import io.quiver.sql.parser.SqlCommand;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.validate.CatalogTable;
import io.quiver.sql.validate.TreeCopy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Plans writes: the query a write's rows come from, and what is done with them. */
public final class WritePlanner {
  private static final String EXCLUDED = "excluded";

  /** What drivers ask back in the place of columns: those that tell the row, however made. */
  private static final String GENERATED = "$generated";

  private final VectorEngine engine;
  private final Sequences sequences;

  public WritePlanner(VectorEngine engine) {
    this.engine = engine;
    this.sequences = new Sequences(engine);
  }

  /** A write as Calcite's grammar has it. */
  public PlannedStatement plan(SqlNode write, Planning planning) {
    return plan(write, null, planning);
  }

  /** A write with RETURNING. */
  public PlannedStatement plan(Returning returning, Planning planning) {
    return plan(returning.write(), returning.items(), planning);
  }

  /** A write with ON CONFLICT. */
  public PlannedStatement plan(InsertOnConflict insert, Planning planning) {
    return insert(insert.insert(), Optional.of(insert), null, planning);
  }

  private PlannedStatement plan(SqlNode write, @Nullable SqlNodeList returning, Planning planning) {
    return switch (write) {
      case SqlInsert insert -> insert(insert, Optional.empty(), returning, planning);
      case SqlUpdate update -> update(update, returning, planning);
      case SqlDelete delete -> delete(delete, returning, planning);
      case SqlMerge merge -> merge(merge, planning);
      case SqlCommand command when command.command() instanceof InsertOnConflict insert ->
          insert(insert.insert(), Optional.of(insert), returning, planning);
      default ->
          throw SqlProblem.at(
                  ErrorCode.NOT_SUPPORTED,
                  SqlPosition.of(write.getParserPosition()),
                  write.getKind().sql + " is not supported yet",
                  "use INSERT ... ON CONFLICT, or UPSERT INTO.")
              .asException();
    };
  }

  private PlannedStatement insert(
      SqlInsert insert,
      Optional<InsertOnConflict> onConflict,
      @Nullable SqlNodeList returning,
      Planning planning) {
    WriteTarget target = WriteTarget.of(insert.getTargetTable(), planning);
    int[] columns = insertColumns(insert, target);
    PlannedQuery source =
        planning.plan(new InsertSource(target, columns).query(insert.getSource()));
    ParameterTypes parameters = new ParameterTypes();
    parameters.add(source.parameters());
    ConflictAction action =
        onConflict
            .map(clause -> action(clause, target, planning, parameters))
            .orElse(insert.isUpsert() ? new ConflictAction.Replace() : new ConflictAction.Refuse());
    @Nullable Evaluator[] fillers = fillers(target, planning);
    return statement(
        Kind.INSERT,
        target,
        new InsertChanges(
            target,
            source,
            columns,
            fillers,
            action,
            onConflict.map(clause -> conflictBy(clause, target)).orElse(List.of()),
            sequences,
            engine::nextRowNumber),
        returning,
        parameters,
        planning);
  }

  /** Without a list, all visible columns, or as many as there are values for. */
  private static int[] insertColumns(SqlInsert insert, WriteTarget target) {
    int[] columns = target.columns(insert.getTargetColumnList());
    if (insert.getTargetColumnList() != null) {
      return columns;
    }
    int[] givable = target.givable(columns);
    SqlNode source = insert.getSource();
    if (source.getKind() != SqlKind.VALUES) {
      return givable;
    }
    int width = ((SqlCall) ((SqlCall) source).operand(0)).operandCount();
    int[] unnumbered =
        IntStream.of(givable).filter(each -> !target.definition(each).identity()).toArray();
    return width == columns.length ? columns : width == givable.length ? givable : unnumbered;
  }

  /** What a conflict may be with: the constraint named, or any. */
  private static List<@Nullable UniqueEntries> conflictBy(
      InsertOnConflict clause, WriteTarget target) {
    Set<String> named = names(clause);
    if (!named.isEmpty() && !named.equals(Set.copyOf(target.definition().primaryKey()))) {
      return target.uniques().stream()
          .filter(each -> named.equals(Set.copyOf(each.unique().columns())))
          .<@Nullable UniqueEntries>map(each -> each)
          .limit(1)
          .toList();
    }
    List<@Nullable UniqueEntries> all = new ArrayList<>();
    all.add(null);
    if (named.isEmpty()) {
      all.addAll(target.uniques());
    }
    return all;
  }

  private static Set<String> names(InsertOnConflict clause) {
    return clause.target().stream().map(SqlIdentifier::getSimple).collect(Collectors.toSet());
  }

  private PlannedStatement merge(SqlMerge merge, Planning planning) {
    WriteTarget target = WriteTarget.of(merge.getTargetTable(), planning);
    MergeParts parts = new MergeParts(merge, target);
    List<String> key = target.definition().primaryKey();
    List<SqlNode> keyValues = parts.keyValues();
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      int ordinal = target.definition().ordinal(key.get(i)).orElseThrow();
      items.add(ColumnTypeSpec.cast(keyValues.get(i), target.definition(ordinal).type()));
    }
    SqlNode source = parts.source();
    ParameterTypes parameters = new ParameterTypes();
    Optional<MergeChanges.Matched> matched =
        parts
            .update()
            .map(
                update ->
                    matched(update, parts, TreeCopy.of(source), target, planning, parameters));
    int[] columns = parts.insert().map(insert -> insertColumns(insert, target)).orElse(new int[0]);
    parts
        .insert()
        .ifPresent(insert -> items.addAll(new InsertSource(target, columns).items(insert)));
    items.add(SqlIdentifier.star(merge.getParserPosition()));
    PlannedQuery rows = planning.plan(Selects.of(items, source, null));
    parameters.add(rows.parameters());
    Optional<InsertChanges> inserts =
        parts
            .insert()
            .map(
                insert ->
                    new InsertChanges(
                        target,
                        rows,
                        columns,
                        fillers(target, planning),
                        new ConflictAction.Refuse(),
                        List.of(),
                        sequences,
                        engine::nextRowNumber));
    return statement(
        Kind.MERGE,
        target,
        new MergeChanges(target, rows, matched, inserts),
        null,
        parameters,
        planning);
  }

  private static MergeChanges.Matched matched(
      SqlUpdate update,
      MergeParts parts,
      SqlNode source,
      WriteTarget target,
      Planning planning,
      ParameterTypes parameters) {
    int[] columns = target.columns(update.getTargetColumnList());
    List<SqlNode> items = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      SqlNode value = update.getSourceExpressionList().get(i);
      target.checkGivable(columns[i], value);
      if (target.definition().primaryKey().contains(target.definition(columns[i]).name())) {
        throw SqlProblem.at(
                ErrorCode.NOT_SUPPORTED,
                SqlPosition.of(value.getParserPosition()),
                "MERGE cannot change the key it is done by",
                "leave the key as it is.")
            .asException();
      }
      items.add(
          ColumnTypeSpec.cast(
              value(value, columns[i], target), target.definition(columns[i]).type()));
    }
    SqlNode both = Selects.cross(Selects.as(target.name(), parts.alias(), List.of()), source);
    Projections projections =
        planning.queries().rowValues(Selects.of(items, both, null), planning.session().schema());
    parameters.add(projections.parameters());
    return new MergeChanges.Matched(columns, projections.evaluators());
  }

  private static @Nullable Evaluator[] fillers(WriteTarget target, Planning planning) {
    @Nullable Evaluator[] fillers = new Evaluator[target.definition().columns().size()];
    for (int i = 0; i < fillers.length; i++) {
      fillers[i] = target.filler(i, planning);
    }
    return fillers;
  }

  private ConflictAction action(
      InsertOnConflict clause, WriteTarget target, Planning planning, ParameterTypes parameters) {
    checkConflictTarget(clause, target);
    return switch (clause.action()) {
      case InsertOnConflict.DoNothing nothing -> new ConflictAction.Ignore();
      case InsertOnConflict.DoUpdate update -> {
        int[] columns = new int[update.assignments().size()];
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
          Assignment assignment = update.assignments().get(i);
          columns[i] = target.column(assignment.column());
          target.checkGivable(columns[i], assignment.value());
          items.add(
              ColumnTypeSpec.cast(
                  ofTarget(value(assignment.value(), columns[i], target), target),
                  target.definition(columns[i]).type()));
        }
        if (update.where() != null) {
          items.add(ofTarget(update.where(), target));
        }
        // The validator tells tables apart by their nodes, so the second needs one of its own.
        SqlNode again = target.name().clone(target.name().getParserPosition());
        SqlNode both =
            Selects.cross(
                Selects.as(target.name(), target.definition().name(), List.of()),
                Selects.as(again, EXCLUDED, List.of()));
        Projections projections =
            planning
                .queries()
                .rowValues(Selects.of(items, both, null), planning.session().schema());
        parameters.add(projections.parameters());
        yield new ConflictAction.Update(columns, projections.evaluators());
      }
    };
  }

  private static void checkConflictTarget(InsertOnConflict clause, WriteTarget target) {
    Set<String> named = names(clause);
    boolean known =
        named.isEmpty()
            || named.equals(Set.copyOf(target.definition().primaryKey()))
            || target.uniques().stream()
                .anyMatch(each -> named.equals(Set.copyOf(each.unique().columns())));
    if (!known) {
      throw SqlProblem.at(
              ErrorCode.CONFLICT_TARGET_UNKNOWN,
              SqlPosition.of(clause.target().getFirst().getParserPosition()),
              "ON CONFLICT names (" + String.join(", ", named) + "), which is no key of the table",
              "write ON CONFLICT (" + String.join(", ", target.definition().primaryKey()) + ").")
          .asException();
    }
  }

  /** A column named alone is the old row's; {@code VALUES(c)}, as MySQL has it, the new one's. */
  private static SqlNode ofTarget(SqlNode expression, WriteTarget target) {
    SqlNode qualified =
        expression.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlIdentifier name) {
                return name.isSimple() && isColumn(name)
                    ? new SqlIdentifier(
                        List.of(target.definition().name(), name.getSimple()),
                        name.getParserPosition())
                    : name;
              }

              private boolean isColumn(SqlIdentifier name) {
                return target.fields().columns().stream()
                    .anyMatch(column -> column.name().equals(name.getSimple()));
              }
            });
    if (qualified == null) {
      throw new IllegalStateException("An expression vanished: " + expression);
    }
    return qualified;
  }

  /** The value, or what DEFAULT stands for. */
  private static SqlNode value(SqlNode value, int ordinal, WriteTarget target) {
    return InsertSource.isDefault(value)
        ? target
            .defaultOf(ordinal)
            .orElse(org.apache.calcite.sql.SqlLiteral.createNull(value.getParserPosition()))
        : value;
  }

  private PlannedStatement update(
      SqlUpdate update, @Nullable SqlNodeList returning, Planning planning) {
    WriteTarget target = WriteTarget.of(update.getTargetTable(), planning);
    int[] columns = target.columns(update.getTargetColumnList());
    List<SqlNode> items =
        new ArrayList<>(target.keyNames(update.getTargetTable().getParserPosition()));
    for (int i = 0; i < columns.length; i++) {
      target.checkGivable(columns[i], update.getSourceExpressionList().get(i));
      SqlNode value = value(update.getSourceExpressionList().get(i), columns[i], target);
      items.add(ColumnTypeSpec.cast(value, target.definition(columns[i]).type()));
    }
    SqlNode from = aliased(update.getTargetTable(), update.getAlias());
    PlannedQuery source = planning.plan(Selects.of(items, from, update.getCondition()));
    return changed(Kind.UPDATE, target, source, columns, returning, planning);
  }

  private PlannedStatement delete(
      SqlDelete delete, @Nullable SqlNodeList returning, Planning planning) {
    WriteTarget target = WriteTarget.of(delete.getTargetTable(), planning);
    SqlNode from = aliased(delete.getTargetTable(), delete.getAlias());
    PlannedQuery source =
        planning
            .queries()
            .plan(
                Selects.of(
                    target.keyNames(delete.getTargetTable().getParserPosition()),
                    from,
                    delete.getCondition()),
                planning.session().schema(),
                true);
    return changed(Kind.DELETE, target, source, new int[0], returning, planning);
  }

  private static SqlNode aliased(SqlNode table, @Nullable SqlIdentifier alias) {
    return alias == null ? table : Selects.as(table, alias.getSimple(), List.of());
  }

  private PlannedStatement changed(
      Kind kind,
      WriteTarget target,
      PlannedQuery source,
      int[] columns,
      @Nullable SqlNodeList returning,
      Planning planning) {
    ParameterTypes parameters = new ParameterTypes();
    parameters.add(source.parameters());
    RowChanges changes = new UpdateChanges(target, source, columns, kind == Kind.DELETE);
    return statement(kind, target, changes, returning, parameters, planning);
  }

  private PlannedStatement statement(
      Kind kind,
      WriteTarget target,
      RowChanges changes,
      @Nullable SqlNodeList returning,
      ParameterTypes parameters,
      Planning planning) {
    Optional<ReturnedRows> returned = Optional.empty();
    if (returning != null && !asked(returning, target).isEmpty()) {
      Projections projections =
          planning
              .queries()
              .projections(
                  Selects.of(asked(returning, target), target.name(), null),
                  planning.session().schema());
      parameters.add(projections.parameters());
      returned =
          Optional.of(new ReturnedRows(target, projections.columns(), projections.evaluators()));
    }
    return new WriteStatement(
        planning.sql(),
        kind,
        parameters.types(),
        target,
        changes,
        returned,
        engine,
        planning.runner(),
        guard(kind, target, changes, planning));
  }

  /** The items of RETURNING, with the key and identity columns for what drivers write. */
  private static List<SqlNode> asked(SqlNodeList returning, WriteTarget target) {
    boolean generated =
        returning.size() == 1
            && returning.get(0) instanceof SqlIdentifier name
            && name.isSimple()
            && name.getSimple().equals(GENERATED);
    if (!generated) {
      return new ArrayList<>(returning);
    }
    List<SqlNode> columns = new ArrayList<>();
    for (ColumnDefinition column : target.fields().columns()) {
      boolean key =
          target.definition().primaryKey().contains(column.name())
              && !column.name().equals(TableDefinition.ROW_NUMBER);
      if (key || column.identity()) {
        columns.add(new SqlIdentifier(column.name(), returning.getParserPosition()));
      }
    }
    return columns;
  }

  /** What holds the write to what its user may do; refuses it where that is nothing. */
  private static RowGuard guard(
      Kind kind, WriteTarget target, RowChanges changes, Planning planning) {
    CatalogTable table = target.fields();
    Set<Privilege> needed =
        switch (kind) {
          case INSERT ->
              changes instanceof InsertChanges insert && insert.mayReplace()
                  ? EnumSet.of(Privilege.INSERT, Privilege.UPDATE)
                  : EnumSet.of(Privilege.INSERT);
          case UPDATE -> EnumSet.of(Privilege.UPDATE);
          case DELETE -> EnumSet.of(Privilege.DELETE);
          case MERGE ->
              changes instanceof MergeChanges merge
                  ? merge.privileges()
                  : EnumSet.allOf(Privilege.class);
          default -> EnumSet.of(Privilege.INSERT, Privilege.UPDATE, Privilege.DELETE);
        };
    needed.removeAll(table.privileges());
    if (!needed.isEmpty()) {
      throw SqlProblem.at(
              ErrorCode.PRIVILEGE_MISSING,
              SqlPosition.of(target.name().getParserPosition()),
              "the user has no privilege "
                  + needed.stream().map(Enum::name).collect(Collectors.joining(", "))
                  + " on table \""
                  + target.definition().name()
                  + "\"",
              "ask an administrator to GRANT it.")
          .asException();
    }
    return new RowGuard(
        table, table.condition().map(condition -> planning.queries().condition(table, condition)));
  }

  /** The types of a statement's parameters, told by its parts. */
  private static final class ParameterTypes {
    private final List<RelDataType> types = new ArrayList<>();

    void add(List<RelDataType> part) {
      for (int i = 0; i < part.size(); i++) {
        if (i == types.size()) {
          types.add(part.get(i));
        } else if (isUnknown(types.get(i))) {
          types.set(i, part.get(i));
        }
      }
    }

    private static boolean isUnknown(RelDataType type) {
      return type.getSqlTypeName() == SqlTypeName.UNKNOWN
          || type.getSqlTypeName() == SqlTypeName.NULL;
    }

    List<RelDataType> types() {
      return types.stream()
          .map(
              type ->
                  isUnknown(type) ? QuiverTypeFactory.INSTANCE.simple(SqlTypeName.ANY, true) : type)
          .toList();
    }
  }
}
