package io.quiver.sql.validate;

import io.quiver.sql.function.SearchFunction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Makes {@code *} leave out hidden columns, by turning it into {@code * EXCLUDE (...)}. */
final class HiddenColumns {
  private final Function<SqlIdentifier, List<String>> hiddenOf;

  /** Queries whose {@code *} has a hidden column, since a search over them is by it. */
  private final Map<SqlNode, String> searched = new IdentityHashMap<>();

  /**
   * @param hiddenOf the hidden columns of the table of a name; none where there is no such table
   */
  HiddenColumns(Function<SqlIdentifier, List<String>> hiddenOf) {
    this.hiddenOf = hiddenOf;
  }

  /**
   * The select list of a query, whose FROM is rewritten already.
   *
   * @param kept the column by which the query's rows are searched, which stays; empty for none
   */
  SqlNodeList leaveOut(SqlSelect query, SqlNodeList items, SqlNode from, String kept) {
    List<SqlIdentifier> hidden = new ArrayList<>();
    collect(from, "", hidden);
    boolean named =
        items.stream()
            .anyMatch(
                item ->
                    item instanceof SqlIdentifier column
                        && !column.isStar()
                        && column.names.getLast().equalsIgnoreCase(kept));
    if (!named && hidden.removeIf(column -> column.names.getLast().equalsIgnoreCase(kept))) {
      searched.put(query, kept);
    }
    if (hidden.isEmpty()) {
      return items;
    }
    SqlNodeList changed = new SqlNodeList(items.getParserPosition());
    for (SqlNode item : items) {
      changed.add(
          item instanceof SqlIdentifier star && star.isStar() ? excluding(star, hidden) : item);
    }
    return changed;
  }

  private static SqlNode excluding(SqlIdentifier star, List<SqlIdentifier> hidden) {
    List<SqlIdentifier> left = new ArrayList<>();
    for (SqlIdentifier column : hidden) {
      boolean whole = star.names.size() == 1;
      if (whole || column.names.getFirst().equals(star.names.get(star.names.size() - 2))) {
        left.add(column);
      }
    }
    return left.isEmpty()
        ? star
        : new SqlStarExclude(
            star.getParserPosition(), star, new SqlNodeList(left, star.getParserPosition()));
  }

  private void collect(SqlNode from, String alias, List<SqlIdentifier> found) {
    switch (from) {
      case SqlJoin join -> {
        collect(join.getLeft(), "", found);
        collect(join.getRight(), "", found);
      }
      case SqlIdentifier table ->
          add(table, alias.isEmpty() ? table.names.getLast() : alias, found);
      case LateralSearch lateral -> {
        SqlNode inner = lateral.getFrom();
        if (inner != null) {
          collect(inner, alias, found);
        }
      }
      case SqlCall call -> {
        switch (call.getKind()) {
          case AS -> collect(call.operand(0), call.operand(1).toString(), found);
          case TABLE_REF -> collect(call.operand(0), alias, found);
          case LATERAL, COLLECTION_TABLE -> collect(call.operand(0), alias, found);
          default -> {
            if (call.getOperator() instanceof SearchFunction) {
              SqlNode data = call.operand(0);
              if (data.getKind() == SqlKind.EXPLICIT_TABLE
                  && ((SqlCall) data).operand(0) instanceof SqlIdentifier table) {
                add(table, alias, found);
              }
              String column = searched.get(data);
              if (column != null) {
                found.add(named(column, alias));
              }
            }
          }
        }
      }
      default -> {
        // A sub-query has left its own out.
      }
    }
  }

  private void add(SqlIdentifier table, String alias, List<SqlIdentifier> found) {
    for (String column : hiddenOf.apply(table)) {
      found.add(named(column, alias));
    }
  }

  private static SqlIdentifier named(String column, String alias) {
    return new SqlIdentifier(
        alias.isEmpty() ? List.of(column) : List.of(alias, column), SqlParserPos.ZERO);
  }
}
