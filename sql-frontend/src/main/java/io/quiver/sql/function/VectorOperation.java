package io.quiver.sql.function;

import io.quiver.engine.schema.DistanceMetric;
import java.util.List;
import java.util.Optional;

/**
 * What can be computed of vectors, with every name it goes by: pgvector's, Hibernate's, MariaDB's.
 *
 * <p>The first name is the one plans and messages use.
 */
public enum VectorOperation {
  COSINE_DISTANCE(2, "cosine_distance", "vec_distance_cosine"),
  L2_DISTANCE(2, "l2_distance", "euclidean_distance", "vec_distance_euclidean"),
  L2_SQUARED_DISTANCE(2, "l2_squared_distance", "euclidean_squared_distance"),
  L1_DISTANCE(2, "l1_distance", "taxicab_distance", "manhattan_distance"),
  INNER_PRODUCT(2, "inner_product", "dot_product"),
  NEGATIVE_INNER_PRODUCT(2, "negative_inner_product"),
  MAX_SIM(2, "max_sim"),
  VECTOR_DIMS(1, "vector_dims"),
  VECTOR_NORM(1, "vector_norm", "l2_norm"),
  L2_NORMALIZE(1, "l2_normalize");

  private final int operands;
  private final List<String> names;

  VectorOperation(int operands, String... names) {
    this.operands = operands;
    this.names = List.of(names);
  }

  /** How many vectors it takes. */
  public int operands() {
    return operands;
  }

  /** All names, in lower case. */
  public List<String> names() {
    return names;
  }

  /** The name in plans and messages. */
  public String canonicalName() {
    return names.getFirst();
  }

  /** The metric by which this orders rows as an index does, nearest smallest. */
  public Optional<DistanceMetric> metric() {
    return switch (this) {
      case COSINE_DISTANCE -> Optional.of(DistanceMetric.COSINE);
      case L2_DISTANCE -> Optional.of(DistanceMetric.L2);
      case L1_DISTANCE -> Optional.of(DistanceMetric.L1);
      case NEGATIVE_INNER_PRODUCT -> Optional.of(DistanceMetric.INNER_PRODUCT);
      case L2_SQUARED_DISTANCE, INNER_PRODUCT, MAX_SIM, VECTOR_DIMS, VECTOR_NORM, L2_NORMALIZE ->
          Optional.empty();
    };
  }
}
