package io.quiver.planner.physical;

import io.quiver.engine.search.CollectionView;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.validate.CatalogTable;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of one stored table by their names.
 *
 * @param table the table
 * @param definition its definition
 * @param wanted fields that are read; the others are null in the rows
 * @param width how many values a row has; those past the table's fields are for the caller to fill
 */
record TableNode(
    CatalogTable table, TableDefinition definition, ImmutableBitSet wanted, int width) {

  static TableNode of(CatalogTable table, ImmutableBitSet wanted, int width) {
    TableDefinition definition =
        table.stored().orElseThrow(() -> new IllegalStateException("Not stored: " + table));
    return new TableNode(
        table, definition, wanted.intersect(ImmutableBitSet.range(table.columns().size())), width);
  }

  CollectionView view(Execution execution) {
    return execution.view(definition.id());
  }

  @Nullable Object[] row(CollectionView view, long name) {
    @Nullable Object[] row = new Object[width];
    List<ColumnDefinition> columns = table.columns();
    for (int field = wanted.nextSetBit(0); field >= 0; field = wanted.nextSetBit(field + 1)) {
      row[field] =
          ColumnValue.toRow(view.value(name, table.ordinal(field)), columns.get(field).type());
    }
    return row;
  }

  String describe() {
    return "table="
        + definition.schema()
        + "."
        + definition.name()
        + ", columns=["
        + String.join(
            ", ", wanted.asList().stream().map(i -> table.columns().get(i).name()).toList())
        + "]";
  }
}
