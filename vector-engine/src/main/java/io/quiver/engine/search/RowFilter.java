package io.quiver.engine.search;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * A condition on rows, as the engine can test it.
 *
 * <p>Every leaf is false for a row whose column is null ({@link IsNull} apart), so a filter has two
 * values, not three. There is no negation of a compound: the layer above pushes {@code NOT} down to
 * the leaves, each of which has its own negative, and thereby keeps SQL's treatment of null.
 *
 * <p>Columns are ordinals of the collection's schema; values are of the column's value class.
 */
public sealed interface RowFilter {
  /** Tells the ordinals of the columns that it looks at, some perhaps more than once. */
  default void forEachColumn(IntConsumer told) {
    switch (this) {
      case All all -> {}
      case Nothing nothing -> {}
      case And and -> and.parts.forEach(part -> part.forEachColumn(told));
      case Or or -> or.parts.forEach(part -> part.forEachColumn(told));
      case Compare compare -> told.accept(compare.column);
      case In in -> told.accept(in.column);
      case IsNull isNull -> told.accept(isNull.column);
      case Like like -> told.accept(like.column);
      case Contains contains -> told.accept(contains.column);
      case Test test -> test.columns.forEach(told::accept);
    }
  }

  /** True for every row. */
  record All() implements RowFilter {}

  /** True for no row. */
  record Nothing() implements RowFilter {}

  /** All parts hold. */
  record And(List<RowFilter> parts) implements RowFilter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part holds. */
  record Or(List<RowFilter> parts) implements RowFilter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** How a column's value stands to a constant. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }

  /** Compares a scalar column with a value; strings compare by code point. */
  record Compare(int column, Comparison comparison, Object value) implements RowFilter {}

  /** The scalar column's value is one of these, or (negated) is none of these. */
  record In(int column, List<Object> values, boolean negated) implements RowFilter {
    public In {
      values = List.copyOf(values);
    }
  }

  /** The column of any type is null, or (negated) is not. */
  record IsNull(int column, boolean negated) implements RowFilter {}

  /**
   * The string matches a pattern in which {@code %} stands for any run of characters and {@code _}
   * for one; an escape character makes the next literal ({@code '\0'} for none).
   */
  record Like(int column, String pattern, char escape, boolean ignoreCase, boolean negated)
      implements RowFilter {}

  /** How a text array stands to given strings. */
  enum Containment {
    /** The array holds at least one of them. */
    ANY,
    /** The array holds all of them. */
    ALL
  }

  /** Holds (or, negated, does not hold) the given strings; false for a null array either way. */
  record Contains(int column, Containment containment, List<String> values, boolean negated)
      implements RowFilter {
    public Contains {
      values = List.copyOf(values);
    }
  }

  /**
   * A condition only the layer above can test, from the values of some columns.
   *
   * @param columns the ordinals whose values the test is given, in this order
   * @param label how plans name it
   */
  record Test(List<Integer> columns, RowTest test, String label) implements RowFilter {
    public Test {
      columns = List.copyOf(columns);
    }
  }
}
