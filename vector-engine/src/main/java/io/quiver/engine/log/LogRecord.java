package io.quiver.engine.log;

/**
 * One entry of the log.
 *
 * @param payload not copied; do not change it afterwards
 */
public record LogRecord(Type type, byte[] payload) {
  /** What a payload holds. */
  public enum Type {
    /** Changes to rows: see {@link CommitRecord}. */
    COMMIT(1),
    /** Changes to schemas, with the catalog's own record: see {@link DefinitionRecord}. */
    DEFINITION(2);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Type of(int code) {
      for (Type type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException("Unknown record type " + code);
    }
  }
}
