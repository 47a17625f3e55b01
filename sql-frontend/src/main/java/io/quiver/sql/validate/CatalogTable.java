package io.quiver.sql.validate;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SystemTable;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.type.QuiverTypeFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A table as Calcite sees it: the columns SQL may name, in order.
 *
 * <p>Internal columns are left out, so a field's position differs from the engine's ordinal; {@link
 * #ordinal} leads from one to the other.
 */
public final class CatalogTable extends AbstractTable {
  private final Source source;
  private final List<ColumnDefinition> columns;
  private final int[] ordinals;
  private final RelDataType rowType;
  private final Set<Privilege> privileges;
  private final Optional<String> condition;

  /** Where the rows come from. */
  public sealed interface Source {
    /** A collection of the engine. */
    record Stored(TableDefinition table) implements Source {}

    /** Rows computed when they are asked for. */
    record Computed(SystemTable table) implements Source {}
  }

  private CatalogTable(
      Source source,
      List<ColumnDefinition> all,
      Set<Privilege> privileges,
      Optional<String> condition) {
    this.source = source;
    this.privileges = Set.copyOf(privileges);
    this.condition = condition;
    List<ColumnDefinition> named = new ArrayList<>();
    int[] positions = new int[all.size()];
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).visibility() != Visibility.INTERNAL) {
        positions[named.size()] = i;
        named.add(all.get(i));
      }
    }
    this.columns = List.copyOf(named);
    this.ordinals = java.util.Arrays.copyOf(positions, named.size());
    RelDataTypeFactory.Builder builder = QuiverTypeFactory.INSTANCE.builder();
    for (ColumnDefinition column : columns) {
      builder.add(column.name(), ColumnTypes.of(column.type(), column.nullable()));
    }
    this.rowType = builder.build();
  }

  static CatalogTable of(TableDefinition table) {
    return of(table, Rights.all());
  }

  static CatalogTable of(TableDefinition table, Rights rights) {
    return new CatalogTable(
        new Source.Stored(table), table.columns(), rights.on(table), rights.condition(table));
  }

  static CatalogTable of(SystemTable table) {
    return new CatalogTable(
        new Source.Computed(table),
        table.columns(),
        EnumSet.of(Privilege.SELECT),
        Optional.empty());
  }

  public Source source() {
    return source;
  }

  /** The definition, where the engine keeps the rows. */
  public Optional<TableDefinition> stored() {
    return source instanceof Source.Stored(TableDefinition table)
        ? Optional.of(table)
        : Optional.empty();
  }

  /** What whoever the statement is planned for may do with it. */
  public Set<Privilege> privileges() {
    return privileges;
  }

  /** The condition, as SQL, on the rows that they see and write; empty for all rows. */
  public Optional<String> condition() {
    return condition;
  }

  /** The columns SQL may name. */
  public List<ColumnDefinition> columns() {
    return columns;
  }

  /** Names of the columns that {@code SELECT *} leaves out. */
  public List<String> hiddenColumns() {
    return columns.stream()
        .filter(column -> column.visibility() == Visibility.HIDDEN)
        .map(ColumnDefinition::name)
        .toList();
  }

  /** The engine's ordinal of a field. */
  public int ordinal(int field) {
    return ordinals[field];
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return rowType;
  }
}
