package io.quiver.planner.rule;

import com.google.common.collect.ImmutableSet;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.function.VectorOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * MAXSIM over the rows of any query, which bring their token vectors with them: each row's score is
 * computed, and the best are kept.
 *
 * @param data the rows
 * @param column which of their fields holds the token vectors
 * @param rowType of the result: the data's columns, distance and score
 * @param place of the call in the statement, which a query of other dimensions is told by
 */
record RerankCall(
    RelNode data, int column, RexNode query, RelDataType rowType, SqlParserPos place) {
  RelNode bind(Optional<RexNode> topK, Optional<RexNode> maxDistance, Optional<RexNode> minScore) {
    RexBuilder builder = data.getCluster().getRexBuilder();
    RexNode score =
        builder.makeCall(
            place,
            QuiverOperators.vector(VectorOperation.MAX_SIM),
            List.of(builder.makeInputRef(data, column), query));
    List<RexNode> fields = kept(builder);
    RelDataType real = rowType.getFieldList().getLast().getType();
    fields.add(
        builder.makeAbstractCast(
            real, builder.makeCall(SqlStdOperatorTable.UNARY_MINUS, score), false));
    fields.add(score);
    RelNode scored =
        LogicalProject.create(data, List.of(), fields, rowType.getFieldNames(), ImmutableSet.of());
    int last = fields.size() - 1;
    LogicalSort sort =
        LogicalSort.create(
            scored,
            RelCollations.of(
                new RelFieldCollation(
                    last,
                    RelFieldCollation.Direction.DESCENDING,
                    RelFieldCollation.NullDirection.LAST)),
            null,
            topK.orElse(null));
    // The hint keeps EXPLAIN from telling why it is no search of a table.
    RelNode ordered = sort.withHints(List.of(RelHint.builder("RERANK").build()));
    RelNode found = LogicalFilter.create(ordered, bounds(ordered, last, maxDistance, minScore));
    List<RexNode> typed = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      typed.add(
          builder.makeAbstractCast(
              field.getType(), builder.makeInputRef(found, field.getIndex()), false));
    }
    return LogicalProject.create(
        found, List.of(), typed, rowType.getFieldNames(), ImmutableSet.of());
  }

  /** What does not qualify stands at the end of the order, so that sifting may come after it. */
  private static RexNode bounds(
      RelNode ordered, int scoreField, Optional<RexNode> maxDistance, Optional<RexNode> minScore) {
    RexBuilder builder = ordered.getCluster().getRexBuilder();
    RexNode score = builder.makeInputRef(ordered, scoreField);
    List<RexNode> conditions = new ArrayList<>();
    conditions.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, score));
    maxDistance.ifPresent(
        bound ->
            conditions.add(
                builder.makeCall(
                    SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                    builder.makeInputRef(ordered, scoreField - 1),
                    bound)));
    minScore.ifPresent(
        bound ->
            conditions.add(
                builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, score, bound)));
    return RexUtil.composeConjunction(builder, conditions);
  }

  /** The data's columns, without those of the search that a MAXSIM over one replaces. */
  private List<RexNode> kept(RexBuilder builder) {
    List<RexNode> fields = new ArrayList<>();
    List<String> names = rowType.getFieldNames();
    for (RelDataTypeField field : data.getRowType().getFieldList()) {
      if (fields.size() < names.size() - 2
          && names.get(fields.size()).equals(field.getName())
          && (!SearchFunction.isOwnColumn(field.getName(), false)
              || !names.getLast().equals(field.getName()))) {
        fields.add(builder.makeInputRef(data, field.getIndex()));
      }
    }
    return fields;
  }
}
