package io.quiver.sql.validate;

import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.VectorOperation;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/**
 * {@code VECTOR_DISTANCE(a, b [, METRIC])} as Oracle writes it, {@code VECTOR_DISTANCE('metric', a,
 * b)} as SQL Server does, as a call to the metric's own function.
 */
final class VectorDistanceCall {
  private VectorDistanceCall() {}

  static boolean isOne(SqlFunction function) {
    return function.getName().equalsIgnoreCase("vector_distance");
  }

  static SqlNode read(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    if (operands.size() == 2) {
      return distance(call, VectorOperation.COSINE_DISTANCE, operands.get(0), operands.get(1));
    }
    if (operands.size() != 3) {
      throw SqlProblem.at(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              SqlPosition.of(call.getParserPosition()),
              "vector_distance takes two vectors and a metric, found "
                  + operands.size()
                  + " arguments",
              "write vector_distance(a, b, COSINE).")
          .asException();
    }
    if (operands.get(0) instanceof SqlLiteral
        && !(operands.get(2) instanceof SqlLiteral)
        && !(operands.get(2) instanceof SqlIdentifier name && isMetric(name.toString()))) {
      return distance(call, operation(operands.get(0)), operands.get(1), operands.get(2));
    }
    return distance(call, operation(operands.get(2)), operands.get(0), operands.get(1));
  }

  private static SqlNode distance(SqlCall call, VectorOperation operation, SqlNode a, SqlNode b) {
    return QuiverOperators.vector(operation).createCall(call.getParserPosition(), a, b);
  }

  private static boolean isMetric(String word) {
    return List.of("cosine", "euclidean", "l2", "euclidean_squared", "dot", "ip", "manhattan", "l1")
        .contains(word.toLowerCase(Locale.ROOT));
  }

  private static VectorOperation operation(SqlNode metric) {
    String word =
        switch (metric) {
          case SqlIdentifier name -> name.toString();
          case SqlLiteral literal -> String.valueOf(literal.toValue());
          default -> metric.toString();
        };
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "cosine" -> VectorOperation.COSINE_DISTANCE;
      case "euclidean", "l2" -> VectorOperation.L2_DISTANCE;
      case "euclidean_squared", "l2_squared" -> VectorOperation.L2_SQUARED_DISTANCE;
      case "dot", "ip", "inner_product" -> VectorOperation.NEGATIVE_INNER_PRODUCT;
      case "manhattan", "l1" -> VectorOperation.L1_DISTANCE;
      default ->
          throw SqlProblem.at(
                  ErrorCode.METRIC_UNKNOWN,
                  SqlPosition.of(metric.getParserPosition()),
                  "no metric is called " + metric,
                  "use COSINE, EUCLIDEAN, EUCLIDEAN_SQUARED, DOT or MANHATTAN.")
              .asException();
    };
  }
}
