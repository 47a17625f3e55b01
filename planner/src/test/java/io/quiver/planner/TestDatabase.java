package io.quiver.planner;

import io.quiver.engine.EngineOptions;
import io.quiver.engine.LogSubscriber;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.ViewDefinition;
import io.quiver.sql.parser.SqlCommand;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** An engine in memory with tables put there directly, and statements over it. */
final class TestDatabase implements AutoCloseable {
  private final VectorEngine engine;
  private CatalogSnapshot catalog = CatalogSnapshot.empty();
  private final List<SystemTable> systemTables = new ArrayList<>();
  final Session session = new Session("tester");
  final StatementPlanner planner;
  final QuiverStatements statements;

  TestDatabase() {
    engine =
        VectorEngine.openInMemory(EngineOptions.withDeriver((recipe, source) -> null), new Deaf());
    QueryRunner runner =
        new QueryRunner(engine, Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC));
    planner =
        new StatementPlanner(
            () -> catalog,
            () -> systemTables,
            (recipe, text) -> new SparseVectorValue(new int[0], new float[0]),
            runner,
            new QueriesOnly());
    statements = new QuiverStatements(planner, () -> catalog.version());
  }

  TestDatabase table(TableDefinition table, @Nullable Object[]... rows) {
    engine.define(
        new Definition(List.of(new SchemaChange.Create(table.collection())), new byte[0]));
    catalog = catalog.with(new CatalogChange.PutTable(table));
    if (rows.length > 0) {
      WriteBatch batch = new WriteBatch(table.collection());
      for (@Nullable Object[] row : rows) {
        batch.put(WriteBatch.Expectation.ABSENT, row);
      }
      engine.commit(List.of(batch), engine.snapshot().position());
    }
    return this;
  }

  TestDatabase view(String name, String query) {
    catalog =
        catalog.with(
            new CatalogChange.PutView(
                new ViewDefinition("public", name, List.of(), query, "public", "")));
    return this;
  }

  TestDatabase systemTable(SystemTable table) {
    systemTables.add(table);
    return this;
  }

  /** The rows, each as its values between commas. */
  List<String> query(String sql, @Nullable Object... parameters) {
    List<String> rows = new ArrayList<>();
    try (RowCursor cursor = run(sql, parameters).cursor()) {
      while (cursor.next()) {
        rows.add(text(cursor.row()));
      }
    }
    return rows;
  }

  StatementResult.Rows run(String sql, @Nullable Object... parameters) {
    Prepared prepared = statements.prepare(session, sql);
    return (StatementResult.Rows)
        statements.execute(session, prepared, parameters, StopSignal.NEVER);
  }

  private static String text(@Nullable Object[] row) {
    List<String> values = new ArrayList<>();
    for (Object value : row) {
      values.add(
          switch (value) {
            case float[] vector -> Arrays.toString(vector);
            case Double number -> String.valueOf(Math.round(number * 1e6) / 1e6);
            case null -> "null";
            default -> value.toString();
          });
    }
    return String.join(", ", values);
  }

  /** The plan as an indented text. */
  String plan(String sql) {
    StringBuilder text = new StringBuilder();
    if (planner.plan(sql, session) instanceof QueryStatement query) {
      append(text, query.query().plan(), 0);
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, io.quiver.planner.physical.PlanNode node, int depth) {
    text.append("  ".repeat(depth)).append(node.describe()).append('\n');
    node.inputs().forEach(each -> append(text, each, depth + 1));
  }

  @Override
  public void close() {
    engine.close();
  }

  private static final class Deaf implements LogSubscriber {
    @Override
    public void restore(byte[] snapshot, long position) {}

    @Override
    public void apply(long position, byte[] catalogRecord) {}

    @Override
    public byte[] snapshot() {
      return new byte[0];
    }
  }

  private static final class QueriesOnly implements StatementPlanner.OtherStatements {
    @Override
    public PlannedStatement write(SqlNode write, StatementPlanner.Planning planning) {
      throw new UnsupportedOperationException("write");
    }

    @Override
    public PlannedStatement command(SqlCommand command, StatementPlanner.Planning planning) {
      throw new UnsupportedOperationException("command");
    }
  }
}
