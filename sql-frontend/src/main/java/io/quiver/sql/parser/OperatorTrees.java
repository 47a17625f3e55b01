package io.quiver.sql.parser;

import static java.util.Objects.requireNonNull;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.SqlParserUtil.ToTreeListItem;

/**
 * Builds the tree of an expression from its flat list of operands and operators, as Calcite does,
 * but long chains of AND and OR as balanced trees.
 *
 * <p>Programs write {@code id = 1 OR id = 2 OR ...} thousands of times over. Calcite makes that a
 * tree as deep as it is long, in time that grows with the square (with BETWEEN, the cube) of its
 * length, and everything after it recurses. A balanced tree means the same, AND and OR being
 * associative.
 */
public final class OperatorTrees {
  /** Below this many operators Calcite's own way is as good. */
  private static final int SHORT = 8;

  /** Most operators in a row other than AND and OR. */
  static final int MAX_CHAIN = 500;

  private OperatorTrees() {}

  /**
   * The tree of a list that alternates as the grammar collected it.
   *
   * @param list {@link SqlNode}s and {@link ToTreeListItem}s
   */
  public static SqlNode toTree(List<Object> list) {
    return list.size() <= SHORT ? calciteTree(list) : disjunction(list);
  }

  private static SqlNode disjunction(List<Object> list) {
    List<SqlNode> terms = new ArrayList<>();
    List<SqlParserPos> positions = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < list.size(); i++) {
      if (kind(list.get(i)) == SqlKind.OR) {
        terms.add(conjunction(list.subList(from, i)));
        positions.add(position(list.get(i)));
        from = i + 1;
      }
    }
    terms.add(conjunction(list.subList(from, list.size())));
    return balanced(SqlStdOperatorTable.OR, terms, positions);
  }

  /** Splits at AND, except at the AND that belongs to a BETWEEN. */
  private static SqlNode conjunction(List<Object> list) {
    List<SqlNode> terms = new ArrayList<>();
    List<SqlParserPos> positions = new ArrayList<>();
    int from = 0;
    boolean insideBetween = false;
    for (int i = 0; i < list.size(); i++) {
      SqlKind kind = kind(list.get(i));
      if (kind == SqlKind.BETWEEN) {
        insideBetween = true;
      } else if (kind == SqlKind.AND && insideBetween) {
        insideBetween = false;
      } else if (kind == SqlKind.AND) {
        terms.add(chain(list.subList(from, i)));
        positions.add(position(list.get(i)));
        from = i + 1;
      }
    }
    terms.add(chain(list.subList(from, list.size())));
    return balanced(SqlStdOperatorTable.AND, terms, positions);
  }

  private static SqlNode chain(List<Object> list) {
    int operators = 0;
    for (Object item : list) {
      if (item instanceof ToTreeListItem operator && ++operators > MAX_CHAIN) {
        throw SqlProblem.at(
                ErrorCode.STATEMENT_TOO_DEEP,
                SqlPosition.of(operator.getPos()),
                "more than " + MAX_CHAIN + " operators stand in a row",
                "split the expression, or use IN (...), VALUES or a parameter.")
            .asException();
      }
    }
    return calciteTree(list);
  }

  private static SqlNode calciteTree(List<Object> list) {
    return requireNonNull(SqlParserUtil.toTree(new ArrayList<>(list)));
  }

  private static SqlNode balanced(
      SqlOperator operator, List<SqlNode> terms, List<SqlParserPos> positions) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    int middle = terms.size() / 2;
    SqlNode left = balanced(operator, terms.subList(0, middle), positions.subList(0, middle - 1));
    SqlNode right =
        balanced(
            operator,
            terms.subList(middle, terms.size()),
            positions.subList(middle, positions.size()));
    SqlParserPos position =
        SqlParserPos.sum(
            List.of(
                left.getParserPosition(), positions.get(middle - 1), right.getParserPosition()));
    return operator.createCall(position, left, right);
  }

  private static SqlKind kind(Object item) {
    return item instanceof ToTreeListItem operator
        ? operator.getOperator().getKind()
        : SqlKind.OTHER;
  }

  private static SqlParserPos position(Object item) {
    return ((ToTreeListItem) item).getPos();
  }
}
