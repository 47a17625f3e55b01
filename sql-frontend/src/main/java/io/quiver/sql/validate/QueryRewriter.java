package io.quiver.sql.validate;

import io.quiver.sql.function.FuseFunction;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.RecallFunction;
import io.quiver.sql.function.SearchArgument;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a query between parser and validator.
 *
 * <ol>
 *   <li>A search in FROM, however spelt, becomes a call with the arguments of {@link
 *       io.quiver.sql.function.SearchArgument} in their order: see {@link SearchCallReader}.
 *   <li>The WHERE of a query block with searches gets a marker, so that the binding phase knows
 *       which conjuncts belong to which search. Being syntactic, this cannot depend on how a plan
 *       is transformed.
 *   <li>{@code LATERAL TABLE(f(TABLE t, q.v))} becomes {@code LATERAL (SELECT * FROM
 *       TABLE(f(...)))}, because Calcite 1.42 plans the first as an uncorrelated join and answers
 *       wrongly.
 *   <li>{@code *} leaves out hidden columns.
 *   <li>Hints of a block become arguments of its searches and hints of its tables.
 *   <li>Functions of vectors get the operator of their canonical name, and {@code x = ANY(array)}
 *       becomes {@code ARRAY_CONTAINS(array, x)}, because Calcite reads it as {@code x = array}.
 * </ol>
 *
 * <p>For one statement; blocks are numbered by a counter that views of the statement share.
 */
public final class QueryRewriter extends SqlShuttle {
  private final AtomicInteger blocks;
  private final HiddenColumns hidden;
  private int block;
  private SearchHints hints = SearchHints.NONE;

  /** The windows that the block names. */
  private SqlNodeList windows = SqlNodeList.EMPTY;

  /** The column by which the rows of the next query are searched; empty for none. */
  private String searchedBy = "";

  /**
   * @param hiddenOf the hidden columns of the table of a name
   */
  public QueryRewriter(AtomicInteger blocks, Function<SqlIdentifier, List<String>> hiddenOf) {
    this.blocks = blocks;
    this.hidden = new HiddenColumns(hiddenOf);
  }

  /** The query, rewritten; parts of the tree given are reused. */
  public SqlNode rewrite(SqlNode query) {
    SqlNode rewritten = query.accept(this);
    if (rewritten == null) {
      throw new IllegalStateException("The rewrite of " + query + " is nothing");
    }
    return rewritten;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    return switch (call) {
      case SqlSelect select -> select(select);
      case SqlJoin join -> join(join);
      case SqlOrderBy ordered when ordered.query instanceof SqlSelect select ->
          ordered(ordered, select);
      default -> other(call);
    };
  }

  /** The order of a block may use its windows, too. */
  private @Nullable SqlNode ordered(SqlOrderBy ordered, SqlSelect select) {
    SqlNodeList outer = windows;
    windows = select.getWindowList();
    try {
      return other(ordered);
    } finally {
      windows = outer;
    }
  }

  private SqlNode select(SqlSelect select) {
    int outer = block;
    String kept = searchedBy;
    searchedBy = "";
    SqlNodeList outerWindows = windows;
    SearchHints outerHints = hints;
    block = blocks.incrementAndGet();
    try {
      hints = SearchHints.read(select.getHints());
      select.setHints(null);
      boolean searches = false;
      SqlNode from = select.getFrom();
      if (from != null) {
        from = hints.on(rewrite(from));
        select.setFrom(from);
        searches = hasSearch(from);
      }
      windows = select.getWindowList();
      SqlNodeList items = list(select.getSelectList());
      boolean ours = select instanceof LateralSearch;
      select.setSelectList(
          from == null || ours ? items : hidden.leaveOut(select, items, from, kept));
      SqlNode where = select.getWhere();
      if (where != null) {
        where = rewrite(where);
        select.setWhere(searches ? marked(where) : where);
      }
      SqlNodeList group = select.getGroup();
      if (group != null) {
        select.setGroupBy(list(group));
      }
      SqlNode having = select.getHaving();
      if (having != null) {
        select.setHaving(rewrite(having));
      }
      SqlNode qualify = select.getQualify();
      if (qualify != null) {
        select.setQualify(rewrite(qualify));
      }
      SqlNodeList order = select.getOrderList();
      if (order != null) {
        select.setOrderBy(list(order));
      }
      for (int i = 0; i < windows.size(); i++) {
        windows.set(i, rewrite(windows.get(i)));
      }
      return select;
    } finally {
      block = outer;
      hints = outerHints;
      windows = outerWindows;
    }
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    return MomentLiteral.of(literal);
  }

