package io.quiver.planner;

import io.quiver.planner.expression.UnsupportedExpressionException;
import io.quiver.planner.physical.SearchPlanner;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.parser.SqlCommand;
import io.quiver.sql.parser.StatementParser;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.validate.CatalogSchema;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;

/** From the text of a statement to what runs. Shared by all threads. */
public final class StatementPlanner {
  private final StatementParser parser = new StatementParser();
  private final Supplier<CatalogSnapshot> catalog;
  private final Supplier<List<SystemTable>> systemTables;
  private final SearchPlanner.TermRecipe terms;
  private final QueryRunner runner;
  private final OtherStatements others;
  private final AtomicReference<CatalogSchema> latest = new AtomicReference<>();
  private final RestrictedSchemas restricted = new RestrictedSchemas();

  /** Plans what is not a query: writes, definitions, settings, EXPLAIN. */
  public interface OtherStatements {
    /** A write, as Calcite's nodes have it. */
    PlannedStatement write(SqlNode write, Planning planning);

    /** A command of our grammar. */
    PlannedStatement command(SqlCommand command, Planning planning);
  }

  /**
   * One statement being planned.
   *
   * @param sql its text
   * @param session whose settings and schema hold
   * @param schema the version of the catalog it is planned against
   * @param planner plans it
   */
  public record Planning(
      String sql, Session session, CatalogSchema schema, StatementPlanner planner) {
    /** A planner of one query of the statement. */
    public QueryPlanner queries() {
      return new QueryPlanner(schema, planner.terms);
    }

    /** A query of the statement, ready to run. */
    public PlannedQuery plan(SqlNode query) {
      return queries().plan(query, session.schema());
    }

    /** Any statement inside this one, as EXPLAIN has one. */
    public PlannedStatement statement(SqlNode node) {
      return planner.plan(node, this);
    }

    public QueryRunner runner() {
      return planner.runner;
    }
  }

  public StatementPlanner(
      Supplier<CatalogSnapshot> catalog,
      Supplier<List<SystemTable>> systemTables,
      SearchPlanner.TermRecipe terms,
      QueryRunner runner,
      OtherStatements others) {
    this.catalog = catalog;
    this.systemTables = systemTables;
    this.terms = terms;
    this.runner = runner;
    this.others = others;
  }

  /**
   * Plans a statement against the catalog as it is.
   *
   * @throws SqlProblemException showing what is wrong with it, and where
   */
  public PlannedStatement plan(String sql, Session session) {
    try {
      SqlNode node = parser.parse(sql);
      return plan(node, new Planning(sql, session, schema(session), this));
    } catch (SqlProblemException e) {
      throw e.in(sql);
    } catch (UnsupportedExpressionException e) {
      throw e.asProblem().in(sql);
    } catch (StackOverflowError e) {
      throw SqlProblem.of(
              ErrorCode.STATEMENT_TOO_DEEP,
              "expressions or sub-queries of the statement are nested too deeply",
              "use IN or a parameter in place of a long chain of OR.")
          .asException();
    }
  }

  private PlannedStatement plan(SqlNode node, Planning planning) {
    return switch (node.getKind()) {
      case INSERT, UPDATE, DELETE, MERGE -> others.write(node, planning);
      case SELECT, UNION, INTERSECT, EXCEPT, VALUES, WITH, ORDER_BY, EXPLICIT_TABLE ->
          new QueryStatement(planning.sql(), planning.plan(node), runner);
      default -> {
        if (node instanceof SqlCommand command) {
          yield others.command(command, planning);
        }
        throw SqlProblem.of(
                ErrorCode.NOT_SUPPORTED,
                "Quiver does not do " + node.getKind().sql + " statements",
                "see the list of statements in docs/sql.md.")
            .asException();
      }
    };
  }

  /** What the session may know of the catalog, in Calcite's form. */
  private CatalogSchema schema(Session session) {
    CatalogSnapshot snapshot = catalog.get();
    Rights rights = session.rights(snapshot);
    if (rights.isUnlimited()) {
      return schema();
    }
    return restricted.of(
        session.principal().orElseThrow(),
        snapshot,
        () ->
            new CatalogSchema(
                snapshot.seenWith(rights),
                SeenTables.of(systemTables.get(), snapshot.seenWith(rights)),
                rights));
  }

  /** The catalog's latest version, in Calcite's form; made anew when the catalog has changed. */
  public CatalogSchema schema() {
    CatalogSnapshot snapshot = catalog.get();
    CatalogSchema known = latest.get();
    if (known != null && known.snapshot().version() == snapshot.version()) {
      return known;
    }
    CatalogSchema made = new CatalogSchema(snapshot, systemTables.get());
    latest.set(made);
    return made;
  }
}
