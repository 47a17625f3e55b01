package io.quiver.sql.function;

import java.util.List;

/**
 * An argument of {@link FuseFunction}, in the order in which it takes them after the rewrite. The
 * legs come after all of these.
 */
public enum FuseArgument implements NamedArgument {
  /** Names of the columns that tell which rows of the legs are one, by line feeds between them. */
  ID_COL(0, List.of("id_col", "id_cols", "id")),
  /** How scores become one. */
  ALGO(1, List.of("algo", "algorithm")),
  /** How many rows. */
  TOP_K(2, List.of("top_k")),
  /** What is added to a place before it divides, under RRF. */
  RANK_CONSTANT(3, List.of("k", "rank_constant")),
  /** What each leg counts, by commas between them. */
  WEIGHTS(4, List.of("weights")),
  /** Set by the rewrite: where the call was written. */
  ORIGIN(5, List.of());

  private final int position;
  private final List<String> names;

  FuseArgument(int position, List<String> names) {
    this.position = position;
    this.names = names;
  }

  /** Its place among the operands of a call, from 0. */
  public int position() {
    return position;
  }

  @Override
  public List<String> names() {
    return names;
  }
}