  private SqlNodeList list(SqlNodeList nodes) {
    return (SqlNodeList) rewrite(nodes);
  }

  private SqlNode marked(SqlNode where) {
    SqlParserPos position = where.getParserPosition();
    SqlNode marker =
        QuiverOperators.BLOCK.createCall(
            position, SqlLiteral.createExactNumeric(Integer.toString(block), position));
    return SqlStdOperatorTable.AND.createCall(position, marker, where);
  }

  /** Whether a search stands in this FROM itself, not in a query nested in it. */
  private static boolean hasSearch(SqlNode from) {
    return switch (from) {
      case SqlJoin join -> hasSearch(join.getLeft()) || hasSearch(join.getRight());
      case LateralSearch lateral -> true;
      case SqlSelect nested -> false;
      case SqlCall call ->
          switch (call.getKind()) {
            case AS, LATERAL, COLLECTION_TABLE -> hasSearch(call.operand(0));
            default -> call.getOperator() instanceof SearchFunction;
          };
      default -> false;
    };
  }

  private SqlNode join(SqlJoin join) {
    SqlNode left = rewrite(join.getLeft());
    SqlNode right = lateral(rewrite(join.getRight()));
    SqlNode condition = join.getCondition();
    return new SqlJoin(
        join.getParserPosition(),
        left,
        join.isNaturalNode(),
        join.getJoinTypeNode(),
        right,
        join.getConditionTypeNode(),
        condition == null ? null : rewrite(condition));
  }

  /** A search on the right of a join may use columns of the left, with or without LATERAL. */
  private static SqlNode lateral(SqlNode right) {
    if (right instanceof SqlCall call) {
      if (call.getKind() == SqlKind.AS) {
        call.setOperand(0, lateral(call.operand(0)));
        return call;
      }
      SqlNode table = call.getKind() == SqlKind.LATERAL ? call.operand(0) : call;
      if (table.getKind() == SqlKind.COLLECTION_TABLE && (hasSearch(table) || isFusion(table))) {
        return SqlStdOperatorTable.LATERAL.createCall(
            table.getParserPosition(), new LateralSearch(table));
      }
    }
    return right;
  }

  private static boolean isFusion(SqlNode table) {
    return ((SqlCall) table).operand(0) instanceof SqlCall call
        && call.getOperator() instanceof FuseFunction;
  }

