package io.quiver.planner;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.derive.RecipeDeriver;
import io.quiver.planner.expression.VectorProblems;
import io.quiver.planner.monitor.MonitorTables;
import io.quiver.planner.monitor.StatementCounts;
import io.quiver.planner.monitor.StatementLog;
import io.quiver.planner.transaction.BatchRow;
import io.quiver.planner.transaction.StatementBatch;
import io.quiver.sql.catalog.Catalog;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.MalformedVectorException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Statements over one database: plans them, keeps the plans, runs them. */
public final class QuiverStatements implements StatementRunner {
  private static final int CACHED_PLANS = 1_000;
  private static final long CACHED_CHARACTERS = 4 << 20;
  private static final int LONGEST_CACHED = 64 << 10;

  /** A longer text that has the plan of its shape holds a vector, and will hardly come again. */
  private static final int LONGEST_CACHED_SHAPED = 512;

  private final StatementPlanner planner;
  private final LongSupplier catalogVersion;
  private final PlanCache cache =
      new PlanCache("text", CACHED_PLANS, CACHED_CHARACTERS, LONGEST_CACHED);
  private final ShapeCache shapes;
  private final StatementLog log = new StatementLog();

  /** Statements of every kind over an open database. */
  public static QuiverStatements over(VectorEngine engine, Catalog catalog, Clock clock) {
    StatementPlanner planner =
        new StatementPlanner(
            catalog::current,
            catalog::systemTables,
            new RecipeDeriver()::terms,
            new QueryRunner(engine, clock),
            new StatementKinds(engine, catalog, clock));
    QuiverStatements statements = new QuiverStatements(planner, () -> catalog.current().version());
    catalog.add(
        MonitorTables.of(
            engine, catalog, statements.log, List.of(statements.cache, statements.shapes.plans())));
    return statements;
  }

  /**
   * @param catalogVersion the version of the catalog as it is, so that no plan outlives its tables
   */
  public QuiverStatements(StatementPlanner planner, LongSupplier catalogVersion) {
    this.planner = planner;
    this.shapes = new ShapeCache(planner);
    this.catalogVersion = catalogVersion;
  }

  @Override
  public Prepared prepare(Session session, String sql) {
    return planned(session, sql);
  }

  private PlannedStatement planned(Session session, String sql) {
    PlanCache.Key key =
        new PlanCache.Key(sql, session.schema(), catalogVersion.getAsLong(), session.principal());
    PlannedStatement known = cache.find(key);
    if (known != null) {
      return known;
    }
    Optional<PlannedStatement> shaped = shapes.find(session, key);
    if (shaped.isPresent()) {
      if (sql.length() <= LONGEST_CACHED_SHAPED) {
        cache.put(key, shaped.get());
      }
      return shaped.get();
    }
    PlannedStatement plan = planner.plan(sql, session);
    cache.put(key, plan);
    return plan;
  }

  @Override
  public StatementResult execute(
      Session session, Prepared statement, @Nullable Object[] parameters, StopSignal stop) {
    // A plan made before the catalog changed is made again.
    PlannedStatement plan = current(session, statement);
    session.transaction().admit(plan.kind());
    StatementCounts counts = log.of(plan.countedAs());
    long start = System.nanoTime();
    try {
      StatementResult result =
          telling(
              plan.sql(),
              () ->
                  planned(
                      session,
                      plan,
                      statement,
                      stop,
                      each -> each.run(session, converted(each, parameters), stop)));
      return switch (result) {
        case StatementResult.Changed changed -> {
          counts.ran(System.nanoTime() - start, changed.rows());
          yield changed;
        }
        case StatementResult.Rows rows ->
            new StatementResult.Rows(
                new CountedCursor(
                    rows.cursor(),
                    plan.countedAs(),
                    session,
                    counts,
                    rows.work(),
                    log.totals(),
                    start),
                rows.warnings(),
                rows.work());
      };
    } catch (RuntimeException | Error e) {
      counts.failed(System.nanoTime() - start);
      throw e;
    }
  }

  @Override
  public long[] executeBatch(
      Session session, Prepared statement, List<@Nullable Object[]> rows, StopSignal stop) {
    PlannedStatement plan = current(session, statement);
    session.transaction().admit(plan.kind());
    StatementCounts counts = log.of(plan.countedAs());
    long start = System.nanoTime();
    long[] changed = batch(session, plan, statement, rows, stop);
    counts.ran(System.nanoTime() - start, LongStream.of(changed).filter(each -> each > 0).sum());
    return changed;
  }

  @Override
  public long[] executeBatch(Session session, List<String> statements, StopSignal stop) {
    return new StatementBatch(this).run(session, statements, stop);
  }

  private long[] batch(
      Session session,
      PlannedStatement first,
      Prepared statement,
      List<@Nullable Object[]> rows,
      StopSignal stop) {
    return telling(
        statement.sql(),
        () ->
            planned(
                session,
                first,
                statement,
                stop,
                plan -> {
                  List<@Nullable Object[]> converted = new ArrayList<>(rows.size());
                  for (int i = 0; i < rows.size(); i++) {
                    try {
                      converted.add(converted(plan, rows.get(i)));
                    } catch (SqlProblemException e) {
                      throw BatchRow.naming(i, e);
                    }
                  }
                  return plan.runBatch(session, converted, stop);
                }));
  }

  /** Runs the plan, anew for as long as its tables are defined anew in the meantime. */
  private <T> T planned(
      Session session,
      PlannedStatement first,
      Prepared statement,
      StopSignal stop,
      Function<PlannedStatement, T> run) {
    PlannedStatement plan = first;
    while (true) {
      try {
        return run.apply(plan);
      } catch (StalePlanException stale) {
        stop.check();
        // The engine shows a definition a moment before the catalog does.
        Thread.yield();
        plan = current(session, statement);
      }
    }
  }

  private PlannedStatement current(Session session, Prepared statement) {
    if (statement instanceof PlannedStatement plan && !plan.isCacheable()) {
      return plan;
    }
    if (statement instanceof ShapedQuery shaped
        && shaped.key().catalogVersion() == catalogVersion.getAsLong()
        && shaped.key().schema().equals(session.schema())) {
      return shaped;
    }
    return planned(session, statement.sql());
  }

  private static @Nullable Object[] converted(
      PlannedStatement plan, @Nullable Object[] parameters) {
    List<RelDataType> types = plan.parameterTypes();
    if (parameters.length != types.size()) {
      throw SqlProblem.of(
              ErrorCode.PARAMETER_COUNT,
              "the statement has "
                  + types.size()
                  + " parameters, "
                  + parameters.length
                  + " values are given",
              "give one value for each ?.")
          .asException();
    }
    @Nullable Object[] values = new Object[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ParameterValues.convert(parameters[i], types.get(i), i + 1);
    }
    return values;
  }

  /** Runs it, telling what goes wrong in words of SQL. */
  private static <T> T telling(String sql, Supplier<T> run) {
    try {
      return run.get();
    } catch (SqlProblemException e) {
      throw e.in(sql);
    } catch (MalformedVectorException e) {
      throw VectorProblems.of(e).in(sql);
    }
  }
}
