package io.quiver.hibernate;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import org.hibernate.metamodel.mapping.MappingModelExpressible;
import org.hibernate.query.sqm.SqmExpressible;
import org.hibernate.query.sqm.produce.function.ArgumentsValidator;
import org.hibernate.query.sqm.produce.function.FunctionArgumentException;
import org.hibernate.query.sqm.produce.function.FunctionArgumentTypeResolver;
import org.hibernate.query.sqm.sql.SqmToSqlAstConverter;
import org.hibernate.query.sqm.tree.SqmTypedNode;
import org.hibernate.query.sqm.tree.domain.SqmDomainType;
import org.hibernate.query.sqm.tree.expression.SqmExpression;
import org.hibernate.query.sqm.tree.expression.SqmFunction;
import org.hibernate.type.BasicType;
import org.hibernate.type.BindingContext;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.StandardBasicTypes;
import org.jspecify.annotations.Nullable;

/** What the arguments of a vector function are: vectors, and parameters of their type. */
final class VectorArguments {
  /** A parameter has the type of the other argument, or else is a vector of floats. */
  static final FunctionArgumentTypeResolver TYPES =
      new FunctionArgumentTypeResolver() {
        @Override
        @Deprecated
        @SuppressWarnings("removal")
        public MappingModelExpressible<?> resolveFunctionArgumentType(
            SqmFunction<?> function, int index, SqmToSqlAstConverter converter) {
          return resolveFunctionArgumentType(function.getArguments(), index, converter);
        }

        @Override
        public MappingModelExpressible<?> resolveFunctionArgumentType(
            List<? extends SqmTypedNode<?>> arguments, int index, SqmToSqlAstConverter converter) {
          for (int i = 0; i < arguments.size(); i++) {
            if (i != index && arguments.get(i) instanceof SqmExpression<?> other) {
              MappingModelExpressible<?> type = converter.determineValueMapping(other);
              if (type != null) {
                return type;
              }
            }
          }
          return requireNonNull(
              converter
                  .getCreationContext()
                  .getTypeConfiguration()
                  .getBasicTypeRegistry()
                  .resolve(StandardBasicTypes.VECTOR));
        }
      };

  /** Refuses arguments that are known to be something else. */
  static final ArgumentsValidator VALIDATOR =
      new ArgumentsValidator() {
        @Override
        public void validate(
            List<? extends SqmTypedNode<?>> arguments, String function, BindingContext context) {
          for (int i = 0; i < arguments.size(); i++) {
            SqmExpressible<?> argument = arguments.get(i).getExpressible();
            SqmDomainType<?> type = argument == null ? null : argument.getSqmType();
            if (type != null && !isVector(type)) {
              throw new FunctionArgumentException(
                  String.format(
                      Locale.ROOT,
                      "Argument %d of %s() must be a vector, and is of type %s",
                      i + 1,
                      function,
                      type.getTypeName()));
            }
          }
        }
      };

  private VectorArguments() {}

  private static boolean isVector(@Nullable SqmExpressible<?> type) {
    return type instanceof BasicType<?> basic
        && switch (basic.getJdbcType().getDefaultSqlTypeCode()) {
          case SqlTypes.VECTOR, SqlTypes.VECTOR_FLOAT32, SqlTypes.VECTOR_FLOAT16 -> true;
          default -> false;
        };
  }
}
