package io.quiver.sql.validate;

import io.quiver.sql.catalog.ViewDefinition;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** A view as Calcite sees it; its query is put in its place when a plan is made. */
public final class CatalogView extends AbstractTable implements TranslatableTable {
  private final ViewDefinition definition;
  private final Function<ViewDefinition, RelDataType> types;

  CatalogView(ViewDefinition definition, Function<ViewDefinition, RelDataType> types) {
    this.definition = definition;
    this.types = types;
  }

  public ViewDefinition definition() {
    return definition;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory typeFactory) {
    return types.apply(definition);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return context.expandView(
            table.getRowType(),
            definition.query(),
            List.of(definition.path()),
            List.of(definition.schema(), definition.name()))
        .rel;
  }
}
