package io.quiver.planner.copy;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.ParameterValues;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Session;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.StatementResult;
import io.quiver.planner.transfer.BadRowException;
import io.quiver.planner.transfer.FieldValue;
import io.quiver.planner.transfer.RowReader;
import io.quiver.planner.transfer.SourceRow;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.QuotedName;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a COPY FROM: rows of the file become rows of the table, a commit for each batch. */
final class CopyLoading {
  private final Planning planning;
  private final Session session;
  private final boolean namesColumns;
  private final Map<String, ColumnDefinition> columns;
  private final CopyOptions options;
  private final StopSignal stop;
  private final TableDefinition table;
  private final Map<Set<String>, PlannedStatement> inserts = new HashMap<>();
  private Set<String> given;
  private PlannedStatement insert;
  private final List<String> warnings = new ArrayList<>();
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private long loaded;
  private int bad;
  private long firstLine;
  private long lastLine;

  /**
   * @param columns filled, by name of the field
   * @param namesColumns whether the statement does, so that other fields are left aside
   */
  CopyLoading(
      Planning planning,
      Session session,
      TableDefinition table,
      Map<String, ColumnDefinition> columns,
      boolean namesColumns,
      CopyOptions options,
      StopSignal stop) {
    this.planning = planning;
    this.session = session;
    this.namesColumns = namesColumns;
    this.columns = columns;
    this.options = options;
    this.stop = stop;
    this.table = table;
    this.given = columns.keySet();
    this.insert = insert(given);
  }

  /** An INSERT of these fields; the columns of others have their defaults. */
  private PlannedStatement insert(Set<String> fields) {
    return inserts.computeIfAbsent(
        fields,
        wanted -> {
          List<ColumnDefinition> filled =
              columns.entrySet().stream()
                  .filter(each -> wanted.contains(each.getKey()))
                  .map(Map.Entry::getValue)
                  .toList();
          return planning
              .planner()
              .plan(
                  (options.upsert() ? "UPSERT INTO " : "INSERT INTO ")
                      + QuotedName.of(table.schema())
                      + "."
                      + QuotedName.of(table.name())
                      + filled.stream()
                          .map(each -> QuotedName.of(each.name()))
                          .collect(Collectors.joining(", ", " (", ")"))
                      + filled.stream()
                          .map(each -> "?")
                          .collect(Collectors.joining(", ", " VALUES (", ")")),
                  session);
        });
  }

  /** The fields that a row has, and those whose columns are null where it has not. */
  private Set<String> fields(SourceRow row) {
    Set<String> fields = new LinkedHashSet<>(columns.keySet());
    fields.removeIf(
        field -> {
          ColumnDefinition column = Objects.requireNonNull(columns.get(field));
          return !row.values().containsKey(field)
              && (column.defaultSql().isPresent() || column.identity());
        });
    return fields;
  }

  StatementResult load(RowReader reader) throws IOException {
    while (true) {
      stop.check();
      try {
        SourceRow row = reader.next();
        if (row == null) {
          break;
        }
        add(row);
      } catch (BadRowException malformed) {
        leaveOut(malformed.number(), String.valueOf(malformed.getMessage()));
      }
    }
    commit();
    return new StatementResult.Changed(loaded, warnings);
  }

  private void add(SourceRow row) {
    Set<String> fields = fields(row);
    if (!fields.equals(given)) {
      commit();
      given = fields;
      insert = insert(fields);
    }
    @Nullable Object[] values = new Object[fields.size()];
    int i = 0;
    try {
      for (String field : row.values().keySet()) {
        if (!namesColumns && !columns.containsKey(field)) {
          throw new IllegalArgumentException(
              "field \""
                  + field
                  + "\" is in none of the first "
                  + CopyFromStatement.SAMPLE_ROWS
                  + " rows");
        }
      }
      for (Map.Entry<String, ColumnDefinition> column : columns.entrySet()) {
        if (!fields.contains(column.getKey())) {
          continue;
        }
        Object value =
            FieldValue.of(row.values().get(column.getKey()), column.getValue().type().sql());
        values[i] = ParameterValues.convert(value, insert.parameterTypes().get(i), i + 1);
        i++;
      }
    } catch (IllegalArgumentException doesNotRead) {
      leaveOut(row.number(), String.valueOf(doesNotRead.getMessage()));
      return;
    } catch (SqlProblemException doesNotRead) {
      leaveOut(row.number(), doesNotRead.problem().message());
      return;
    }
    if (rows.isEmpty()) {
      firstLine = row.number();
    }
    lastLine = row.number();
    rows.add(values);
    if (rows.size() >= options.batch()) {
      commit();
    }
  }

  private void commit() {
    if (rows.isEmpty()) {
      return;
    }
    try {
      insert.runBatch(session, rows, stop);
    } catch (SqlProblemException refused) {
      SqlProblem problem = refused.problem();
      throw SqlProblem.of(
              problem.code(),
              "of "
                  + options.format().rowWord()
                  + "s "
                  + firstLine
                  + " to "
                  + lastLine
                  + ", "
                  + problem.message()
                  + "; "
                  + loaded
                  + " rows before them were loaded",
              problem.remedy())
          .asException();
    }
    loaded += rows.size();
    rows.clear();
  }

  private void leaveOut(long line, String why) {
    bad++;
    if (bad > options.badBound()) {
      commit();
      throw SqlProblem.of(
              ErrorCode.FILE_ROW_INVALID,
              options.format().rowWord()
                  + " "
                  + line
                  + " of "
                  + options.file()
                  + ": "
                  + why
                  + "; "
                  + loaded
                  + " rows before it were loaded",
              "correct it, or bear bad " + options.format().rowWord() + "s with (MAX_BAD 100).")
          .asException();
    }
    if (warnings.size() < 20) {
      warnings.add(options.format().rowWord() + " " + line + " was left out: " + why);
    }
  }
}
