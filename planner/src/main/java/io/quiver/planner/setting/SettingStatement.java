package io.quiver.planner.setting;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.MemoryCursor;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.ResultType;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.parser.Command;
import io.quiver.sql.parser.ResetSetting;
import io.quiver.sql.parser.SetSetting;
import io.quiver.sql.parser.SettingScope;
import io.quiver.sql.parser.ShowSetting;
import io.quiver.sql.parser.UseSchema;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * SET, RESET, SHOW and USE.
 *
 * @param catalog tells which schemas there are
 */
public record SettingStatement(String sql, Command command, Supplier<CatalogSnapshot> catalog)
    implements PlannedStatement {
  private static final ResultType TEXT =
      new ResultType(ResultType.Kind.VARCHAR, "VARCHAR", -1, 0, Optional.empty());

  /** Whether the command is one this class carries out. */
  public static boolean handles(Command command) {
    return switch (command) {
      case SetSetting set -> true;
      case ResetSetting reset -> true;
      case ShowSetting show -> true;
      case UseSchema use -> true;
      default -> false;
    };
  }

  @Override
  public Kind kind() {
    return command instanceof ShowSetting ? Kind.QUERY : Kind.SETTING;
  }

  @Override
  public List<ResultColumn> columns() {
    return command instanceof ShowSetting
        ? List.of(text("name"), text("value"), text("description"))
        : List.of();
  }

  private static ResultColumn text(String label) {
    return new ResultColumn(label, "", "", TEXT, false);
  }

  @Override
  public boolean isCacheable() {
    return false;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    switch (command) {
      case SetSetting set -> set(session, set);
      case ResetSetting reset -> reset(session, reset);
      case UseSchema use -> use(session, use.name());
      case ShowSetting show -> {
        return new StatementResult.Rows(new MemoryCursor(shown(session, show)), List.of());
      }
      default -> throw new IllegalStateException("Not a setting: " + command.statementName());
    }
    return new StatementResult.Changed(0, List.of());
  }

  private void set(Session session, SetSetting set) {
    String name = String.join(".", set.name().names);
    String value = set.value();
    if (isSchema(name)) {
      use(
          session,
          new SqlIdentifier(value == null ? "public" : value, set.name().getParserPosition()));
      return;
    }
    Setting setting = Setting.named(name).orElseThrow(() -> unknown(set.name()));
    if (value == null) {
      session.reset(setting.plainName());
      return;
    }
    String normal =
        setting
            .range()
            .normalise(value)
            .orElseThrow(
                () ->
                    SqlProblem.at(
                            ErrorCode.SETTING_INVALID,
                            SqlPosition.of(set.name().getParserPosition()),
                            setting.plainName()
                                + " is "
                                + value
                                + ", not "
                                + setting.range().description(),
                            "give " + setting.range().description() + ".")
                        .asException());
    if (setting == Setting.STATEMENT_TIMEOUT) {
      checkTimeout(session, normal, SqlPosition.of(set.name().getParserPosition()));
    }
    if (set.scope() == SettingScope.TRANSACTION) {
      session.setLocal(setting.plainName(), normal);
    } else {
      session.set(setting.plainName(), normal);
    }
  }

  /** A session may take less time than a server allows, not more. */
  private static void checkTimeout(Session session, String millis, SqlPosition position) {
    int most = session.limits().statementMillis();
    int asked = Integer.parseInt(millis);
    if (most < Integer.MAX_VALUE && (asked == 0 || asked > most)) {
      throw SqlProblem.at(
              ErrorCode.LIMIT_EXCEEDED,
              position,
              "statement_timeout is "
                  + (asked == 0 ? "0, no limit" : millis)
                  + ", more than the "
                  + most
                  + " ms that max_statement_timeout_millis allows",
              "give a number from 1 to " + most + ".")
          .asException();
    }
  }

  private static boolean isSchema(String name) {
    return name.equalsIgnoreCase("search_path") || name.equalsIgnoreCase("schema");
  }

  private static RuntimeException unknown(SqlIdentifier name) {
    return SqlProblem.at(
            ErrorCode.SETTING_UNKNOWN,
            SqlPosition.of(name.getParserPosition()),
            "there is no setting " + name,
            NearestName.remedy(
                name.names.getLast().toLowerCase(Locale.ROOT),
                Setting.names(),
                "SHOW ALL lists the settings."))
        .asException();
  }

  private void reset(Session session, ResetSetting reset) {
    SqlIdentifier named = reset.name();
    if (named == null) {
      session.resetAll();
      session.useSchema(CatalogSnapshot.DEFAULT_SCHEMA);
      return;
    }
    String name = String.join(".", named.names);
    if (isSchema(name)) {
      session.useSchema(CatalogSnapshot.DEFAULT_SCHEMA);
      return;
    }
    session.reset(Setting.named(name).orElseThrow(() -> unknown(named)).plainName());
  }

  private void use(Session session, SqlIdentifier name) {
    String schema = name.names.getLast();
    if (!catalog.get().schemas().contains(schema)) {
      throw SqlProblem.at(
              ErrorCode.SCHEMA_UNKNOWN,
              SqlPosition.of(name.getParserPosition()),
              "there is no schema \"" + schema + "\"",
              NearestName.remedy(schema, catalog.get().schemas(), "CREATE SCHEMA makes one."))
          .asException();
    }
    session.useSchema(schema);
  }

  private static List<@Nullable Object[]> shown(Session session, ShowSetting show) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    SqlIdentifier name = show.name();
    if (name != null && isSchema(String.join(".", name.names))) {
      rows.add(
          new Object[] {"schema", session.schema(), "Where names without a schema are looked up."});
      return rows;
    }
    if (name != null) {
      Setting setting =
          Setting.named(String.join(".", name.names)).orElseThrow(() -> unknown(name));
      rows.add(row(setting, session));
      return rows;
    }
    for (Setting setting : Setting.values()) {
      rows.add(row(setting, session));
    }
    return rows;
  }

  private static @Nullable Object[] row(Setting setting, Session session) {
    return new Object[] {setting.plainName(), setting.value(session), setting.sentence()};
  }
}
