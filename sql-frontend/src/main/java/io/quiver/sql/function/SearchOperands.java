package io.quiver.sql.function;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.sql.function.SearchFunction.Kind;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.VectorSqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Checks what a search is given, and types its parameters by the column it searches. */
record SearchOperands(Kind kind) implements SqlOperandTypeChecker {
  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    RelDataTypeField column = column(binding);
    RelDataType type = column.getType();
    if (!searches(type)) {
      throw problem(
          binding,
          SearchArgument.COLUMN,
          ErrorCode.COLUMN_NOT_SEARCHABLE,
          kind + " cannot search column \"" + column.getName() + "\", which is " + type,
          "Name a column of type " + wantedType() + ".");
    }
    checkQuery(binding, column);
    return true;
  }

  private boolean searches(RelDataType type) {
    return switch (kind) {
      case VECTOR_SEARCH -> type instanceof VectorSqlType;
      case SPARSE_MATCH -> type instanceof SparseVectorSqlType || SqlTypeUtil.inCharFamily(type);
      case MAXSIM -> type instanceof MultiVectorSqlType;
    };
  }

  /** Text is searched only where it is named. */
  boolean searchesUnnamed(RelDataType type) {
    return searches(type) && !SqlTypeUtil.inCharFamily(type);
  }

  private String wantedType() {
    return switch (kind) {
      case VECTOR_SEARCH -> "VECTOR";
      case SPARSE_MATCH -> "SPARSEVEC, or VARCHAR with a BM25 index";
      case MAXSIM -> "MULTIVECTOR";
    };
  }

  private void checkQuery(SqlCallBinding binding, RelDataTypeField column) {
    RelDataType query = binding.getOperandType(SearchArgument.QUERY.position());
    RelDataType type = column.getType();
    boolean readable =
        query.getClass() == type.getClass()
            || SqlTypeUtil.inCharFamily(query)
            || query.getSqlTypeName() == SqlTypeName.NULL
            || query.getSqlTypeName() == SqlTypeName.UNKNOWN
            || query.getSqlTypeName() == SqlTypeName.ANY
            || (!QuiverTypeFactory.isVectorLike(query)
                && !(type instanceof SparseVectorSqlType)
                && (query.getSqlTypeName() == SqlTypeName.ARRAY
                    || query.getSqlTypeName() == SqlTypeName.BINARY
                    || query.getSqlTypeName() == SqlTypeName.VARBINARY));
    if (!readable) {
      throw problem(
          binding,
          SearchArgument.QUERY,
          ErrorCode.OPERAND_NOT_VECTOR,
          "Cannot search column \"" + column.getName() + "\", which is " + type + ", by " + query,
          "Give a value of the column's type, a parameter, or text such as '[1,2,3]'.");
    }
    int wanted = dimension(type);
    int given = dimension(query);
    if (wanted > 0 && given > 0 && wanted != given) {
      throw problem(
          binding,
          SearchArgument.QUERY,
          ErrorCode.VECTOR_DIMENSIONS_DIFFER,
          "Column \""
              + column.getName()
              + "\" holds "
              + wanted
              + " dimensions, the query vector has "
              + given,
          "Embed the query with the model that filled the column.");
    }
  }

  private static int dimension(RelDataType type) {
    return switch (type) {
      case VectorSqlType v -> v.dimension();
      case MultiVectorSqlType m -> m.dimension();
      default -> 0;
    };
  }

  /** The column searched: the one named, or the only one that can be. */
  private RelDataTypeField column(SqlCallBinding binding) {
    List<RelDataTypeField> fields = data(binding).getFieldList();
    Optional<String> name = columnName(binding);
    if (name.isPresent()) {
      return fields.stream()
          .filter(f -> f.getName().equalsIgnoreCase(name.get()))
          .findFirst()
          .orElseThrow(() -> unknown(binding, name.get(), fields));
    }
    List<RelDataTypeField> candidates = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      if (searchesUnnamed(field.getType())) {
        candidates.add(field);
      }
    }
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    throw problem(
        binding,
        SearchArgument.COLUMN,
        ErrorCode.SEARCH_COLUMN_UNCLEAR,
        candidates.isEmpty()
            ? "The data of " + kind + " have no column of type " + wantedType()
            : "The data of " + kind + " have " + candidates.size() + " columns it could search",
        candidates.isEmpty() && !isTable(binding)
            ? "Name it; a HIDDEN one is named in the sub-query too, as in (SELECT *, embedding"
                + " ...)."
            : "Name the column: col => 'embedding'.");
  }

  private RuntimeException unknown(
      SqlCallBinding binding, String name, List<RelDataTypeField> fields) {
    String near =
        NearestName.of(name, fields.stream().map(RelDataTypeField::getName).toList())
            .map(n -> "Did you mean \"" + n + "\"?")
            .orElse("Name a column of the searched table.");
    String hint =
        isTable(binding)
            ? near
            : near + " A HIDDEN one is named in the sub-query, as in (SELECT *, " + name + " ...).";
    return problem(
        binding,
        SearchArgument.COLUMN,
        ErrorCode.COLUMN_UNKNOWN,
        "The data of " + kind + " have no column \"" + name + "\"",
        hint);
  }

  private static Optional<String> columnName(SqlCallBinding binding) {
    SqlNode operand = binding.operand(SearchArgument.COLUMN.position());
    return operand instanceof SqlCharStringLiteral literal
        ? Optional.of(literal.getValueAs(String.class))
        : Optional.empty();
  }

  /** Calcite makes TABLE t a SELECT, which stands nowhere in the text. */
  private static boolean isTable(SqlCallBinding binding) {
    SqlNode data = binding.operand(SearchArgument.DATA.position());
    return data.getKind() == SqlKind.EXPLICIT_TABLE
        || data.getParserPosition().equals(SqlParserPos.ZERO);
  }

  private static RelDataType data(SqlCallBinding binding) {
    return binding.getValidator().deriveType(binding.getScope(), binding.operand(0));
  }

  private static RuntimeException problem(
      SqlCallBinding binding,
      SearchArgument argument,
      ErrorCode code,
      String message,
      String remedy) {
    SqlNode operand = binding.operand(argument.position());
    boolean made = operand.getParserPosition().getLineNum() == 0;
    SqlNode place = made ? binding.getCall() : operand;
    return SqlProblem.at(code, SqlPosition.of(place.getParserPosition()), message, remedy)
        .asException();
  }

  /** Parameters: the query has the column's type, the rest the type of the option. */
  static void inferParameters(
      SqlCallBinding binding, RelDataType returnType, @Nullable RelDataType[] types) {
    SearchFunction function = (SearchFunction) binding.getOperator();
    for (SearchArgument argument : SearchArgument.values()) {
      types[argument.position()] =
          UntypedOperands.typeOf(
              binding,
              argument.position(),
              () -> function.operands().parameterType(binding, argument));
    }
  }

  private RelDataType parameterType(SqlCallBinding binding, SearchArgument argument) {
    QuiverTypeFactory factory = QuiverTypeFactory.INSTANCE;
    return switch (argument) {
      case QUERY -> factory.createTypeWithNullability(column(binding).getType(), true);
      case TOP_K, EF_SEARCH -> factory.simple(SqlTypeName.INTEGER, true);
      case MAX_DISTANCE, MIN_SCORE, TARGET_RECALL -> factory.simple(SqlTypeName.DOUBLE, true);
      case EXACT, OVER_SEARCH -> factory.simple(SqlTypeName.BOOLEAN, true);
      case DATA, COLUMN, METRIC, FILTER_MODE, ORIGIN -> factory.simple(SqlTypeName.VARCHAR, true);
    };
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlOperandCountRanges.of(SearchArgument.values().length);
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return name + "(TABLE t, 'column', query [, top_k [, metric]] [, options => MAP[...]])";
  }

  /** The metric a user's word means. */
  static Optional<DistanceMetric> metric(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "cosine", "vector_cosine_ops" -> Optional.of(DistanceMetric.COSINE);
      case "l2", "euclidean", "vector_l2_ops" -> Optional.of(DistanceMetric.L2);
      case "ip", "dot", "inner_product", "vector_ip_ops" ->
          Optional.of(DistanceMetric.INNER_PRODUCT);
      case "l1", "manhattan", "taxicab", "vector_l1_ops" -> Optional.of(DistanceMetric.L1);
      default -> Optional.empty();
    };
  }
}
