package io.quiver.sql.validate;

import com.google.common.collect.ImmutableSet;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.VectorAggregates;
import io.quiver.sql.function.VectorArithmetic;
import io.quiver.sql.type.QuiverTypeFactory;
import io.quiver.sql.type.VectorSqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Calcite's validator with our operators and its gaps closed. For one statement. */
public final class QuiverValidator extends SqlValidatorImpl {
  /** Lenient in everything but this: a column that is not grouped by has no one value. */
  private static final SqlConformance CONFORMANCE =
      new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        @Override
        public boolean isNonStrictGroupBy() {
          return false;
        }
      };

  /** Calcite's casts, and arrays, which vectors are, to text. */
  private static final SqlTypeCoercionRule CASTS = casts();

  private static final SqlValidator.Config CONFIG =
      SqlValidator.Config.DEFAULT
          .withConformance(CONFORMANCE)
          .withIdentifierExpansion(true)
          .withTypeCoercionEnabled(true)
          .withTypeCoercionRules(CASTS)
          .withTypeCoercionFactory(ColumnCoercion::new)
          // Null last, whichever way the order goes: nobody wants unscored rows first.
          .withDefaultNullCollation(NullCollation.LAST);

  /**
   * @param functions that users have made
   */
  public QuiverValidator(SqlValidatorCatalogReader reader, SqlOperatorTable functions) {
    super(
        SqlOperatorTables.chain(QuiverOperators.all(), functions),
        reader,
        QuiverTypeFactory.INSTANCE,
        CONFIG);
  }

  private static SqlTypeCoercionRule casts() {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts =
        new HashMap<>(SqlTypeCoercionRule.lenientInstance().getTypeMapping());
    for (SqlTypeName text : SqlTypeName.CHAR_TYPES) {
      ImmutableSet<SqlTypeName> known = casts.getOrDefault(text, ImmutableSet.of());
      casts.put(
          text,
          ImmutableSet.<SqlTypeName>builder()
              .addAll(known)
              .add(SqlTypeName.ARRAY)
              .add(SqlTypeName.UUID)
              .build());
    }
    return SqlTypeCoercionRule.instance(casts);
  }

  @Override
  public SqlTypeMappingRule getTypeMappingRule() {
    return CASTS;
  }

  /** Types parameters in ORDER BY, which Calcite leaves untyped and then fails on. */
  @Override
  protected void validateOrderList(SqlSelect select) {
    SqlNodeList order = select.getOrderList();
    if (order != null) {
      for (SqlNode item : order) {
        if (key(item) instanceof SqlCall call) {
          inferUnknownTypes(unknownType, getOrderScope(select), call);
        }
      }
    }
    super.validateOrderList(select);
  }

  /**
   * Gives {@code +}, {@code -}, {@code *}, SUM and AVG of vectors the operators they are then, and
   * {@code ARRAY[]} one of its own.
   */
  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
    if (expression instanceof SqlBasicCall call) {
      switch (call.getKind()) {
        case PLUS, MINUS, TIMES -> {
          if (call.operandCount() == 2
              && call.getOperandList().stream().anyMatch(each -> isVector(scope, each))) {
            VectorArithmetic.of(call.getKind()).ifPresent(call::setOperator);
          }
        }
        case SUM, AVG -> {
          if (call.operandCount() == 1 && isVector(scope, call.operand(0))) {
            VectorAggregates.of(call.getKind()).ifPresent(call::setOperator);
          }
        }
        case EQUALS,
            NOT_EQUALS,
            IS_DISTINCT_FROM,
            IS_NOT_DISTINCT_FROM,
            LESS_THAN,
            LESS_THAN_OR_EQUAL,
            GREATER_THAN,
            GREATER_THAN_OR_EQUAL -> {
          if (call.operandCount() == 2
              && call.getOperandList().stream().anyMatch(each -> isVector(scope, each))
              && call.getOperandList().stream().allMatch(QuiverValidator::hasOwnType)) {
            VectorComparison.castText(
                call, deriveType(scope, call.operand(0)), deriveType(scope, call.operand(1)));
          }
        }
        case ARRAY_VALUE_CONSTRUCTOR -> {
          if (call.operandCount() == 0) {
            call.setOperator(QuiverOperators.EMPTY_ARRAY);
          }
        }
        default -> {
          // As Calcite has it.
        }
      }
    }
    return super.deriveType(scope, expression);
  }

  /**
   * A parameter whose type is not known yet is of the unknown type. Calcite fails on it where an
   * operator looks at its operands before they are inferred: {@code SUM(CASE WHEN kind = ? ...) +
   * 1}.
   */
  @Override
  public RelDataType getValidatedNodeType(SqlNode node) {
    if (node instanceof SqlDynamicParam) {
      RelDataType known = getValidatedNodeTypeIfKnown(node);
      return known == null ? unknownType : known;
    }
    return super.getValidatedNodeType(node);
  }

  private boolean isVector(SqlValidatorScope scope, SqlNode operand) {
    return hasOwnType(operand) && deriveType(scope, operand) instanceof VectorSqlType;
  }

  private static boolean hasOwnType(SqlNode operand) {
    return operand.getKind() != SqlKind.DYNAMIC_PARAM && operand.getKind() != SqlKind.DEFAULT;
  }

  private static SqlNode key(SqlNode item) {
    SqlNode key = item;
    while (key.getKind() == SqlKind.DESCENDING
        || key.getKind() == SqlKind.NULLS_FIRST
        || key.getKind() == SqlKind.NULLS_LAST) {
      key = ((SqlCall) key).operand(0);
    }
    return key;
  }

  /**
   * The types of the parameters, by their place in the text. Calcite's own answer assumes that the
   * tree holds them in the order of the text, which named arguments need not.
   */
  public List<RelDataType> parameterTypes(SqlNode validated) {
    Map<Integer, RelDataType> types = new TreeMap<>();
    validated.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            RelDataType type = getValidatedNodeTypeIfKnown(parameter);
            if (type != null && (type != unknownType || !types.containsKey(parameter.getIndex()))) {
              types.put(parameter.getIndex(), type);
            }
            return null;
          }
        });
    List<RelDataType> list = new ArrayList<>();
    types.forEach(
        (index, type) -> {
          while (list.size() <= index) {
            list.add(unknownType);
          }
          list.set(index, type);
        });
    return list;
  }
}
