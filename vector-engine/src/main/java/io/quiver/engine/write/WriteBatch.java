package io.quiver.engine.write;

import io.quiver.engine.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to one collection that become durable and visible together.
 *
 * <p>Rows and keys are checked against the schema when they are added: value classes, dimensions,
 * NaN and infinity, absent values, a zero vector under a cosine index. The first that does not fit
 * throws {@link InvalidRowException} with its row and column, and nothing has happened yet. A later
 * change to a key replaces an earlier one of the same batch, except that inserting a key twice is
 * refused.
 */
public final class WriteBatch {
  /** What must be true of a key at the moment of the commit. */
  public enum Expectation {
    /** No such row: an INSERT. */
    ABSENT,
    /** Nothing: an UPSERT. */
    ANY,
    /** Not written by anyone since the commit's read position: an UPDATE or a DELETE. */
    UNCHANGED
  }

  /**
   * One change.
   *
   * @param values of the row afterwards, as far as they are known; null for a delete
   * @param patched ordinals of the columns that a row which is there has other values in, none of
   *     which is of a kind or a use that asks for a new row; null for a whole row
   */
  public record Change(
      Expectation expectation,
      Object[] key,
      @Nullable Object @Nullable [] values,
      int @Nullable [] patched) {
    public boolean isDelete() {
      return values == null;
    }

    /** The same, if another thing is true of the key. */
    public Change expecting(Expectation other) {
      return new Change(other, key, values, patched);
    }
  }

  private final CollectionSchema schema;
  private final List<Change> changes = new ArrayList<>();

  public WriteBatch(CollectionSchema schema) {
    this.schema = schema;
  }

  public CollectionSchema schema() {
    return schema;
  }

  /**
   * Puts a row.
   *
   * @param values one a column in the schema's order; those of derived columns are ignored
   */
  public WriteBatch put(Expectation expectation, @Nullable Object[] values) {
    RowCheck.check(schema, values, changes.size());
    changes.add(new Change(expectation, key(values), values.clone(), null));
    return this;
  }

  /**
   * Changes a row that is there: where it is, at the cost of the values that differ, if none of
   * them is a vector or makes one; else as {@link #put} does.
   *
   * @param expectation unchanged, or any if the batch or the transaction has written the row
   * @param before the row as it is, one value a column; those of derived columns are ignored
   * @param after the row as it is to be, of the same key
   */
  public WriteBatch update(
      Expectation expectation, @Nullable Object[] before, @Nullable Object[] after) {
    RowCheck.check(schema, after, changes.size());
    Object[] key = key(after);
    if (!Arrays.deepEquals(key, key(before))) {
      throw new IllegalArgumentException("Invalid update: it changes the key");
    }
    int[] patched = RowDifference.patchable(schema, before, after);
    changes.add(new Change(expectation, key, after.clone(), patched));
    return this;
  }

  /**
   * Gives a row that is there values in some columns, none of which is a vector or makes one.
   *
   * @param columns ordinals, ascending
   * @param values one for each of them
   */
  public WriteBatch patch(Object[] key, int[] columns, @Nullable Object[] values) {
    @Nullable Object[] row = new @Nullable Object[schema.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      if (!RowDifference.staysInPlace(schema, schema.columns().get(columns[i]))) {
        throw new IllegalArgumentException(
            "Invalid patch: of column " + schema.columns().get(columns[i]).name());
      }
      row[columns[i]] = values[i];
      RowCheck.check(schema, columns[i], values[i], changes.size());
    }
    changes.add(new Change(Expectation.UNCHANGED, key.clone(), row, columns.clone()));
    return this;
  }

  private Object[] key(@Nullable Object[] values) {
    Object[] key = new Object[schema.key().size()];
    for (int i = 0; i < key.length; i++) {
      Object part = values[schema.key().get(i)];
      if (part == null) {
        throw new IllegalStateException("A key passed its check without a value");
      }
      key[i] = part;
    }
    return key;
  }

  /** Deletes the row with this key, if there is one. */
  public WriteBatch delete(Expectation expectation, Object[] key) {
    changes.add(new Change(expectation, key.clone(), null, null));
    return this;
  }

  /** The changes in the order they were made. */
  public List<Change> changes() {
    return changes;
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
