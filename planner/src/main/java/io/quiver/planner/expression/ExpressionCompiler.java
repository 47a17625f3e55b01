package io.quiver.planner.expression;

import io.quiver.sql.function.ArrayFunction;
import io.quiver.sql.function.EmbedFunction;
import io.quiver.sql.function.JavaFunction;
import io.quiver.sql.function.SameVector;
import io.quiver.sql.function.VectorArithmetic;
import io.quiver.sql.function.VectorFunction;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Makes an {@link Evaluator} of a Calcite expression. */
public final class ExpressionCompiler {
  /** Makes an evaluator of a sub-query; whoever plans queries knows how. */
  @FunctionalInterface
  public interface SubQueryCompiler {
    /**
     * @param operands what is compared with the sub-query's rows; empty for EXISTS and scalars
     */
    Evaluator compile(RexSubQuery subQuery, Evaluator[] operands);
  }

  private final RexBuilder rexBuilder;
  private final SubQueryCompiler subQueries;
  private final boolean placed;

  /** A compiler of expressions without sub-queries, which may be of another text. */
  public ExpressionCompiler(RexBuilder rexBuilder) {
    this(
        rexBuilder,
        (subQuery, operands) -> {
          throw new UnsupportedExpressionException(subQuery.toString());
        },
        false);
  }

  /** A compiler of a statement's own expressions: what fails in them tells its place. */
  public ExpressionCompiler(RexBuilder rexBuilder, SubQueryCompiler subQueries) {
    this(rexBuilder, subQueries, true);
  }

  private ExpressionCompiler(RexBuilder rexBuilder, SubQueryCompiler subQueries, boolean placed) {
    this.rexBuilder = rexBuilder;
    this.subQueries = subQueries;
    this.placed = placed;
  }

  /** Whether {@link #compile} knows every part of the expression. */
  public boolean supports(RexNode expression) {
    try {
      compile(expression);
      return true;
    } catch (UnsupportedExpressionException unsupported) {
      return false;
    }
  }

  /**
   * The evaluator of an expression.
   *
   * @throws UnsupportedExpressionException if some part of it is not known
   */
  public Evaluator compile(RexNode expression) {
    return switch (expression) {
      case RexInputRef input -> {
        int index = input.getIndex();
        yield (row, bindings) -> row[index];
      }
      case RexLiteral literal -> {
        Object value = LiteralValue.of(literal);
        yield (row, bindings) -> value;
      }
      case RexDynamicParam parameter -> {
        int index = parameter.getIndex();
        yield (row, bindings) -> bindings.parameter(index);
      }
      case RexFieldAccess access
          when access.getReferenceExpr() instanceof RexCorrelVariable variable -> {
        int id = variable.id.getId();
        int field = access.getField().getIndex();
        yield (row, bindings) -> bindings.correlated(id)[field];
      }
      case RexSubQuery subQuery -> subQueries.compile(subQuery, compileAll(subQuery.getOperands()));
      case RexCall call -> call(call);
      default -> throw new UnsupportedExpressionException(expression.toString());
    };
  }

  /** The evaluators of several expressions. */
  public Evaluator[] compileAll(List<? extends RexNode> expressions) {
    return expressions.stream().map(this::compile).toArray(Evaluator[]::new);
  }

  private Evaluator call(RexCall call) {
    try {
      return placed ? PlacedCall.of(call, compileCall(call)) : compileCall(call);
    } catch (UnsupportedExpressionException e) {
      throw e.within(call);
    }
  }

  private Evaluator compileCall(RexCall call) {
    if (call.getKind() == SqlKind.SEARCH) {
      return compile(RexUtil.expandSearch(rexBuilder, null, call));
    }
    if (call.getKind() == SqlKind.CAST) {
      Evaluator operand = compile(call.getOperands().getFirst());
      return CastValue.evaluator(call.getOperands().getFirst().getType(), call.getType(), operand);
    }
    if (JsonFunctions.isJson(call)) {
      return JsonFunctions.compile(call, this);
    }
    Evaluator[] operands = compileAll(valueOperands(call));
    return switch (call.getOperator()) {
      case VectorFunction vector -> VectorFunctions.compile(vector.operation(), operands);
      case VectorArithmetic arithmetic -> VectorSums.compile(arithmetic.operation(), operands);
      case ArrayFunction array -> ArrayFunctions.compile(array.kind(), operands);
      case SameVector same -> VectorFunctions.same(operands);
      case JavaFunction function -> JavaFunctions.compile(function, call, operands);
      case EmbedFunction embed -> EmbeddingFunctions.compile(embed, operands);
      default -> compileStandard(call, operands);
    };
  }

  /** Operands that are values; flags such as TRIM's BOTH are read from the call where needed. */
  private static List<RexNode> valueOperands(RexCall call) {
    return call.getOperands().stream().filter(each -> !isSymbol(each)).toList();
  }

  private static boolean isSymbol(RexNode node) {
    return node instanceof RexLiteral literal
        && literal.getType().getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.SYMBOL;
  }

  private static Evaluator compileStandard(RexCall call, Evaluator[] operands) {
    @Nullable Evaluator found = Logic.compile(call, operands);
    if (found == null) {
      found = Comparing.compile(call, operands);
    }
    if (found == null) {
      found = TemporalFunctions.compile(call, operands);
    }
    if (found == null) {
      found = Arithmetic.compile(call, operands);
    }
    if (found == null) {
      found = NumberFunctions.compile(call, operands);
    }
    if (found == null) {
      found = TextFunctions.compile(call, operands);
    }
    if (found == null) {
      found = ArrayFunctions.compileStandard(call, operands);
    }
    if (found == null) {
      throw UnsupportedExpressionException.of(call);
    }
    return found;
  }
}
