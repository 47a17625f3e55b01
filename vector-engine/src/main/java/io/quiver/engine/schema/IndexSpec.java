package io.quiver.engine.schema;

import java.util.Optional;

/** An index over one column, named by the column. */
public sealed interface IndexSpec {
  /** Unique among the collection's indexes. */
  String name();

  /** Name of the indexed column. */
  String column();

  /** The same index under other names. */
  default IndexSpec named(String name, String column) {
    return switch (this) {
      case Hnsw h ->
          new Hnsw(
              name, column, h.metric(), h.m(), h.efConstruction(), h.quantization(), h.tenant());
      case Inverted inverted -> new Inverted(name, column);
      case Bm25 bm25 -> new Bm25(name, column, bm25.k1(), bm25.b());
      case Muvera muvera -> new Muvera(name, column, muvera.m(), muvera.efConstruction());
      case Payload payload -> new Payload(name, column);
    };
  }

  /**
   * A navigable small world graph over a dense vector column (Malkov and Yashunin, 2016).
   *
   * @param m links a node keeps on upper levels; twice as many on level 0; from 4 to 64
   * @param efConstruction candidates examined when a node is inserted, from 8 to 4096
   * @param tenant name of a scalar column by whose value searches are filtered: segments keep rows
   *     with the same value together, and many of them get a graph of their own
   */
  record Hnsw(
      String name,
      String column,
      DistanceMetric metric,
      int m,
      int efConstruction,
      Quantization quantization,
      Optional<String> tenant)
      implements IndexSpec {
    public static final int DEFAULT_M = 16;
    public static final int DEFAULT_EF_CONSTRUCTION = 100;

    public Hnsw {
      checkGraph(m, efConstruction);
    }

    /** A graph over all rows alone. */
    public Hnsw(
        String name,
        String column,
        DistanceMetric metric,
        int m,
        int efConstruction,
        Quantization quantization) {
      this(name, column, metric, m, efConstruction, quantization, Optional.empty());
    }

    /** The same with another column of tenants, or none. */
    public Hnsw withTenant(Optional<String> column) {
      return new Hnsw(name, this.column, metric, m, efConstruction, quantization, column);
    }
  }

  /** Inverted lists over a sparse vector column; scores are dot products, exact. */
  record Inverted(String name, String column) implements IndexSpec {}

  /**
   * BM25 over a derived sparse column that holds term counts (weights are term frequencies);
   * document frequencies and the mean length are those of the live rows.
   *
   * @param k1 saturation of term frequency, finite and at least 0
   * @param b strength of length normalisation, 0 to 1
   */
  record Bm25(String name, String column, double k1, double b) implements IndexSpec {
    public static final double DEFAULT_K1 = 1.2;
    public static final double DEFAULT_B = 0.75;

    public Bm25 {
      if (!(k1 >= 0 && k1 <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException("Invalid k1: " + k1 + " is not a number from 0");
      }
      if (!(b >= 0 && b <= 1)) {
        throw new IllegalArgumentException("Invalid b: " + b + " is not between 0 and 1");
      }
    }
  }

  /**
   * A graph over single vectors that stand for multivectors, to find candidates for MaxSim (MUVERA:
   * Dhulipala and others, NeurIPS 2024); scores come from the multivectors themselves.
   *
   * @param m links a node keeps on upper levels; twice as many on level 0; from 4 to 64
   * @param efConstruction candidates examined when a node is inserted, from 8 to 4096
   */
  record Muvera(String name, String column, int m, int efConstruction) implements IndexSpec {
    public Muvera {
      checkGraph(m, efConstruction);
    }
  }

  /** Sorted values and bitmaps over a scalar or text-array column. */
  record Payload(String name, String column) implements IndexSpec {}

  private static void checkGraph(int m, int efConstruction) {
    checkRange("m", m, 4, 64);
    checkRange("ef_construction", efConstruction, 8, 4096);
  }

  private static void checkRange(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + value + " is not between " + low + " and " + high);
    }
  }
}
