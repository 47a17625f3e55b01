package io.quiver.planner.definition;

import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.AlterTable;
import io.quiver.sql.parser.ConstraintClause;
import io.quiver.sql.parser.CreateIndex;
import io.quiver.sql.parser.DropIndex;
import io.quiver.sql.parser.IndexKeyClause;
import io.quiver.sql.parser.TableChange;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE UNIQUE INDEX, which is a UNIQUE constraint under the name of the index. */
final class UniqueIndex {
  private static final Set<String> METHODS = Set.of("BTREE", "HASH");

  private UniqueIndex() {}

  /** The constraint it makes. */
  static AlterTable added(CreateIndex create) {
    boolean ordinary =
        create.method() == null
            || METHODS.contains(create.method().getSimple().toUpperCase(Locale.ROOT));
    if (create.vector() || !ordinary || !create.options().isEmpty()) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          create.table().getParserPosition(),
          "A unique index has no method and no options",
          "Write CREATE UNIQUE INDEX name ON " + create.table() + " (column, ...).");
    }
    List<SqlIdentifier> columns = new ArrayList<>();
    for (IndexKeyClause key : create.keys()) {
      if (!(key.expression() instanceof SqlIdentifier column)) {
        throw DefinitionProblem.at(
            ErrorCode.NOT_SUPPORTED,
            key.position(),
            "a unique index is over columns, not expressions",
            "add a column GENERATED ALWAYS AS that expression, and make it unique.");
      }
      columns.add(column);
    }
    ConstraintClause unique =
        new ConstraintClause.Unique(create.name(), columns, create.table().getParserPosition());
    return new AlterTable(create.table(), false, List.of(new TableChange.AddConstraint(unique)));
  }

  /** What DROP INDEX of its name does to the table it is of. */
  static AlterTable dropped(DropIndex drop, TableDefinition table) {
    SqlParserPos position = drop.name().getParserPosition();
    SqlIdentifier constraint = new SqlIdentifier(drop.name().names.getLast(), position);
    return new AlterTable(
        new SqlIdentifier(List.of(table.schema(), table.name()), position),
        false,
        List.of(new TableChange.DropConstraint(constraint, false)));
  }
}
