package io.quiver.planner.rule;

import io.quiver.engine.schema.DistanceMetric;
import io.quiver.sql.function.SearchFunction;
import io.quiver.sql.validate.SearchOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * What a search looks for. Expressions read no input, save the conditions, which read the searched
 * table's columns.
 *
 * @param kind by what kind of vector
 * @param column position of the searched column among the table's fields
 * @param query the vector searched for
 * @param topK how many rows; empty where a bound or a LIMIT says it
 * @param metric empty for the metric of the column's index
 * @param effort how hard to look
 * @param conditions of WHERE that are part of the search; all must hold
 * @param maxDistances upper bounds of the distance; all hold
 * @param minScores lower bounds of the score; all hold
 * @param filterAfter whether WHERE was asked to come after the search
 * @param limited whether the number of rows is that of a LIMIT, which may be 0
 * @param notes what the user should know of it when it runs
 * @param origin where it was written; empty where it was found in an ORDER BY
 */
public record SearchSpec(
    SearchFunction.Kind kind,
    int column,
    RexNode query,
    Optional<RexNode> topK,
    Optional<DistanceMetric> metric,
    SearchEffort effort,
    List<RexNode> conditions,
    List<RexNode> maxDistances,
    List<RexNode> minScores,
    boolean filterAfter,
    boolean limited,
    List<String> notes,
    Optional<SearchOrigin> origin) {
  public SearchSpec {
    notes = List.copyOf(notes);
    conditions = List.copyOf(conditions);
    maxDistances = List.copyOf(maxDistances);
    minScores = List.copyOf(minScores);
  }

  /** The same with more conditions. */
  public SearchSpec withConditions(List<RexNode> more) {
    return withAll(joined(conditions, more));
  }

  /** The same with these conditions and no others. */
  public SearchSpec withAll(List<RexNode> all) {
    return new SearchSpec(
        kind,
        column,
        query,
        topK,
        metric,
        effort,
        all,
        maxDistances,
        minScores,
        filterAfter,
        limited,
        notes,
        origin);
  }

  /** The same with more bounds. */
  public SearchSpec withBounds(List<RexNode> distances, List<RexNode> scores) {
    return new SearchSpec(
        kind,
        column,
        query,
        topK,
        metric,
        effort,
        conditions,
        joined(maxDistances, distances),
        joined(minScores, scores),
        filterAfter,
        limited,
        notes,
        origin);
  }

  /** The same for as many rows as a LIMIT lets through. */
  public SearchSpec limitedTo(RexNode rows) {
    return new SearchSpec(
        kind,
        column,
        query,
        Optional.of(rows),
        metric,
        effort,
        conditions,
        maxDistances,
        minScores,
        filterAfter,
        true,
        notes,
        origin);
  }

  /** The same with something to tell the user. */
  public SearchSpec withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new SearchSpec(
        kind,
        column,
        query,
        topK,
        metric,
        effort,
        conditions,
        maxDistances,
        minScores,
        filterAfter,
        limited,
        all,
        origin);
  }

  /** Whether anything says how many rows there may be. */
  public boolean isBounded() {
    return topK.isPresent() || !maxDistances.isEmpty() || !minScores.isEmpty();
  }

  /** The same with each expression changed. */
  public SearchSpec apply(RexShuttle shuttle) {
    return new SearchSpec(
        kind,
        column,
        query.accept(shuttle),
        topK.map(each -> each.accept(shuttle)),
        metric,
        effort.apply(shuttle),
        shuttle.apply(conditions),
        shuttle.apply(maxDistances),
        shuttle.apply(minScores),
        filterAfter,
        limited,
        notes,
        origin);
  }

  /** Every expression. */
  public Stream<RexNode> expressions() {
    return Stream.of(
            Stream.of(query),
            topK.stream(),
            effort.expressions(),
            conditions.stream(),
            maxDistances.stream(),
            minScores.stream())
        .flatMap(each -> each);
  }

  private static List<RexNode> joined(List<RexNode> first, List<RexNode> second) {
    List<RexNode> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
