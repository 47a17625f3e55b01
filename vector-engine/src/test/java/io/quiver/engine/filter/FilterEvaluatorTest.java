package io.quiver.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.column.Column;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.engine.search.RowFilter.Containment;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilterEvaluatorTest {
  private static final int ROWS = 20_000;
  private static final int NUMBER = 0;
  private static final int LANGUAGE = 1;
  private static final int TAGS = 2;
  private static final int PRICE = 3;
  private static final List<ColumnType> TYPES =
      List.of(
          new ColumnType.Scalar(ScalarKind.INT64),
          new ColumnType.Scalar(ScalarKind.STRING),
          new ColumnType.TextArray(),
          new ColumnType.Scalar(ScalarKind.DECIMAL));

  private final Arena arena = Arena.ofConfined();
  private final List<List<@Nullable Object>> values = new ArrayList<>();

  @BeforeEach
  void fill() {
    TYPES.forEach(type -> values.add(new ArrayList<>()));
    for (int row = 0; row < ROWS; row++) {
      values.get(NUMBER).add((long) row);
      values.get(LANGUAGE).add(row % 2 == 0 ? "english" : "german");
      values.get(TAGS).add(row % 1000 == 0 ? new String[] {"confidential", "x"} : new String[0]);
      values.get(PRICE).add(BigDecimal.valueOf(row, 2));
    }
  }

  @AfterEach
  void release() {
    arena.close();
  }

  private SampleSegment segment(boolean indexed) throws IOException {
    return SampleSegment.sealed(TYPES, values, indexed, arena);
  }

  private static RowFilter compare(int column, Comparison comparison, Object value) {
    return new RowFilter.Compare(column, comparison, value);
  }

  private static RowFilter confidential() {
    return new RowFilter.Contains(TAGS, Containment.ANY, List.of("confidential"), false);
  }

  @Test
  void zoneMapsSkipBlocks() throws IOException {
    FilterEvaluator evaluator = new FilterEvaluator(segment(false), StopSignal.NEVER);
    assertThat(evaluator.evaluate(compare(NUMBER, Comparison.LESS, 4500L)).cardinality())
        .isEqualTo(4500);
    assertThat(evaluator.checks()).as("one block of 4096 is neither in nor out").isEqualTo(4096);
  }

  @Test
  void blocksWhollyWithinARangeStillLeaveOutNulls() throws IOException {
    for (int row = 0; row < ROWS; row += 10) {
      values.get(NUMBER).set(row, null);
    }
    FilterEvaluator evaluator = new FilterEvaluator(segment(false), StopSignal.NEVER);
    assertThat(evaluator.evaluate(compare(NUMBER, Comparison.NOT_EQUAL, 5L)).cardinality())
        .isEqualTo(ROWS / 10 * 9 - 1);
    assertThat(evaluator.evaluate(compare(NUMBER, Comparison.LESS, 12_000L)).cardinality())
        .isEqualTo(12_000 / 10 * 9);
    assertThat(evaluator.checks()).isEqualTo(2 * 4096);
  }

  @Test
  void indexesTestNoRows() throws IOException {
    FilterEvaluator evaluator = new FilterEvaluator(segment(true), StopSignal.NEVER);
    RowFilter filter =
        new RowFilter.Or(
            List.of(
                confidential(),
                compare(LANGUAGE, Comparison.EQUAL, "german"),
                compare(NUMBER, Comparison.GREATER, 19_989L)));
    assertThat(evaluator.evaluate(filter).cardinality()).isEqualTo(10_000 + 20 + 5);
    assertThat(evaluator.checks()).isZero();
  }

  @Test
  void foreignTestsSeeOnlyWhatTheOthersLeft() throws IOException {
    for (boolean indexed : new boolean[] {false, true}) {
      AtomicInteger calls = new AtomicInteger();
      RowFilter foreign =
          new RowFilter.Test(
              List.of(NUMBER),
              row -> {
                calls.incrementAndGet();
                Long number = (Long) row[0];
                return number != null && number % 2000 == 0;
              },
              "even thousands");
      RowFilter filter = new RowFilter.And(List.of(foreign, confidential()));
      FilterEvaluator evaluator = new FilterEvaluator(segment(indexed), StopSignal.NEVER);
      assertThat(evaluator.evaluate(filter).cardinality()).isEqualTo(10);
      assertThat(calls).hasValue(20);
    }
  }

  @Test
  void estimatesAreExactByIndexAndNearBySample() throws IOException {
    FilterEvaluator indexed = new FilterEvaluator(segment(true), StopSignal.NEVER);
    assertThat(indexed.estimate(confidential())).isEqualTo(new FilterEstimate(20, true));
    RowFilter both =
        new RowFilter.And(
            List.of(confidential(), compare(NUMBER, Comparison.GREATER_OR_EQUAL, 10_000L)));
    assertThat(indexed.estimate(both))
        .as("the 20 are all looked at")
        .isEqualTo(new FilterEstimate(10, true));
    FilterEvaluator plain = new FilterEvaluator(segment(false), StopSignal.NEVER);
    FilterEstimate half = plain.estimate(compare(NUMBER, Comparison.LESS, 10_000L));
    assertThat(half.exact()).isFalse();
    assertThat(half.rows()).isBetween(9_500L, 10_500L);
    assertThat(plain.estimate(new RowFilter.All())).isEqualTo(new FilterEstimate(ROWS, true));
  }

  @Test
  void stopSignalEndsAScan() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    StopSignal stop =
        () -> {
          if (asked.incrementAndGet() > 3) {
            throw new SearchStoppedException("cancelled", false);
          }
        };
    FilterEvaluator evaluator = new FilterEvaluator(segment(false), stop);
    RowFilter like = new RowFilter.Like(LANGUAGE, "%g%", '\0', false, true);
    assertThatThrownBy(() -> evaluator.evaluate(new RowFilter.And(List.of(like, like, like))))
        .isInstanceOf(SearchStoppedException.class);
  }

  @Test
  void decimalsOfAnySizeCompare() throws IOException {
    for (boolean indexed : new boolean[] {false, true}) {
      FilterEvaluator evaluator = new FilterEvaluator(segment(indexed), StopSignal.NEVER);
      Object[][] cases = {
        {"10.00", 1000},
        {"10.001", 1001},
        {"1E+1000000000", ROWS},
        {"1E-1000000000", 1},
        {"-1E-1000000000", 0},
        {"-1E+1000000000", 0},
        {"0", 0},
        {"0E+5", 0},
        {"92233720368547758.08", ROWS}
      };
      for (Object[] each : cases) {
        RowFilter filter = compare(PRICE, Comparison.LESS, new BigDecimal((String) each[0]));
        assertThat(evaluator.evaluate(filter).cardinality()).as("< %s", each).isEqualTo(each[1]);
      }
    }
  }

  @Test
  void columnsAddedLaterAreNull() {
    SampleSegment segment =
        new SampleSegment(
            100,
            TYPES.stream().map(type -> Column.absent(type, 100)).toList(),
            java.util.Collections.nCopies(TYPES.size(), null));
    FilterEvaluator evaluator = new FilterEvaluator(segment, StopSignal.NEVER);
    assertThat(evaluator.evaluate(new RowFilter.IsNull(TAGS, false)).cardinality()).isEqualTo(100);
    List<RowFilter> leaves =
        List.of(
            confidential(),
            compare(PRICE, Comparison.NOT_EQUAL, BigDecimal.ONE),
            compare(NUMBER, Comparison.GREATER, Long.MIN_VALUE),
            new RowFilter.In(LANGUAGE, List.of("x"), true),
            new RowFilter.Like(LANGUAGE, "%", '\0', false, false));
    for (RowFilter leaf : leaves) {
      assertThat(evaluator.evaluate(leaf).cardinality()).as("%s", leaf).isZero();
    }
  }

  @Test
  void filtersThatDoNotFitTheirColumnAreRefused() throws IOException {
    FilterEvaluator evaluator = new FilterEvaluator(segment(false), StopSignal.NEVER);
    assertThatThrownBy(() -> evaluator.evaluate(compare(TAGS, Comparison.EQUAL, "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid comparison: of TextArray[]");
    assertThatThrownBy(
            () -> evaluator.evaluate(new RowFilter.Like(NUMBER, "1", '\0', false, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid LIKE: of Scalar[kind=INT64]");
  }
}
