package io.quiver.jdbc.avatica;

import java.util.List;
import org.apache.calcite.avatica.Meta;

/**
 * What JDBC lets an application do to a running statement and Avatica's {@link Meta} has no word
 * for. The Meta of each half implements it.
 */
public interface StatementControl {
  /** Stops what the statement is doing now, if it is doing something. From any thread. */
  void cancel(Meta.StatementHandle statement);

  /** Milliseconds that each later execution may take; 0 for no limit. */
  void limitTime(Meta.StatementHandle statement, long millis);

  /** What the last execution had to say, such as an index it could not use. */
  List<String> warnings(Meta.StatementHandle statement);
}
