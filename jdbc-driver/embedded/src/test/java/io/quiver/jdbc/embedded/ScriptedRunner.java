package io.quiver.jdbc.embedded;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.Prepared;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.RowCursor;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A {@link StatementRunner} that knows the statements it was told, and keeps what it is given. */
final class ScriptedRunner implements StatementRunner {
  /** What a statement does with its parameters. */
  interface Answer extends BiFunction<Object[], StopSignal, StatementResult> {}

  record Scripted(
      String sql, Kind kind, List<ResultColumn> columns, List<ResultType> parameters, Answer answer)
      implements Prepared {}

  private final Map<String, Scripted> statements = new HashMap<>();
  final List<Object[]> executed = new ArrayList<>();
  final List<List<Object[]>> batches = new ArrayList<>();
  final AtomicInteger openCursors = new AtomicInteger();
  RuntimeException batchFailure;

  ScriptedRunner() {
    query("VALUES 1", List.of(column("x", type("INTEGER"))), List.of(), List.<Object[]>of(row(1)));
    query(
        "SELECT schema_name FROM information_schema.schemata",
        List.of(column("schema_name", type("VARCHAR"))),
        List.of(),
        List.<Object[]>of(row("public"), row("app")));
  }

  static Object[] row(Object... values) {
    return values;
  }

  static ResultType type(String name) {
    int open = name.indexOf('(');
    int precision =
        open < 0 ? -1 : Integer.parseInt(name.substring(open + 1).replaceAll("\\D.*", ""));
    boolean array = name.endsWith(" ARRAY");
    String plain = array ? "ARRAY" : open < 0 ? name : name.substring(0, open);
    ResultType.Kind kind =
        plain.equals("TIMESTAMP WITH TIME ZONE")
            ? ResultType.Kind.TIMESTAMP_TZ
            : ResultType.Kind.valueOf(plain.toUpperCase(Locale.ROOT));
    return new ResultType(
        kind,
        name,
        precision,
        name.startsWith("DECIMAL") ? 2 : 0,
        array ? Optional.of(type(name.substring(0, name.length() - 6))) : Optional.empty());
  }

  static ResultColumn column(String label, ResultType type) {
    return new ResultColumn(label, "docs", "public", type, true);
  }

  void add(Scripted statement) {
    statements.put(statement.sql(), statement);
  }

  void query(
      String sql, List<ResultColumn> columns, List<ResultType> parameters, List<Object[]> rows) {
    add(
        new Scripted(
            sql,
            Prepared.Kind.QUERY,
            columns,
            parameters,
            (given, stop) -> new StatementResult.Rows(cursor(rows.iterator(), stop), List.of())));
  }

  /** One row of one column. */
  void value(String sql, String type, Object value) {
    query(
        sql, List.of(column("v", type(type))), List.of(), List.<Object[]>of(new Object[] {value}));
  }

  /** Takes one parameter. */
  void update(String sql, String... types) {
    add(
        new Scripted(
            sql,
            Prepared.Kind.INSERT,
            List.of(),
            Arrays.stream(types).map(ScriptedRunner::type).toList(),
            (given, stop) -> new StatementResult.Changed(1, List.of())));
  }

  RowCursor cursor(Iterator<Object[]> rows, StopSignal stop) {
    openCursors.incrementAndGet();
    return new RowCursor() {
      private Object[] current;
      private boolean closed;

      @Override
      public boolean next() {
        stop.check();
        if (!rows.hasNext()) {
          return false;
        }
        current = rows.next();
        return true;
      }

      @Override
      public Object[] row() {
        return current;
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          openCursors.decrementAndGet();
        }
      }
    };
  }

  @Override
  public Prepared prepare(Session session, String sql) {
    Scripted known = statements.get(sql);
    if (known != null) {
      return known;
    }
    if (sql.startsWith("SET ")) {
      return setting(session, sql);
    }
    throw SqlProblem.of(
            ErrorCode.SYNTAX_ERROR, "nobody wrote a script for this", "write one in the test")
        .asException();
  }

  @Override
  public long[] executeBatch(Session session, List<String> sql, StopSignal stop) {
    return sql.stream()
        .map(each -> execute(session, prepare(session, each), new Object[0], stop))
        .mapToLong(result -> ((StatementResult.Changed) result).rows())
        .toArray();
  }

  private Prepared setting(Session session, String sql) {
    String[] words = sql.split("[ =']+");
    if (!words[1].equals("ef_search")) {
      throw SqlProblem.of(
              ErrorCode.SYNTAX_ERROR,
              "setting \"" + words[1] + "\" does not exist",
              "Did you mean \"ef_search\"?")
          .asException();
    }
    return new Scripted(
        sql,
        Prepared.Kind.SETTING,
        List.of(),
        List.of(),
        (given, stop) -> {
          session.set(words[1], words[2]);
          return new StatementResult.Changed(0, List.of());
        });
  }

  @Override
  public StatementResult execute(
      Session session, Prepared statement, Object[] parameters, StopSignal stop) {
    executed.add(parameters);
    return ((Scripted) statement).answer().apply(parameters, stop);
  }

  @Override
  public long[] executeBatch(
      Session session, Prepared statement, List<Object[]> rows, StopSignal stop) {
    if (batchFailure != null) {
      throw batchFailure;
    }
    batches.add(rows);
    long[] counts = new long[rows.size()];
    Arrays.fill(counts, 1);
    return counts;
  }
}
