package io.quiver.engine.schema;

/**
 * The scalar kinds the engine stores, and the Java class that carries each across its border.
 *
 * <p>Layers above map their richer types onto these: a date is {@link #INT32} days since the epoch,
 * a timestamp {@link #INT64} milliseconds since the epoch, JSON is {@link #STRING}.
 */
public enum ScalarKind {
  BOOLEAN(Boolean.class),
  INT32(Integer.class),
  INT64(Long.class),
  FLOAT32(Float.class),
  FLOAT64(Double.class),
  DECIMAL(java.math.BigDecimal.class),
  STRING(String.class),
  UUID(java.util.UUID.class),
  BINARY(byte[].class);

  private final Class<?> valueClass;

  ScalarKind(Class<?> valueClass) {
    this.valueClass = valueClass;
  }

  /** The class of a non-null value of this kind. */
  public Class<?> valueClass() {
    return valueClass;
  }
}
