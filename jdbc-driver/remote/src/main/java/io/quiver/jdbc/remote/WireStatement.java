package io.quiver.jdbc.remote;

import org.jspecify.annotations.Nullable;

/**
 * A statement as the server knows it. The application keeps the number it first had; after the
 * server has lost it, the server knows it by another.
 */
final class WireStatement {
  private final @Nullable String prepared;
  private volatile int id;
  private volatile long limitMillis;

  /**
   * @param prepared its text, if it was prepared
   */
  WireStatement(int id, @Nullable String prepared) {
    this.id = id;
    this.prepared = prepared;
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
