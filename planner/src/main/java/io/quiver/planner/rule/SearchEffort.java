package io.quiver.planner.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * How hard a search was asked to look, by its arguments or by a hint; what is empty is the
 * session's to say.
 *
 * @param efSearch candidates of a graph walk
 * @param exact whether to compare all
 * @param targetRecall share of the nearest that should be found, from which ef_search is learnt
 */
public record SearchEffort(
    Optional<RexNode> efSearch, Optional<RexNode> exact, Optional<RexNode> targetRecall) {
  /** As the session has it. */
  static final SearchEffort OF_SESSION =
      new SearchEffort(Optional.empty(), Optional.empty(), Optional.empty());

  /** What the hints of a table say. */
  static SearchEffort of(List<RelHint> hints, RexBuilder builder) {
    Optional<RelHint> hint =
        hints.stream().filter(each -> each.hintName.equalsIgnoreCase("ANN")).findFirst();
    return hint.isEmpty()
        ? OF_SESSION
        : new SearchEffort(
            option(hint.get(), "ef_search", SqlTypeName.INTEGER, builder),
            option(hint.get(), "exact", SqlTypeName.BOOLEAN, builder),
            option(hint.get(), "target_recall", SqlTypeName.DOUBLE, builder));
  }

  private static Optional<RexNode> option(
      RelHint hint, String name, SqlTypeName type, RexBuilder builder) {
    return Optional.ofNullable(hint.kvOptions.get(name))
        .map(
            text ->
                builder.makeAbstractCast(
                    builder.getTypeFactory().createSqlType(type),
                    builder.makeLiteral(text),
                    false));
  }

  SearchEffort apply(RexShuttle shuttle) {
    return new SearchEffort(
        efSearch.map(each -> each.accept(shuttle)),
        exact.map(each -> each.accept(shuttle)),
        targetRecall.map(each -> each.accept(shuttle)));
  }

  Stream<RexNode> expressions() {
    return Stream.of(efSearch, exact, targetRecall).flatMap(Optional::stream);
  }
}
