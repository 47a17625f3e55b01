package io.quiver.sql.function;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.TableCharacteristic;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A search that stands in FROM. Gives all columns of its data, then {@code distance} and {@code
 * score}, both DOUBLE; where the data have such columns, {@code search_distance} and {@code
 * search_score}.
 *
 * <p>Takes exactly the arguments of {@link SearchArgument}, in that order: the rewrite before
 * validation brings every spelling into this form.
 */
public final class SearchFunction extends SqlFunction implements SqlTableFunction {
  /** What is searched by. */
  public enum Kind {
    /** A dense vector. */
    VECTOR_SEARCH,
    /** A sparse vector, or plain words over a BM25 index. */
    SPARSE_MATCH,
    /** A multivector. */
    MAXSIM
  }

  static final Set<String> OWN_COLUMNS =
      Set.of("distance", "score", "search_distance", "search_score");

  private final Kind search;

  SearchFunction(Kind kind) {
    super(
        kind.name(),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        SearchOperands::inferParameters,
        new SearchOperands(kind),
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
    this.search = kind;
  }

  public Kind kind() {
    return search;
  }

  /** Whether a column of this type is one that can be meant without being named. */
  public boolean searches(RelDataType type) {
    return operands().searchesUnnamed(type);
  }

  SearchOperands operands() {
    return new SearchOperands(search);
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return SearchFunction::rowType;
  }

  private static RelDataType rowType(SqlOperatorBinding binding) {
    boolean overSearch =
        Boolean.TRUE.equals(
            binding.getOperandLiteralValue(SearchArgument.OVER_SEARCH.position(), Boolean.class));
    return rowType(binding.getTypeFactory(), binding.getOperandType(0), overSearch);
  }

  /**
   * The columns of a search over these data.
   *
   * @param overSearch whether the data come from another search, whose own two columns go
   */
  public static RelDataType rowType(
      RelDataTypeFactory factory, RelDataType data, boolean overSearch) {
    RelDataTypeFactory.Builder builder = factory.builder();
    boolean renamed = overSearch && data.getFieldNames().contains("search_score");
    String prefix = "";
    for (RelDataTypeField field : data.getFieldList()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (overSearch && isOwnColumn(name, renamed)) {
        continue;
      }
      if (name.equals("distance") || name.equals("score")) {
        prefix = "search_";
      }
      builder.add(field);
    }
    RelDataType real = factory.createSqlType(SqlTypeName.DOUBLE);
    return builder.add(prefix + "distance", real).add(prefix + "score", real).build();
  }

  /** Whether a column of a search's result is one of the two the search added. */
  public static boolean isOwnColumn(String name, boolean renamed) {
    return OWN_COLUMNS.contains(name) && name.startsWith("search_") == renamed;
  }

  @Override
  public boolean argumentMustBeScalar(int ordinal) {
    return ordinal != SearchArgument.DATA.position();
  }

  @Override
  public @Nullable TableCharacteristic tableCharacteristic(int ordinal) {
    return ordinal == SearchArgument.DATA.position()
        ? TableCharacteristic.builder(TableCharacteristic.Semantics.ROW).build()
        : null;
  }
}
