package io.quiver.jdbc.remote;

import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the server knows it. The application keeps the number it first had; after the
 * server has lost it, the server knows it by another.
 */
final class WireStatement {
  private final @Nullable String prepared;
  private volatile int id;
  private volatile Meta.@Nullable Signature signature;
  private volatile long limitMillis;

  private WireStatement(int id, @Nullable String prepared) {
    this.id = id;
    this.prepared = prepared;
  }

  /** One that was not prepared. */
  static WireStatement plain(int id) {
    return new WireStatement(id, null);
  }

  static WireStatement prepared(Meta.StatementHandle made, String sql) {
    WireStatement statement = new WireStatement(made.id, sql);
    statement.madeAs(made);
    return statement;
  }

  /** The server has made it, for the first time or anew. */
  void madeAs(Meta.StatementHandle made) {
    id = made.id;
    signature = made.signature.setCursorFactory(Meta.CursorFactory.LIST);
  }

  /** What it gives, as the server said when it prepared it; null where it was not prepared. */
  Meta.@Nullable Signature signature() {
    return signature;
  }

  int id() {
    return id;
  }

  void id(int value) {
    id = value;
  }

  @Nullable String prepared() {
    return prepared;
  }

  long limitMillis() {
    return limitMillis;
  }

  void limitMillis(long value) {
    limitMillis = value;
  }
}
