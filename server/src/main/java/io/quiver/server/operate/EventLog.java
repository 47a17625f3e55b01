package io.quiver.server.operate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server does and what goes wrong in it, as lines of JSON. */
public final class EventLog {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final PrintStream out;
  private final Clock clock;

  public EventLog(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  public void info(String message) {
    out.println(line("info", message));
  }

  /** A defect, with where it happened. */
  public void error(String message, @Nullable Throwable failure) {
    ObjectNode line = line("error", message);
    if (failure != null) {
      line.put("failure", failure.toString());
      StackTraceElement[] trace = failure.getStackTrace();
      if (trace.length > 0) {
        line.put("at", trace[0].toString());
      }
    }
    out.println(line);
  }

  /** A request was refused before it reached the database. */
  void refused(int status, String address, String reason) {
    out.println(
        line("refused", "A request was refused")
            .put("status", status)
            .put("from", address)
            .put("reason", reason));
  }

  /**
   * A statement took long.
   *
   * @param plan how it was carried out, a node a line
   */
  void slow(String user, String sql, long millis, List<String> plan) {
    ObjectNode line =
        line("slow", "A statement took long")
            .put("user", user)
            .put("sql", sql)
            .put("millis", millis);
    ArrayNode nodes = line.putArray("plan");
    plan.forEach(nodes::add);
    out.println(line);
  }

  private ObjectNode line(String level, String message) {
    return MAPPER
        .createObjectNode()
        .put("time", clock.instant().toString())
        .put("level", level)
        .put("message", message);
  }
}
