package io.quiver.sql.catalog;

import io.quiver.engine.schema.IndexSpec;

/**
 * An index of a table.
 *
 * @param spec the engine's side; its column may be an internal one
 * @param expression as SQL writes what is indexed: a column's name, or an expression over one
 * @param automatic whether it came with its column rather than by {@code CREATE INDEX}
 * @param comment empty where there is none
 */
public record IndexDefinition(
    IndexSpec spec, String expression, boolean automatic, String comment) {
  public IndexDefinition(IndexSpec spec, String expression, boolean automatic) {
    this(spec, expression, automatic, "");
  }

  public String name() {
    return spec.name();
  }

  /** As {@code USING} writes it. */
  public String method() {
    return switch (spec) {
      case IndexSpec.Hnsw hnsw -> "HNSW";
      case IndexSpec.Inverted inverted -> "INVERTED";
      case IndexSpec.Bm25 bm25 -> "BM25";
      case IndexSpec.Muvera muvera -> "MUVERA";
      case IndexSpec.Payload payload -> "BTREE";
    };
  }
}
