package io.quiver.planner.copy;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.PlannedStatement;
import io.quiver.planner.Session;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.StatementResult;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.planner.transfer.FileFormat;
import io.quiver.planner.transfer.ReadOptions;
import io.quiver.planner.transfer.RowReader;
import io.quiver.planner.transfer.TableGuess;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.CopyFrom;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.CatalogTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * COPY FROM: rows of a file by name of their fields, a commit for each batch of them. A row that
 * does not fit ends it, unless so many are borne; what was committed before stays.
 */
public record CopyFromStatement(CopyFrom copy, Planning planning) implements PlannedStatement {
  /** Rows of the file that tell which fields it has. */
  static final int SAMPLE_ROWS = 1_000;

  @Override
  public String sql() {
    return planning.sql();
  }

  @Override
  public Kind kind() {
    return Kind.INSERT;
  }

  @Override
  public Optional<PlanNode> explained() {
    return Optional.of(
        new WriteNode("CopyFrom(table=" + copy.table() + ", file=" + copy.file() + ")", List.of()));
  }

  @Override
  public boolean isCacheable() {
    return false;
  }

  @Override
  public StatementResult run(Session session, @Nullable Object[] parameters, StopSignal stop) {
    CopyOptions.checkAllowed(session, copy.table().getParserPosition());
    CopyOptions options =
        CopyOptions.of(copy.file(), copy.options(), copy.table().getParserPosition());
    TableDefinition table = table(session);
    if (!Files.isReadable(options.file()) || Files.isDirectory(options.file())) {
      throw CopyOptions.problem(
          ErrorCode.FILE_UNKNOWN,
          copy.table().getParserPosition(),
          "there is no file " + options.file().toAbsolutePath() + " that can be read",
          "give a path on the machine the database runs on.");
    }
    try {
      Map<String, ColumnDefinition> columns = columns(table, options);
      Set<String> json =
          columns.entrySet().stream()
              .filter(each -> each.getValue().type().sql().equals("JSON"))
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      ReadOptions reading = options.reading().with(columns.keySet(), json);
      options.format().check(options.file(), reading, stop::check);
      try (RowReader reader = options.format().open(options.file(), reading)) {
        return new CopyLoading(
                planning, session, table, columns, !copy.columns().isEmpty(), options, stop)
            .load(reader);
      }
    } catch (IOException broken) {
      throw SqlProblem.of(
              ErrorCode.INPUT_OUTPUT,
              "file " + options.file() + " cannot be read further: " + broken.getMessage(),
              "check that it is whole, and of format " + options.format() + ".")
          .asException();
    }
  }

  private TableDefinition table(Session session) {
    return planning
        .schema()
        .find(copy.table().names, session.schema())
        .flatMap(found -> found instanceof CatalogTable stored ? stored.stored() : Optional.empty())
        .orElseThrow(
            () ->
                CopyOptions.problem(
                    ErrorCode.TABLE_UNKNOWN,
                    copy.table().getParserPosition(),
                    "there is no table \"" + copy.table() + "\"",
                    "create it first, or give its schema."));
  }

  /** The columns rows are put into, by name of the field. */
  private Map<String, ColumnDefinition> columns(TableDefinition table, CopyOptions options)
      throws IOException {
    Set<String> fields;
    try (RowReader reader = options.format().open(options.file(), options.reading())) {
      fields = TableGuess.of(reader, SAMPLE_ROWS).types().keySet();
    }
    if (fields.isEmpty()) {
      throw SqlProblem.of(
              ErrorCode.VALUE_INVALID,
              "no row of file " + options.file() + " can be read as " + options.format(),
              "say what it is with (FORMAT jsonl); there are " + FileFormat.NAMES + ".")
          .asException();
    }
    Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
    if (copy.columns().isEmpty()) {
      for (String field : fields) {
        columns.put(field, column(table, TableGuess.columnName(field), copy.table()));
      }
    }
    for (SqlIdentifier name : copy.columns()) {
      ColumnDefinition column = column(table, name.getSimple(), name);
      columns.put(field(fields, name), column);
    }
    return columns;
  }

  /** The field that a column is filled from; a column that none fills would be null unnoticed. */
  private static String field(Set<String> fields, SqlIdentifier column) {
    String name = column.getSimple();
    return fields.stream()
        .filter(each -> each.equals(name))
        .findFirst()
        .or(
            () ->
                fields.stream()
                    .filter(each -> TableGuess.columnName(each).equalsIgnoreCase(name))
                    .findFirst())
        .orElseThrow(
            () ->
                CopyOptions.problem(
                    ErrorCode.COLUMN_UNKNOWN,
                    column.getParserPosition(),
                    "none of the first "
                        + SAMPLE_ROWS
                        + " rows of the file has a field \""
                        + name
                        + "\"",
                    NearestName.remedy(
                        name,
                        List.copyOf(fields),
                        "its fields are " + String.join(", ", fields) + ".")));
  }

  private static ColumnDefinition column(TableDefinition table, String name, SqlIdentifier place) {
    List<String> names = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      if (column.visibility() != Visibility.INTERNAL
          && !column.name().equals(TableDefinition.ROW_NUMBER)) {
        if (column.name().equalsIgnoreCase(name)) {
          return column;
        }
        names.add(column.name());
      }
    }
    throw CopyOptions.problem(
        ErrorCode.COLUMN_UNKNOWN,
        place.getParserPosition(),
        "table \"" + table.name() + "\" has no column \"" + name + "\" for the field of that name",
        NearestName.remedy(name, names, "name the columns to be filled: COPY t (a, b) FROM ..."));
  }
}
