package io.quiver.engine.filter;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.TextArrayColumn;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import java.util.List;

/** Turns a filter into a condition on the columns of one segment. */
final class FilterCompiler {
  private final FilterableRows rows;

  FilterCompiler(FilterableRows rows) {
    this.rows = rows;
  }

  Condition compile(RowFilter filter) {
    return switch (filter) {
      case RowFilter.All all -> Constant.ALL;
      case RowFilter.Nothing nothing -> Constant.NOTHING;
      case RowFilter.And and -> new Compound(true, compile(and.parts()));
      case RowFilter.Or or -> new Compound(false, compile(or.parts()));
      case RowFilter.Compare compare ->
          scalar(compare.column()).compare(compare.comparison(), compare.value());
      case RowFilter.In in -> scalar(in.column()).in(in.values(), in.negated());
      case RowFilter.Like like -> like(like);
      case RowFilter.IsNull isNull -> new NullTest(rows.column(isNull.column()), isNull.negated());
      case RowFilter.Contains contains -> contains(contains);
      case RowFilter.Test test ->
          new ForeignTest(
              test.columns().stream().map(rows::column).toArray(Column[]::new), test.test());
    };
  }

  private List<Condition> compile(List<RowFilter> parts) {
    return parts.stream().map(this::compile).toList();
  }

  private ScalarLeaves scalar(int ordinal) {
    Column column = rows.column(ordinal);
    if (!(column.type() instanceof ColumnType.Scalar)) {
      throw new IllegalArgumentException("Invalid comparison: of " + column.type());
    }
    return new ScalarLeaves(column, rows.index(ordinal));
  }

  private Condition like(RowFilter.Like like) {
    Column column = rows.column(like.column());
    if (!(column instanceof BytesColumn)
        || !column.type().equals(new ColumnType.Scalar(ScalarKind.STRING))) {
      throw new IllegalArgumentException("Invalid LIKE: of " + column.type());
    }
    return scalar(like.column()).like(like);
  }

  private Condition contains(RowFilter.Contains contains) {
    if (!(rows.column(contains.column()) instanceof TextArrayColumn arrays)) {
      ColumnType type = rows.column(contains.column()).type();
      throw new IllegalArgumentException("Invalid containment: of " + type);
    }
    return ArrayLeaves.contains(arrays, contains, rows.index(contains.column()));
  }
}
