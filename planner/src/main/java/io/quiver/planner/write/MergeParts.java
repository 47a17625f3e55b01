package io.quiver.planner.write;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlMerge;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A MERGE taken apart. Calcite's own plan of one may drop a column, so it is read off the tree. */
final class MergeParts {
  private final SqlMerge merge;
  private final WriteTarget target;
  private final String alias;

  MergeParts(SqlMerge merge, WriteTarget target) {
    this.merge = merge;
    this.target = target;
    SqlIdentifier given = merge.getAlias();
    this.alias = given == null ? target.name().names.getLast() : given.getSimple();
  }

  /** What the target is called in the statement. */
  String alias() {
    return alias;
  }

  /** The key whose columns the condition compares. */
  MergeKey key() {
    return MergeKey.of(target, compared().keySet())
        .orElseThrow(() -> notOnKey(merge.getCondition()));
  }

  /** What each column of the key is compared with, in the key's order. */
  List<SqlNode> keyValues() {
    Map<String, SqlNode> values = compared();
    List<SqlNode> ordered = new ArrayList<>();
    for (String column : key().columns()) {
      SqlNode value = values.get(column);
      if (value == null) {
        throw notOnKey(merge.getCondition());
      }
      ordered.add(value);
    }
    return ordered;
  }

  private Map<String, SqlNode> compared() {
    Map<String, SqlNode> values = new HashMap<>();
    collect(merge.getCondition(), values);
    return values;
  }

  private void collect(SqlNode condition, Map<String, SqlNode> values) {
    if (condition.getKind() == SqlKind.AND) {
      ((SqlCall) condition).getOperandList().forEach(each -> collect(each, values));
      return;
    }
    if (condition.getKind() == SqlKind.EQUALS) {
      SqlNode left = ((SqlCall) condition).operand(0);
      SqlNode right = ((SqlCall) condition).operand(1);
      Optional<String> column = column(left);
      SqlNode value = right;
      if (column.isEmpty()) {
        column = column(right);
        value = left;
      }
      if (column.isPresent() && values.put(column.get(), value) == null) {
        return;
      }
    }
    throw notOnKey(condition);
  }

  private Optional<String> column(SqlNode node) {
    return node instanceof SqlIdentifier name
            && name.names.size() == 2
            && name.names.getFirst().equals(alias)
            && target.definition().ordinal(name.names.getLast()).isPresent()
        ? Optional.of(name.names.getLast())
        : Optional.empty();
  }

  private RuntimeException notOnKey(SqlNode condition) {
    SqlPosition place = SqlPosition.of(condition.getParserPosition());
    List<MergeKey> keys = MergeKey.all(target);
    if (keys.isEmpty()) {
      return SqlProblem.at(
              ErrorCode.NOT_SUPPORTED,
              place,
              "MERGE needs a key of the table \""
                  + target.definition().name()
                  + "\", which has none",
              "give it a primary key or a UNIQUE constraint.")
          .asException();
    }
    String names =
        keys.stream()
            .map(
                key ->
                    (key.unique().isEmpty() ? "the primary key (" : "the UNIQUE constraint (")
                        + String.join(", ", key.columns())
                        + ")")
            .collect(Collectors.joining(" or "));
    String first = keys.getFirst().columns().getFirst();
    return SqlProblem.at(
            ErrorCode.NOT_SUPPORTED,
            place,
            "MERGE is done where each column of " + names + " equals a value, and nothing else",
            "write ON " + alias + "." + first + " = source." + first + ".")
        .asException();
  }

  Optional<SqlUpdate> update() {
    return Optional.ofNullable(merge.getUpdateCall());
  }

  Optional<SqlInsert> insert() {
    return Optional.ofNullable(merge.getInsertCall());
  }

  /**
   * The source as a table: parameters in it typed by the columns they go to, and a table's hidden
   * columns left out.
   */
  SqlNode source() {
    SqlNode source = merge.getSourceTableRef();
    if (source instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
      List<String> names = new ArrayList<>();
      for (int i = 2; i < as.operandCount(); i++) {
        names.add(as.operand(i).toString());
      }
      String sourceAlias = as.operand(1).toString();
      return Selects.as(query(as.operand(0), names), sourceAlias, names);
    }
    return source instanceof SqlIdentifier table
        ? Selects.as(query(table, List.of()), table.names.getLast(), List.of())
        : source;
  }

  private SqlNode query(SqlNode source, List<String> names) {
    if (source instanceof SqlIdentifier table) {
      return Selects.of(List.of(SqlIdentifier.star(SqlParserPos.ZERO)), table, null);
    }
    Map<String, SqlColumnType> types = typesByName();
    if (source.getKind() == SqlKind.VALUES) {
      for (SqlNode row : ((SqlCall) source).getOperandList()) {
        SqlCall cells = (SqlCall) row;
        for (int i = 0; i < cells.operandCount() && i < names.size(); i++) {
          SqlColumnType type = types.get(names.get(i));
          if (type != null && cells.operand(i).getKind() == SqlKind.DYNAMIC_PARAM) {
            cells.setOperand(i, ColumnTypeSpec.cast(cells.operand(i), type));
          }
        }
      }
    } else if (source instanceof SqlSelect select) {
      typeParameters(select.getSelectList(), names, types);
    }
    return source;
  }

  private static void typeParameters(
      SqlNodeList items, List<String> names, Map<String, SqlColumnType> types) {
    for (int i = 0; i < items.size(); i++) {
      SqlNode item = items.get(i);
      boolean named = item.getKind() == SqlKind.AS;
      SqlNode value = named ? ((SqlCall) item).operand(0) : item;
      String name =
          i < names.size() ? names.get(i) : named ? ((SqlCall) item).operand(1).toString() : "";
      SqlColumnType type = types.get(name);
      if (type != null && value.getKind() == SqlKind.DYNAMIC_PARAM) {
        SqlNode cast = ColumnTypeSpec.cast(value, type);
        items.set(i, named ? Selects.as(cast, name, List.of()) : cast);
      }
    }
  }

  /** Types of the target's columns by the name of the source's column that goes there. */
  private Map<String, SqlColumnType> typesByName() {
    Map<String, SqlColumnType> types = new HashMap<>();
    List<SqlNode> key = keyValues();
    List<String> columns = key().columns();
    for (int i = 0; i < key.size(); i++) {
      put(types, key.get(i), columns.get(i));
    }
    update()
        .ifPresent(
            update -> {
              for (int i = 0; i < update.getTargetColumnList().size(); i++) {
                put(
                    types,
                    update.getSourceExpressionList().get(i),
                    lastName(update.getTargetColumnList().get(i)));
              }
            });
    insert()
        .ifPresent(
            insert -> {
              SqlNodeList names = insert.getTargetColumnList();
              List<SqlNode> values = insertValues(insert);
              for (int i = 0; names != null && i < Math.min(names.size(), values.size()); i++) {
                put(types, values.get(i), lastName(names.get(i)));
              }
            });
    return types;
  }

  private static String lastName(SqlNode column) {
    return ((SqlIdentifier) column).names.getLast();
  }

  private void put(Map<String, SqlColumnType> types, @Nullable SqlNode value, String column) {
    if (value instanceof SqlIdentifier name) {
      target
          .definition()
          .ordinal(column)
          .ifPresent(
              ordinal ->
                  types.putIfAbsent(name.names.getLast(), target.definition(ordinal).type()));
    }
  }

  /** The values of WHEN NOT MATCHED THEN INSERT. */
  static List<SqlNode> insertValues(SqlInsert insert) {
    return ((SqlCall) ((SqlCall) insert.getSource()).operand(0)).getOperandList();
  }
}
