package io.quiver.sql.catalog;

import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param id the engine's id of it, never used again
 * @param visibility whether SQL sees it
 * @param defaultSql the text of its DEFAULT, empty where there is none
 * @param identity whether the database numbers rows that give no value here
 * @param derivation present for a column kept only to index an expression
 * @param comment empty where there is none
 * @param identityAlways whether a number given for an identity column is refused
 * @param computedSql the text of the expression that gives its value from other columns
 * @param fill what rows older than the column have in it, in the engine's words; empty for null
 */
public record ColumnDefinition(
    int id,
    String name,
    SqlColumnType type,
    boolean nullable,
    Visibility visibility,
    Optional<String> defaultSql,
    boolean identity,
    Optional<Derivation> derivation,
    String comment,
    boolean identityAlways,
    Optional<String> computedSql,
    Optional<String> fill) {
  /** A column whose values are given, numbered or derived. */
  public ColumnDefinition(
      int id,
      String name,
      SqlColumnType type,
      boolean nullable,
      Visibility visibility,
      Optional<String> defaultSql,
      boolean identity,
      Optional<Derivation> derivation,
      String comment) {
    this(
        id,
        name,
        type,
        nullable,
        visibility,
        defaultSql,
        identity,
        derivation,
        comment,
        false,
        Optional.empty(),
        Optional.empty());
  }

  /** Who sees a column. */
  public enum Visibility {
    /** Everybody. */
    VISIBLE,
    /** Those who name it; {@code SELECT *} leaves it out. */
    HIDDEN,
    /** Nobody: a row number, or a value kept for an index. */
    INTERNAL
  }

  /** An ordinary column. */
  public static ColumnDefinition of(int id, String name, SqlColumnType type, boolean nullable) {
    return new ColumnDefinition(
        id,
        name,
        type,
        nullable,
        Visibility.VISIBLE,
        Optional.empty(),
        false,
        Optional.empty(),
        "");
  }

  /** The engine's side of it. */
  public ColumnSpec spec() {
    return new ColumnSpec(id, name, type.engineType(), nullable, derivation, fill);
  }

  /** The column with parts to be changed. */
  public Draft draft() {
    return new Draft(this);
  }

  /** A column being changed. */
  public static final class Draft {
    private final ColumnDefinition from;
    private String name;
    private SqlColumnType type;
    private boolean nullable;
    private Optional<String> defaultSql;
    private boolean identity;
    private boolean identityAlways;
    private Optional<Derivation> derivation;
    private Optional<String> computedSql;
    private Optional<String> fill;
    private String comment;

    private Draft(ColumnDefinition from) {
      this.from = from;
      this.name = from.name;
      this.type = from.type;
      this.nullable = from.nullable;
      this.defaultSql = from.defaultSql;
      this.identity = from.identity;
      this.identityAlways = from.identityAlways;
      this.derivation = from.derivation;
      this.computedSql = from.computedSql;
      this.fill = from.fill;
      this.comment = from.comment;
    }

    public Draft name(String value) {
      name = value;
      return this;
    }

    public Draft type(SqlColumnType value) {
      type = value;
      return this;
    }

    public Draft nullable(boolean value) {
      nullable = value;
      return this;
    }

    public Draft defaultSql(Optional<String> value) {
      defaultSql = value;
      return this;
    }

    public Draft identity(boolean always) {
      identity = true;
      identityAlways = always;
      return this;
    }

    public Draft derivation(Derivation value) {
      derivation = Optional.of(value);
      return this;
    }

    public Draft computedSql(Optional<String> value) {
      computedSql = value;
      return this;
    }

    public Draft fill(Optional<String> value) {
      fill = value;
      return this;
    }

    public Draft comment(String value) {
      comment = value;
      return this;
    }

    public ColumnDefinition build() {
      return new ColumnDefinition(
          from.id,
          name,
          type,
          nullable,
          from.visibility,
          defaultSql,
          identity,
          derivation,
          comment,
          identityAlways,
          computedSql,
          fill);
    }
  }
}
