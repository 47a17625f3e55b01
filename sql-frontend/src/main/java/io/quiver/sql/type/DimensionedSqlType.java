package io.quiver.sql.type;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.ArraySqlType;
import org.jspecify.annotations.Nullable;

/** An array for Calcite, printed and compared by a name of ours and a dimension. */
abstract class DimensionedSqlType extends ArraySqlType {
  private final String word;
  final int dimension;

  /**
   * @param word the type's name
   * @param dimension 0 where any will do
   */
  DimensionedSqlType(String word, RelDataType component, int dimension, boolean nullable) {
    this.word = word;
    this.dimension = dimension;
    super(component, nullable);
  }

  @Override
  protected final void generateTypeString(StringBuilder text, boolean withDetail) {
    text.append(word);
    if (dimension > 0) {
      text.append('(').append(dimension).append(')');
    }
  }

  @Override
  public final boolean deepEquals(@Nullable Object other) {
    return super.deepEquals(other)
        && other instanceof DimensionedSqlType that
        && that.word.equals(word)
        && that.dimension == dimension;
  }

  @Override
  public final int deepHashCode() {
    return Objects.hash(super.deepHashCode(), dimension, word);
  }
}
