package io.quiver.sql.function;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.VectorSqlType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.TableCharacteristic;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * How much of what is nearest an approximate search finds: {@code VECTOR_RECALL('docs',
 * 'embedding', k => 10, sample => 100)}. One row, of {@link #rowType}.
 */
public final class RecallFunction extends SqlFunction implements SqlTableFunction {
  RecallFunction() {
    super(
        "VECTOR_RECALL",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        RecallFunction::inferParameters,
        new Operands(),
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return binding -> rowType();
  }

  /** The columns of its one row. */
  public static RelDataType rowType() {
    return QuiverTypeFactory.INSTANCE
        .builder()
        .add("k", SqlTypeName.INTEGER)
        .add("queries", SqlTypeName.INTEGER)
        .add("ef_search", SqlTypeName.INTEGER)
        .add("recall", SqlTypeName.DOUBLE)
        .add("worst", SqlTypeName.DOUBLE)
        .add("search_us", SqlTypeName.DOUBLE)
        .add("exact_us", SqlTypeName.DOUBLE)
        .build();
  }

  @Override
  public boolean argumentMustBeScalar(int ordinal) {
    return ordinal != RecallArgument.DATA.position();
  }

  @Override
  public @Nullable TableCharacteristic tableCharacteristic(int ordinal) {
    return ordinal == RecallArgument.DATA.position()
        ? TableCharacteristic.builder(TableCharacteristic.Semantics.ROW).build()
        : null;
  }

  private static void inferParameters(
      SqlCallBinding binding, RelDataType returnType, @Nullable RelDataType[] types) {
    for (int i = 0; i < types.length; i++) {
      types[i] =
          UntypedOperands.typeOf(
              binding, i, () -> QuiverTypeFactory.INSTANCE.simple(SqlTypeName.INTEGER, true));
    }
  }

  /** Where the compared column stands among the table's; for the binding phase, too. */
  public static Optional<RelDataTypeField> column(RelDataType table, Optional<String> name) {
    List<RelDataTypeField> vectors =
        table.getFieldList().stream()
            .filter(field -> field.getType() instanceof VectorSqlType)
            .toList();
    return name.isPresent()
        ? vectors.stream().filter(f -> f.getName().equalsIgnoreCase(name.get())).findFirst()
        : vectors.size() == 1 ? Optional.of(vectors.getFirst()) : Optional.empty();
  }

  private static List<String> vectors(RelDataType table) {
    return table.getFieldList().stream()
        .filter(field -> field.getType() instanceof VectorSqlType)
        .map(RelDataTypeField::getName)
        .toList();
  }

  private record Operands() implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
      SqlNode operand = binding.operand(RecallArgument.COLUMN.position());
      Optional<String> name =
          operand instanceof SqlCharStringLiteral literal
              ? Optional.of(literal.getValueAs(String.class))
              : Optional.empty();
      RelDataType table = binding.getValidator().deriveType(binding.getScope(), binding.operand(0));
      if (column(table, name).isEmpty()) {
        SqlNode place = name.isPresent() ? operand : binding.getCall();
        throw SqlProblem.at(
                ErrorCode.SEARCH_COLUMN_UNCLEAR,
                SqlPosition.of(place.getParserPosition()),
                name.map(n -> "the table has no column \"" + n + "\" of type VECTOR")
                    .orElse("the table has not just one column of type VECTOR"),
                name.flatMap(n -> NearestName.of(n, vectors(table)))
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("name one: VECTOR_RECALL('docs', 'embedding', k => 10)."))
            .asException();
      }
      return true;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(RecallArgument.values().length);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + "('table', 'column', k => 10, sample => 100)";
    }
  }
}
