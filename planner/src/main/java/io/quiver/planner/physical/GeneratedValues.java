package io.quiver.planner.physical;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.planner.expression.ValueOrder;
import io.quiver.sql.function.VectorTotal;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Values as generated code handles them: bytes as {@link ByteString}, vectors as opaque values that
 * are equal by content, everything else as it is.
 *
 * @param opaque positions of columns that hold vectors
 * @param binary positions of columns that hold bytes
 */
public record GeneratedValues(int[] opaque, int[] binary) {
  static GeneratedValues of(RelDataType row) {
    List<RelDataTypeField> fields = row.getFieldList();
    return new GeneratedValues(
        fields.stream()
            .filter(field -> QuiverTypeFactory.isVectorLike(field.getType()))
            .mapToInt(RelDataTypeField::getIndex)
            .toArray(),
        fields.stream()
            .filter(
                field ->
                    field.getType().getSqlTypeName() == SqlTypeName.VARBINARY
                        || field.getType().getSqlTypeName() == SqlTypeName.BINARY)
            .mapToInt(RelDataTypeField::getIndex)
            .toArray());
  }

  /** A vector generated code can group by and cannot look into. */
  public record Opaque(Object value) implements Comparable<Opaque>, VectorTotal.Held {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Opaque that
          && Arrays.deepEquals(new Object[] {value}, new Object[] {that.value});
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(new Object[] {value});
    }

    @Override
    public int compareTo(Opaque other) {
      return value instanceof SparseVectorValue || value instanceof float[][]
          ? Integer.compare(hashCode(), other.hashCode())
          : ValueOrder.compare(value, other.value);
    }
  }

  @Nullable Object[] toGenerated(@Nullable Object[] row) {
    if (opaque.length == 0 && binary.length == 0) {
      return row;
    }
    @Nullable Object[] copy = row.clone();
    for (int i : opaque) {
      Object value = copy[i];
      copy[i] = value == null ? null : new Opaque(value);
    }
    for (int i : binary) {
      copy[i] = copy[i] instanceof byte[] bytes ? new ByteString(bytes) : copy[i];
    }
    return copy;
  }

  @Nullable Object[] fromGenerated(@Nullable Object[] row) {
    for (int i : opaque) {
      row[i] = row[i] instanceof VectorTotal.Held held ? held.value() : row[i];
    }
    for (int i : binary) {
      row[i] = row[i] instanceof ByteString bytes ? bytes.getBytes() : row[i];
    }
    return row;
  }
}
