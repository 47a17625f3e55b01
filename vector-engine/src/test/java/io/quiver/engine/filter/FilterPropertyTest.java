package io.quiver.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.column.RandomValues;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random filters over random rows, against the plainest evaluation; replay with quiver.seed. */
class FilterPropertyTest {
  private static final long SEED = Long.getLong("quiver.seed", 20_261_123);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 200, 1000, 9000})
  void everyWayOfKeepingRowsGivesTheSameRows(int rows) throws IOException {
    Random random = new Random(SEED + rows);
    List<ColumnType> types = RandomValues.types();
    List<List<@Nullable Object>> values = new ArrayList<>();
    for (ColumnType type : types) {
      double nulls = random.nextInt(4) == 0 ? 0 : random.nextDouble() / 2;
      values.add(RandomValues.list(type, rows, nulls, random));
    }
    try (Arena arena = Arena.ofConfined()) {
      List<SampleSegment> segments =
          List.of(
              SampleSegment.growing(types, values, arena),
              SampleSegment.sealed(types, values, false, arena),
              SampleSegment.sealed(types, values, true, arena));
      NaiveFilter naive = new NaiveFilter(values);
      RandomFilters filters = new RandomFilters(types, random);
      for (int i = 0; i < (rows > 500 ? 80 : 200); i++) {
        RowFilter filter = filters.tree(random.nextInt(4));
        RowBitmap among = among(rows, random);
        for (SampleSegment segment : segments) {
          check(filter, among, segment, naive);
        }
      }
    }
  }

  private static RowBitmap among(int rows, Random random) {
    RowBitmap among = new RowBitmap(rows);
    double share = random.nextInt(3) == 0 ? 0.01 : random.nextDouble();
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < share) {
        among.add(row);
      }
    }
    return among;
  }

  private static void check(
      RowFilter filter, RowBitmap among, SampleSegment segment, NaiveFilter naive) {
    FilterEvaluator evaluator = new FilterEvaluator(segment, StopSignal.NEVER);
    RowBitmap before = among.copy();
    RowBitmap all = evaluator.evaluate(filter);
    RowBitmap some = evaluator.evaluate(filter, among);
    RowVerifier verifier = evaluator.verifier(filter);
    int expected = 0;
    for (int row = 0; row < segment.rows(); row++) {
      boolean holds = naive.holds(filter, row);
      expected += holds ? 1 : 0;
      if (all.contains(row) != holds
          || some.contains(row) != (holds && among.contains(row))
          || verifier.matches(row) != holds) {
        assertThat(all.contains(row))
            .as("row %s of %s, seed %s: %s", row, segment.rows(), SEED, filter)
            .isEqualTo(holds);
        throw new AssertionError("among or verifier, row " + row + ", seed " + SEED + filter);
      }
    }
    assertThat(all.cardinality()).isEqualTo(expected);
    assertThat(among.words()).as("the candidates are left alone").isEqualTo(before.words());
    FilterEstimate estimate = evaluator.estimate(filter);
    assertThat(estimate.rows()).isBetween(0L, (long) segment.rows());
    if (estimate.exact()) {
      assertThat(estimate.rows()).as("estimate of %s, seed %s", filter, SEED).isEqualTo(expected);
    }
  }
}