  private @Nullable SqlNode other(SqlCall call) {
    if (call.getKind() == SqlKind.TABLE_REF) {
      return SearchHints.read(call.operand(1)).onTable(call.operand(0));
    }
    Optional<SqlNode> share = ShareOfRank.of(call, windows);
    if (share.isPresent()) {
      return rewrite(share.get());
    }
    if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
      refuseRecursion(item);
    }
    if (call.getOperator() instanceof SqlQuantifyOperator quantify) {
      Optional<SqlNode> contains = arrayContains(call, quantify);
      if (contains.isPresent()) {
        return contains.get();
      }
    }
    if (call.getOperator() instanceof SqlFunction function) {
      Optional<SqlOperator> own = ownFunction(function);
      if (own.isPresent()) {
        return ownCall(call, own.get());
      }
      if (VectorDistanceCall.isOne(function)) {
        return rewrite(VectorDistanceCall.read(call));
      }
      Optional<SqlNode> standard = ForeignCall.standard(call, function);
      if (standard.isPresent()) {
        return rewrite(standard.get());
      }
      Optional<SqlCall> cast = PostgresCast.ofFunction(call, function);
      if (cast.isPresent()) {
        return rewrite(cast.get());
      }
    }
    Optional<SqlNode> order = RowOrder.of(call);
    if (order.isPresent()) {
      return rewrite(order.get());
    }
    if (call instanceof SqlCase choice) {
      parted(choice);
    }
    SqlNode rewritten = super.visit(call);
    if (rewritten instanceof SqlCall cast && cast.getOperator() == SqlStdOperatorTable.CAST) {
      if (PostgresCast.keepsDouble(cast)) {
        return cast.operand(0);
      }
      PostgresCast.countTruth(cast);
      return TextCast.INSTANCE.createCall(cast.getParserPosition(), cast.getOperandList());
    }
    return rewritten instanceof SqlCall lateral && lateral.getKind() == SqlKind.LATERAL
        ? lateral(lateral)
        : rewritten;
  }

  /**
   * Gives each WHEN of {@code CASE value WHEN ...} a value of its own: the parser compares all with
   * one node, and a sub-query that is validated twice loses its names.
   */
  private static void parted(SqlCase choice) {
    for (int i = 1; i < choice.getWhenOperands().size(); i++) {
      if (choice.getWhenOperands().get(i) instanceof SqlCall comparison
          && comparison.getKind() == SqlKind.EQUALS
          && choice.getWhenOperands().get(0) instanceof SqlCall first
          && first.operandCount() == 2
          && comparison.operand(0) == first.operand(0)) {
        comparison.setOperand(0, TreeCopy.of(comparison.operand(0)));
      }
    }
  }

  /** WITH RECURSIVE of a query that does not read itself is a plain WITH. */
  private static void refuseRecursion(SqlWithItem item) {
    item.query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            if (name.isSimple() && name.getSimple().equals(item.name.getSimple())) {
              throw SearchCallReader.problem(
                  name,
                  ErrorCode.NOT_SUPPORTED,
                  "a query of WITH that reads itself is not supported",
                  "join the table with itself once for each level, or follow it in the client.");
            }
            return null;
          }
        });
    item.recursive = SqlLiteral.createBoolean(false, item.getParserPosition());
  }

  private static Optional<SqlOperator> ownFunction(SqlFunction function) {
    SqlIdentifier name = function.getNameAsId();
    return name.isSimple() ? QuiverOperators.named(name.getSimple()) : Optional.empty();
  }

  private SqlNode ownCall(SqlCall call, SqlOperator operator) {
    return switch (operator) {
      case SearchFunction search -> {
        SqlNode[] arguments = new SearchCallReader(search, call).arguments(block, hints);
        if (arguments[SearchArgument.DATA.position()] instanceof SqlSelect
            && arguments[SearchArgument.COLUMN.position()] instanceof SqlCharStringLiteral name) {
          searchedBy = name.getValueAs(String.class);
        }
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = rewrite(arguments[i]);
        }
        yield search.createCall(call.getParserPosition(), arguments);
      }
      case RecallFunction recall ->
          recall.createCall(call.getParserPosition(), new RecallCallReader(call).arguments());
      case FuseFunction fuse ->
          fuse.createCall(
              call.getParserPosition(),
              new FuseCallReader(call).arguments(block).stream().map(this::rewrite).toList());
      default -> {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
          operands.add(rewrite(operand));
        }
        yield operator.createCall(call.getParserPosition(), operands);
      }
    };
  }

  /** {@code x = ANY(array)} and {@code x <> ALL(array)}. */
  private Optional<SqlNode> arrayContains(SqlCall call, SqlQuantifyOperator quantify) {
    if (!(call.operand(1) instanceof SqlNodeList list)
        || list.size() != 1
        || list.get(0) instanceof SqlLiteral
        || list.get(0).isA(SqlKind.QUERY)) {
      return Optional.empty();
    }
    boolean any = quantify.getKind() == SqlKind.SOME && quantify.comparisonKind == SqlKind.EQUALS;
    boolean none =
        quantify.getKind() == SqlKind.ALL && quantify.comparisonKind == SqlKind.NOT_EQUALS;
    if (!any && !none) {
      return Optional.empty();
    }
    SqlParserPos position = call.getParserPosition();
    SqlNode contains =
        QuiverOperators.ARRAY_CONTAINS.createCall(
            position, rewrite(list.get(0)), rewrite(call.operand(0)));
    return Optional.of(any ? contains : SqlStdOperatorTable.NOT.createCall(position, contains));
  }
}
