package io.quiver.planner.definition;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Session;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.StatementResult;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CreateTable;
import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.problem.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE AS: the table, then its rows as one commit. Others may see the table empty in
 * between; if the rows cannot be written, it is taken back.
 *
 * @param query what gives the rows
 */
public record TableFromQuery(
    String sql,
    CreateTable create,
    PlannedQuery query,
    List<ColumnDefinition> tableColumns,
    DefinitionRunner runner,
    Planning planning)
    implements PlannedStatement {
  /** The statement, planned against the catalog as it is. */
  public static TableFromQuery of(CreateTable create, DefinitionRunner runner, Planning planning) {
    if (create.query() == null) {
      throw new IllegalArgumentException("No query to make the table of");
    }
    if (!create.columns().isEmpty()) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          create.columns().getFirst().position(),
          "the columns of CREATE TABLE AS come from its query",
          "write CREATE TABLE "
              + create.name()
              + " (PRIMARY KEY (...)) AS SELECT ..., or without"
              + " parentheses.");
    }
    PlannedQuery query = planning.plan(create.query());
    return new TableFromQuery(
        planning.sql(),
        create,
        query,
        QueryColumns.of(query.rowType(), create.name().getParserPosition()),
        runner,
        planning);
  }

  @Override
  public Kind kind() {
    return Kind.DEFINITION;
  }

  @Override
  public List<RelDataType> parameterTypes() {
    return query.parameters();
  }

  @Override
  public Optional<PlanNode> explained() {
    return Optional.of(
        new WriteNode("CreateTable(table=" + create.name() + ")", List.of(query.plan())));
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    Optional<TableDefinition> made = runner.create(session, create, tableColumns, sql);
    if (made.isEmpty()) {
      return new StatementResult.Changed(0, List.of());
    }
    try {
      return planning.planner().plan(insert(made.get()), session).run(session, parameters, stop);
    } catch (RuntimeException | Error e) {
      runner.takeBack(made.get());
      throw e;
    }
  }

  private String insert(TableDefinition table) {
    String columns =
        tableColumns.stream()
            .map(column -> QuotedName.of(column.name()))
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + QuotedName.of(table.schema())
        + "."
        + QuotedName.of(table.name())
        + " ("
        + columns
        + ") "
        + new StatementText(sql).queryOf(create);
  }
}
