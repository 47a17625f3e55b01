package io.quiver.engine.write;

import io.quiver.engine.schema.CollectionSchema;
import java.util.ArrayList;
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

  /** One change. Values are null for a delete. */
  public record Change(
      Expectation expectation, Object[] key, @Nullable Object @Nullable [] values) {
    public boolean isDelete() {
      return values == null;
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
    Object[] key = new Object[schema.key().size()];
    for (int i = 0; i < key.length; i++) {
      Object part = values[schema.key().get(i)];
      if (part == null) {
        throw new IllegalStateException("A key passed its check without a value");
      }
      key[i] = part;
    }
    changes.add(new Change(expectation, key, values.clone()));
    return this;
  }

  /** Deletes the row with this key, if there is one. */
  public WriteBatch delete(Expectation expectation, Object[] key) {
    changes.add(new Change(expectation, key.clone(), null));
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
