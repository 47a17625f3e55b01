package io.quiver.planner;

import io.quiver.planner.PlanCache.Key;
import io.quiver.sql.parser.StatementShape;
import io.quiver.sql.problem.SqlProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The second level of the plan cache: plans of queries without their literals. Clients that write
 * values into the text (every BI tool, and every store that writes vectors as text) find a plan
 * here though their text is new each time. Safe for use by many threads.
 */
final class ShapeCache {
  private static final int MOST = 1_000;
  private static final long MOST_CHARACTERS = 4 << 20;
  private static final int LONGEST = 64 << 10;

  private final StatementPlanner planner;
  private final PlanCache plans = new PlanCache("shape", MOST, MOST_CHARACTERS, LONGEST);

  /** Shapes whose literals cannot be parameters, so that none is planned in vain twice. */
  private final Map<Key, Boolean> refused = new LinkedHashMap<>();

  ShapeCache(StatementPlanner planner) {
    this.planner = planner;
  }

  PlanCache plans() {
    return plans;
  }

  /** The query by the plan of its shape, if it has one and its literals fit. */
  Optional<PlannedStatement> find(Session session, Key query) {
    Optional<StatementShape> shape = StatementShape.of(query.sql());
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    Key key =
        new Key(shape.get().text(), query.schema(), query.catalogVersion(), query.principal());
    return plan(session, key)
        .flatMap(
            plan ->
                ShapedQuery.values(shape.get().literals(), plan.parameterTypes())
                    .map(values -> new ShapedQuery(query.sql(), key, plan, values, planner)));
  }

  private Optional<PlannedStatement> plan(Session session, Key key) {
    PlannedStatement known = plans.find(key);
    if (known != null) {
      return Optional.of(known);
    }
    synchronized (refused) {
      if (refused.containsKey(key)) {
        return Optional.empty();
      }
    }
    try {
      PlannedStatement plan = planner.plan(key.sql(), session);
      plans.put(key, plan);
      return Optional.of(plan);
    } catch (SqlProblemException e) {
      synchronized (refused) {
        refused.put(key, true);
        if (refused.size() > MOST) {
          var eldest = refused.keySet().iterator();
          eldest.next();
          eldest.remove();
        }
      }
      return Optional.empty();
    }
  }
}
