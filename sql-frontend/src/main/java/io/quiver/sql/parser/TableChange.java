package io.quiver.sql.parser;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** One change of an ALTER TABLE. */
public sealed interface TableChange {
  /** {@code ADD [COLUMN] [IF NOT EXISTS] column}. */
  record AddColumn(ColumnClause column, boolean ifNotExists) implements TableChange {}

  /** {@code DROP [COLUMN] [IF EXISTS] name}. */
  record DropColumn(SqlIdentifier name, boolean ifExists) implements TableChange {}

  /** {@code RENAME [COLUMN] name TO newName}. */
  record RenameColumn(SqlIdentifier name, SqlIdentifier newName) implements TableChange {}

  /** {@code RENAME TO newName}. */
  record RenameTable(SqlIdentifier newName) implements TableChange {}

  /** {@code ALTER [COLUMN] name SET DEFAULT value}, or {@code DROP DEFAULT} where it is null. */
  record SetDefault(SqlIdentifier name, @Nullable SqlNode value) implements TableChange {}

  /** {@code ALTER [COLUMN] name SET NOT NULL | DROP NOT NULL}. */
  record SetNullable(SqlIdentifier name, boolean nullable) implements TableChange {}

  /** {@code ALTER [COLUMN] name [SET DATA] TYPE type}. */
  record SetType(SqlIdentifier name, SqlDataTypeSpec type) implements TableChange {}

  /** {@code ADD constraint}. */
  record AddConstraint(ConstraintClause constraint) implements TableChange {}

  /** {@code DROP CONSTRAINT [IF EXISTS] name}. */
  record DropConstraint(SqlIdentifier name, boolean ifExists) implements TableChange {}

  /** {@code SET (options)}. */
  record SetOptions(List<OptionClause> options) implements TableChange {
    public SetOptions {
      options = List.copyOf(options);
    }
  }
}
