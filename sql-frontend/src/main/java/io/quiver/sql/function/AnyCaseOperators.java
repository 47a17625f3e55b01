package io.quiver.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** Operators whose names are found in any case, though names of tables are not. */
record AnyCaseOperators(SqlOperatorTable operators) implements SqlOperatorTable {
  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    operators.lookupOperatorOverloads(
        name, category, syntax, found, SqlNameMatchers.withCaseSensitive(false));
    // People name columns user; CURRENT_USER says the same, and is nobody's column. (A table made
    // of
    // the other operators would lose COUNT: Calcite finds it by its syntax in its own table only.)
    found.remove(SqlStdOperatorTable.USER);
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return operators.getOperatorList();
  }
}
