package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What a column clause says beside name and type. */
public sealed interface ColumnConstraint {
  /** Where it stands. */
  SqlParserPos position();

  /** {@code NULL}: values may lack. */
  record AllowNull(SqlParserPos position) implements ColumnConstraint {}

  /** {@code NOT NULL}. */
  record NotNull(SqlParserPos position) implements ColumnConstraint {}

  /** {@code PRIMARY KEY}. */
  record PrimaryKey(SqlParserPos position) implements ColumnConstraint {}

  /** {@code UNIQUE}. */
  record Unique(@Nullable SqlIdentifier name, SqlParserPos position) implements ColumnConstraint {}

  /** {@code DEFAULT value}. */
  record Default(SqlNode value, SqlParserPos position) implements ColumnConstraint {}

  /** {@code CHECK (condition)}. */
  record Check(@Nullable SqlIdentifier name, SqlNode condition, SqlParserPos position)
      implements ColumnConstraint {}

  /** {@code HIDDEN}: not part of {@code SELECT *}. */
  record Hidden(SqlParserPos position) implements ColumnConstraint {}

  /**
   * {@code GENERATED ALWAYS|BY DEFAULT AS IDENTITY}.
   *
   * @param always whether a value given by INSERT is refused
   */
  record Identity(boolean always, SqlParserPos position) implements ColumnConstraint {}

  /** {@code GENERATED ALWAYS AS (value)}. */
  record Computed(SqlNode value, SqlParserPos position) implements ColumnConstraint {}

  /** {@code REFERENCES table [(columns)]}. */
  record References(SqlIdentifier table, List<SqlIdentifier> columns, SqlParserPos position)
      implements ColumnConstraint {
    public References {
      columns = List.copyOf(columns);
    }
  }
}
