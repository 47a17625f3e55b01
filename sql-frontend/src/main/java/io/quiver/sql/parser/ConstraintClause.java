package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A constraint of a whole table, with the name {@code CONSTRAINT} gives it or null. */
public sealed interface ConstraintClause {
  /** What {@code CONSTRAINT} names it; null where it is nameless. */
  @Nullable SqlIdentifier name();

  /** Where it stands. */
  SqlParserPos position();

  /** {@code PRIMARY KEY (columns)}. */
  record PrimaryKey(
      @Nullable SqlIdentifier name, List<SqlIdentifier> columns, SqlParserPos position)
      implements ConstraintClause {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /** {@code UNIQUE (columns)}. */
  record Unique(@Nullable SqlIdentifier name, List<SqlIdentifier> columns, SqlParserPos position)
      implements ConstraintClause {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /** {@code CHECK (condition)}. */
  record Check(@Nullable SqlIdentifier name, SqlNode condition, SqlParserPos position)
      implements ConstraintClause {}

  /** {@code FOREIGN KEY (columns) REFERENCES table [(columns)]}. */
  record ForeignKey(
      @Nullable SqlIdentifier name,
      List<SqlIdentifier> columns,
      SqlIdentifier table,
      List<SqlIdentifier> tableColumns,
      SqlParserPos position)
      implements ConstraintClause {
    public ForeignKey {
      columns = List.copyOf(columns);
      tableColumns = List.copyOf(tableColumns);
    }
  }
}
