package io.quiver.planner.definition;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.problem.ErrorCode;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;

/** The words for metrics and codes that users of other databases bring along. */
final class OperatorClass {
  private OperatorClass() {}

  /** Of {@code vector_l2_ops} and its like. */
  static DistanceMetric metric(SqlIdentifier operatorClass) {
    String name = operatorClass.getSimple().toLowerCase(Locale.ROOT);
    String[] parts = name.split("_");
    boolean known =
        parts.length == 3
            && parts[2].equals("ops")
            && (parts[0].equals("vector")
                || parts[0].equals("halfvec")
                || parts[0].equals("sparsevec"));
    DistanceMetric metric = known ? metricNamed(parts[1]) : null;
    if (metric == null) {
      throw DefinitionProblem.at(
          ErrorCode.INDEX_INVALID,
          operatorClass.getParserPosition(),
          "No operator class " + name,
          "Use vector_cosine_ops, vector_l2_ops, vector_ip_ops or vector_l1_ops.");
    }
    return metric;
  }

  static DistanceMetric metric(OptionClause option) {
    DistanceMetric metric = metricNamed(option.value().toLowerCase(Locale.ROOT));
    if (metric == null) {
      throw DefinitionProblem.at(
          ErrorCode.OPTION_INVALID,
          option.valuePosition(),
          "No metric " + option.value(),
          "Use 'cosine', 'l2', 'ip' or 'l1'.");
    }
    return metric;
  }

  private static @org.jspecify.annotations.Nullable DistanceMetric metricNamed(String word) {
    return switch (word) {
      case "cosine" -> DistanceMetric.COSINE;
      case "l2", "euclidean" -> DistanceMetric.L2;
      case "ip", "dot", "inner_product" -> DistanceMetric.INNER_PRODUCT;
      case "l1", "manhattan", "taxicab" -> DistanceMetric.L1;
      default -> null;
    };
  }

  static Quantization quantization(OptionClause option) {
    return switch (option.value().toLowerCase(Locale.ROOT)) {
      case "auto" -> Quantization.AUTO;
      case "none" -> Quantization.NONE;
      case "int8", "sq8" -> Quantization.INT8;
      case "int4", "sq4" -> Quantization.INT4;
      case "bit", "bq" -> Quantization.BIT;
      default ->
          throw DefinitionProblem.at(
              ErrorCode.OPTION_INVALID,
              option.valuePosition(),
              "No quantization " + option.value(),
              "Use 'auto', 'none', 'int8', 'int4' or 'bit'.");
    };
  }
}
