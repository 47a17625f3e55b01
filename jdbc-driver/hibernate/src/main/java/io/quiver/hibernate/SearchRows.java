package io.quiver.hibernate;

import java.util.ArrayList;
import java.util.List;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.MappingModelExpressible;
import org.hibernate.metamodel.mapping.SelectableMapping;
import org.hibernate.query.sqm.NodeBuilder;
import org.hibernate.query.sqm.SqmBindableType;
import org.hibernate.query.sqm.produce.function.FunctionArgumentException;
import org.hibernate.query.sqm.produce.function.FunctionArgumentTypeResolver;
import org.hibernate.query.sqm.produce.function.SetReturningFunctionTypeResolver;
import org.hibernate.query.sqm.sql.SqmToSqlAstConverter;
import org.hibernate.query.sqm.tree.SqmTypedNode;
import org.hibernate.query.sqm.tree.expression.SqmFunction;
import org.hibernate.query.sqm.tree.expression.SqmLiteral;
import org.hibernate.query.sqm.tuple.internal.AnonymousTupleType;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.sql.ast.tree.expression.Literal;
import org.hibernate.type.BasicType;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.StandardBasicTypes;
import org.hibernate.type.spi.TypeConfiguration;
import org.jspecify.annotations.Nullable;

/** The rows of a search: the attributes of its entity that are one column, score and distance. */
final class SearchRows implements SetReturningFunctionTypeResolver, FunctionArgumentTypeResolver {
  private static final int QUERY = 2;

  @Override
  public AnonymousTupleType<?> resolveTupleType(
      List<? extends SqmTypedNode<?>> arguments, TypeConfiguration types) {
    SearchedEntity searched = searched(arguments);
    List<SqmBindableType<?>> components = new ArrayList<>();
    List<String> names = new ArrayList<>();
    searched
        .attributes()
        .forEach(
            (name, attribute) -> {
              // A converted attribute has no basic type of its own.
              if (attribute.getJdbcMapping() instanceof BasicType<?> type) {
                names.add(name);
                components.add(type);
              }
            });
    for (String name : searched.added()) {
      names.add(name);
      components.add(SearchedEntity.number(types));
    }
    return new AnonymousTupleType<>(
        components.toArray(new SqmBindableType<?>[0]), names.toArray(new String[0]));
  }

  @Override
  public SelectableMapping[] resolveFunctionReturnType(
      List<? extends SqlAstNode> arguments,
      String alias,
      boolean lateral,
      boolean withOrdinality,
      SqmToSqlAstConverter converter) {
    SearchedEntity searched =
        SearchedEntity.named(
            text(arguments.get(0)),
            converter.getSqmCreationContext().getJpaMetamodel(),
            converter.getSqmCreationContext().getMappingMetamodel());
    List<SelectableMapping> columns = new ArrayList<>();
    for (BasicValuedModelPart attribute : searched.attributes().values()) {
      if (attribute.getJdbcMapping() instanceof BasicType<?>) {
        columns.add(attribute);
      }
    }
    BasicType<Double> number =
        SearchedEntity.number(converter.getCreationContext().getTypeConfiguration());
    for (String name : searched.added()) {
      columns.add(new AddedColumn(name, number));
    }
    return columns.toArray(new SelectableMapping[0]);
  }

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public @Nullable MappingModelExpressible<?> resolveFunctionArgumentType(
      SqmFunction<?> function, int index, SqmToSqlAstConverter converter) {
    return resolveFunctionArgumentType(function.getArguments(), index, converter);
  }

  /** What is searched for is of the attribute's type. */
  @Override
  public @Nullable MappingModelExpressible<?> resolveFunctionArgumentType(
      List<? extends SqmTypedNode<?>> arguments, int index, SqmToSqlAstConverter converter) {
    if (index == QUERY) {
      return searched(arguments).attribute(text(arguments.get(1))).getJdbcMapping()
              instanceof MappingModelExpressible<?> type
          ? type
          : null;
    }
    BasicTypeRegistry types =
        converter.getCreationContext().getTypeConfiguration().getBasicTypeRegistry();
    return index < QUERY
        ? types.resolve(StandardBasicTypes.STRING)
        : types.resolve(StandardBasicTypes.INTEGER);
  }

  private static SearchedEntity searched(List<? extends SqmTypedNode<?>> arguments) {
    NodeBuilder builder = arguments.get(0).nodeBuilder();
    return SearchedEntity.named(
        text(arguments.get(0)), builder.getJpaMetamodel(), builder.getMappingMetamodel());
  }

  private static String text(SqmTypedNode<?> argument) {
    if (argument instanceof SqmLiteral<?> literal
        && literal.getLiteralValue() instanceof String text) {
      return text;
    }
    throw new FunctionArgumentException(
        "A search takes the names of entity and attribute as literals: 'Passage', 'embedding'");
  }

  /** The text of a literal that was one above. */
  static String text(SqlAstNode argument) {
    return argument instanceof Literal literal ? String.valueOf(literal.getLiteralValue()) : "";
  }
}
