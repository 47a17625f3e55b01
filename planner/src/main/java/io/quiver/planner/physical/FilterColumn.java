package io.quiver.planner.physical;

import io.quiver.sql.catalog.ColumnDefinition;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A column the engine can filter by: one of the table's fields, or one that is kept for an index
 * over an expression and stands for that expression.
 *
 * @param ordinal of the engine
 * @param type of the field or expression, as SQL sees it
 */
record FilterColumn(int ordinal, ColumnDefinition definition, RelDataType type) {}
