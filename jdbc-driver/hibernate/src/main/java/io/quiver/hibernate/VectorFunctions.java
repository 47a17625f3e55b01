package io.quiver.hibernate;

import static java.util.Objects.requireNonNull;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.query.sqm.produce.function.StandardArgumentsValidators;
import org.hibernate.query.sqm.produce.function.StandardFunctionReturnTypeResolvers;
import org.hibernate.type.BasicType;
import org.hibernate.type.BasicTypeRegistry;
import org.hibernate.type.StandardBasicTypes;

/**
 * Distances between vectors and what is measured of one, under the names hibernate-vector has; and
 * searches as tables.
 */
public final class VectorFunctions implements FunctionContributor {
  @Override
  public void contributeFunctions(FunctionContributions contributions) {
    if (!(contributions.getDialect() instanceof QuiverDialect)) {
      return;
    }
    BasicTypeRegistry types = contributions.getTypeConfiguration().getBasicTypeRegistry();
    BasicType<Double> number = requireNonNull(types.resolve(StandardBasicTypes.DOUBLE));
    BasicType<Integer> count = requireNonNull(types.resolve(StandardBasicTypes.INTEGER));
    add(contributions, "cosine_distance", number, 2);
    add(contributions, "euclidean_distance", number, 2);
    alias(contributions, "l2_distance", "euclidean_distance");
    add(contributions, "euclidean_squared_distance", number, 2);
    alias(contributions, "l2_squared_distance", "euclidean_squared_distance");
    add(contributions, "l1_distance", number, 2);
    alias(contributions, "taxicab_distance", "l1_distance");
    add(contributions, "inner_product", number, 2);
    add(contributions, "negative_inner_product", number, 2);
    add(contributions, "vector_dims", count, 1);
    add(contributions, "vector_norm", number, 1);
    alias(contributions, "l2_norm", "vector_norm");
    for (String search : new String[] {"vector_search", "sparse_match"}) {
      contributions.getFunctionRegistry().register(search, new SearchFunction(search));
    }
  }

  private static void add(
      FunctionContributions contributions, String name, BasicType<?> result, int arguments) {
    contributions
        .getFunctionRegistry()
        .namedDescriptorBuilder(name)
        .setArgumentsValidator(
            StandardArgumentsValidators.composite(
                StandardArgumentsValidators.exactly(arguments), VectorArguments.VALIDATOR))
        .setArgumentTypeResolver(VectorArguments.TYPES)
        .setReturnTypeResolver(StandardFunctionReturnTypeResolvers.invariant(result))
        .register();
  }

  private static void alias(FunctionContributions contributions, String alias, String name) {
    contributions.getFunctionRegistry().registerAlternateKey(alias, name);
  }

  @Override
  public int ordinal() {
    return 200;
  }
}
