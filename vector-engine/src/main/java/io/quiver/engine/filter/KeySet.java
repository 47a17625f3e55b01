package io.quiver.engine.filter;

import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The key is one of some, or (negated) is none of them. */
final class KeySet extends Condition {
  private static final int FEW = 16;

  private final Keys keys;
  private final long[] members;
  private final boolean negated;
  private final long @Nullable [] bits;
  private final @Nullable IndexedRows index;
  private final long[] scratch = new long[RowBlock.WORD];

  /**
   * @param members ascending without equals
   * @param codes how many codes there are where keys are dictionary codes, else -1
   */
  KeySet(Keys keys, long[] members, int codes, boolean negated, @Nullable PayloadIndex index) {
    this.keys = keys;
    this.members = members;
    this.negated = negated;
    this.bits = codes < 0 ? null : bits(members, codes);
    this.index = index == null ? null : new IndexedRows(index, negated, this::lookUp);
  }

  private static long[] bits(long[] members, int codes) {
    long[] bits = new long[(codes + 63) >>> 6];
    for (long member : members) {
      bits[(int) (member >>> 6)] |= 1L << (member & 63);
    }
    return bits;
  }

  private void lookUp(PayloadIndex index, IndexedRows.Target target) {
    for (long member : members) {
      switch (index) {
        case OrderIndex order ->
            target.add(order, order.range(row -> Long.compare(keys.at(row), member)));
        case TermIndex terms -> {
          if (member >= 0 && member < terms.terms()) {
            target.add(terms, (int) member);
          }
        }
      }
    }
  }

  private boolean isMember(long key) {
    if (bits != null) {
      return (bits[(int) (key >>> 6)] >>> (key & 63) & 1) != 0;
    }
    if (members.length > FEW) {
      return Arrays.binarySearch(members, key) >= 0;
    }
    boolean found = false;
    for (long member : members) {
      found |= member == key;
    }
    return found;
  }

  @Override
  boolean holds(int row) {
    return !keys.column().isNull(row) && isMember(keys.at(row)) != negated;
  }

  @Override
  long word(int from, int count) {
    long present = keys.column().presence(from >>> 6) & -1L >>> (64 - count);
    if (present == 0) {
      return 0;
    }
    keys.read(from, count, scratch);
    long found = 0;
    for (int i = 0; i < count; i++) {
      found |= (isMember(scratch[i]) ? 1L : 0L) << i;
    }
    return (negated ? ~found : found) & present;
  }

  @Override
  long indexedCount() {
    return index == null ? -1 : index.count();
  }

  @Override
  RowBitmap indexed() {
    return index == null ? super.indexed() : index.rows();
  }

  @Override
  int cost() {
    return KEY_COST + 1;
  }
}
