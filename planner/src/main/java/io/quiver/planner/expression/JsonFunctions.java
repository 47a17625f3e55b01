package io.quiver.planner.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.JsonFunctions.StatefulFunction;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;

/**
 * JSON_VALUE, JSON_EXISTS and JSON_QUERY with NULL ON EMPTY and NULL ON ERROR, which is what is
 * meant where nothing is said. Plain paths are read off the text; others are Calcite's.
 */
final class JsonFunctions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFunctions() {}

  static boolean isJson(RexCall call) {
    return switch (call.getOperator().getName()) {
      case "JSON_VALUE", "JSON_EXISTS", "JSON_QUERY" -> true;
      default -> false;
    };
  }

  static Evaluator compile(RexCall call, ExpressionCompiler compiler) {
    List<RexNode> operands = call.getOperands();
    String path = constantPath(call);
    Evaluator json = compiler.compile(operands.getFirst());
    return switch (call.getOperator().getName()) {
      case "JSON_VALUE" -> {
        onlyDefaultBehaviour(call, SqlJsonValueEmptyOrErrorBehavior.NULL.name(), "EMPTY", "ERROR");
        yield value(json, path, call.getType());
      }
      case "JSON_EXISTS" -> {
        onlyDefaultBehaviour(call, "FALSE");
        yield exists(json, path);
      }
      default -> query(json, path, call);
    };
  }

  /** The strings of a JSON array; empty where the text is no JSON array. */
  static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    try {
      JsonNode array = MAPPER.readTree(json);
      for (JsonNode element : array.isArray() ? array : MissingNode.getInstance()) {
        if (element.isValueNode() && !element.isNull()) {
          texts.add(element.asText());
        }
      }
    } catch (JsonProcessingException notJson) {
      // SQL's NULL ON ERROR: a text that is not JSON holds nothing.
      return List.of();
    }
    return texts;
  }

  private static String constantPath(RexCall call) {
    if (call.getOperands().get(1) instanceof RexLiteral literal
        && LiteralValue.of(literal) instanceof String path) {
      return path;
    }
    throw new UnsupportedExpressionException(call.toString());
  }

  private static void onlyDefaultBehaviour(RexCall call, String... allowed) {
    for (RexNode operand : call.getOperands().subList(2, call.getOperands().size())) {
      if (!(operand instanceof RexLiteral literal)
          || !List.of(allowed).contains(String.valueOf(literal.getValue()))) {
        throw new UnsupportedExpressionException(call.toString());
      }
    }
  }

  private static Evaluator value(Evaluator json, String path, RelDataType type) {
    JsonValueReader reader = new JsonValueReader(path, type);
    return (row, bindings) -> {
      Object text = json.evaluate(row, bindings);
      return text == null ? null : reader.read((String) text);
    };
  }

  private static Evaluator exists(Evaluator json, String path) {
    Optional<JsonSteps> plain = JsonSteps.of(path);
    Predicate<String> exists =
        plain.isPresent() ? plain.get()::exists : new JsonPathSearch(path)::exists;
    return (row, bindings) -> {
      Object text = json.evaluate(row, bindings);
      return text == null ? null : (Boolean) exists.test((String) text);
    };
  }

  private static Evaluator query(Evaluator json, String path, RexCall call) {
    SqlJsonQueryWrapperBehavior wrapper = SqlJsonQueryWrapperBehavior.WITHOUT_ARRAY;
    SqlJsonQueryEmptyOrErrorBehavior empty = SqlJsonQueryEmptyOrErrorBehavior.NULL;
    SqlJsonQueryEmptyOrErrorBehavior error = SqlJsonQueryEmptyOrErrorBehavior.NULL;
    List<RexNode> flags = call.getOperands().subList(2, call.getOperands().size());
    for (int i = 0; i < flags.size(); i++) {
      if (!(flags.get(i) instanceof RexLiteral literal)) {
        throw new UnsupportedExpressionException(call.toString());
      }
      boolean first = i == 1;
      switch (literal.getValue()) {
        case SqlJsonQueryWrapperBehavior w -> wrapper = w;
        case SqlJsonQueryEmptyOrErrorBehavior b when first -> empty = b;
        case SqlJsonQueryEmptyOrErrorBehavior b -> error = b;
        case null, default -> throw new UnsupportedExpressionException(call.toString());
      }
    }
    SqlJsonQueryWrapperBehavior wrapping = wrapper;
    SqlJsonQueryEmptyOrErrorBehavior whenEmpty = empty;
    SqlJsonQueryEmptyOrErrorBehavior whenError = error;
    return (row, bindings) -> {
      Object text = json.evaluate(row, bindings);
      return text == null
          ? null
          : new StatefulFunction()
              .jsonQuery((String) text, standardPath(path), wrapping, whenEmpty, whenError, true);
    };
  }

  /** Calcite wants a mode in front of each path. */
  static String standardPath(String path) {
    return path.startsWith("lax ") || path.startsWith("strict ") ? path : "lax " + path;
  }
}
