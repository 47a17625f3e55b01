package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollation;
import org.jspecify.annotations.Nullable;

/** The rows of a group, put together in an order: LISTAGG and ARRAY_AGG. Null where none count. */
final class Collected extends Accumulator {
  /** Makes the value of all rows, of which there is at least one. */
  private interface Made {
    Object of(List<@Nullable Object[]> rows);
  }

  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final Optional<RowOrder> order;
  private final int needed;
  private final Made made;

  /**
   * @param needed the field without which a row does not count; -1 for none
   */
  private Collected(RelCollation order, int needed, Made made) {
    this.order =
        order.getFieldCollations().isEmpty()
            ? Optional.empty()
            : Optional.of(new RowOrder(order.getFieldCollations()));
    this.needed = needed;
    this.made = made;
  }

  /**
   * Texts, one after the other; nulls do not count.
   *
   * @param fields that of the text, and that of what stands between two, if anything does
   */
  static Collected ofText(int[] fields, RelCollation order) {
    return new Collected(
        order,
        fields[0],
        rows -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < rows.size(); i++) {
            @Nullable Object[] row = rows.get(i);
            if (i > 0 && fields.length > 1 && row[fields[1]] != null) {
              text.append(row[fields[1]]);
            }
            text.append(row[fields[0]]);
          }
          return text.toString();
        });
  }

  /** The values, nulls among them, as an array. */
  static Collected ofValues(int field, RelCollation order) {
    return new Collected(
        order,
        -1,
        rows -> {
          List<@Nullable Object> values = new ArrayList<>(rows.size());
          for (@Nullable Object[] row : rows) {
            values.add(row[field]);
          }
          return values;
        });
  }

  @Override
  void add(@Nullable Object[] row) {
    if (needed < 0 || row[needed] != null) {
      rows.add(row);
    }
  }

  @Override
  @Nullable Object value() {
    if (rows.isEmpty()) {
      return null;
    }
    order.ifPresent(rows::sort);
    return made.of(rows);
  }
}
