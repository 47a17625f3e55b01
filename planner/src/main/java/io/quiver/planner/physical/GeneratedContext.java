package io.quiver.planner.physical;

import io.quiver.sql.type.QuiverTypeFactory;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * What generated code asks of the world.
 *
 * @param stashed objects put aside when the code was made
 */
record GeneratedContext(Execution execution, Map<String, Object> stashed) implements DataContext {
  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return QuiverTypeFactory.INSTANCE;
  }

  @Override
  public QueryProvider getQueryProvider() {
    throw new UnsupportedOperationException("Generated code makes no queries");
  }

  @Override
  public @Nullable Object get(String name) {
    Object object = stashed.get(name);
    if (object != null) {
      return object;
    }
    if (name.startsWith("?")) {
      return execution.bindings().parameter(Integer.parseInt(name.substring(1)));
    }
    long now = execution.bindings().started().toEpochMilli();
    return switch (name) {
      case "utcTimestamp", "currentTimestamp", "localTimestamp" -> now;
      case "timeZone" -> TimeZone.getTimeZone("UTC");
      case "user", "systemUser" -> execution.bindings().user();
      default -> null;
    };
  }
}
