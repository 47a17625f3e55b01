package io.quiver.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.column.MemorySink;
import io.quiver.engine.column.RandomValues;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.engine.search.StopSignal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PayloadIndexTest {
  private static final ColumnType INT64 = new ColumnType.Scalar(ScalarKind.INT64);

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void release() {
    arena.close();
  }

  private SealedColumn sealed(ColumnType type, List<@Nullable Object> values) throws IOException {
    SampleSegment segment = SampleSegment.sealed(List.of(type), List.of(values), false, arena);
    return (SealedColumn) segment.column(0);
  }

  @Test
  void wideRangesAreExactAtEveryPosition() throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 70_001; i++) {
      values.add(random.nextInt(20) == 0 ? null : (Object) (long) random.nextInt(100_000));
    }
    SampleSegment segment = SampleSegment.sealed(List.of(INT64), List.of(values), true, arena);
    FilterEvaluator evaluator = new FilterEvaluator(segment, StopSignal.NEVER);
    for (int i = 0; i < 60; i++) {
      long low = random.nextInt(100_000);
      long high = random.nextInt(100_000);
      RowFilter filter =
          new RowFilter.And(
              List.of(
                  new RowFilter.Compare(0, Comparison.GREATER_OR_EQUAL, low),
                  new RowFilter.Compare(0, Comparison.LESS, high)));
      RowBitmap found = evaluator.evaluate(filter);
      for (int row = 0; row < values.size(); row++) {
        Long value = (Long) values.get(row);
        boolean expected = value != null && value >= low && value < high;
        if (found.contains(row) != expected) {
          assertThat(found.contains(row))
              .as("row %s, [%s, %s)", row, low, high)
              .isEqualTo(expected);
        }
      }
    }
    assertThat(evaluator.checks()).as("rows tested one by one").isLessThan(60 * 300);
  }

  @Test
  void indexesOfAllTypesVerify() throws IOException {
    Random random = new Random(4);
    for (ColumnType type : RandomValues.types()) {
      if (PayloadIndex.supports(type)) {
        for (int rows : new int[] {0, 1, 500, 9000}) {
          SealedColumn column = sealed(type, RandomValues.list(type, rows, 0.2, random));
          PayloadIndex index = SampleSegment.index(column, arena);
          index.verify();
          assertThat(index.rows()).isEqualTo(rows);
        }
      }
    }
  }

  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    Random random = new Random(5);
    for (ColumnType type : RandomValues.types()) {
      if (!PayloadIndex.supports(type)) {
        continue;
      }
      List<@Nullable Object> values = RandomValues.list(type, 900, 0.2, random);
      SealedColumn column = sealed(type, values);
      MemorySink sink = new MemorySink();
      PayloadIndex.write(column, sink);
      int detected = 0;
      for (int flip = 0; flip < 100; flip++) {
        byte[] damaged = sink.bytes();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        detected += use(damaged, column) ? 0 : 1;
      }
      assertThat(detected).as("flips found in an index over %s", type).isGreaterThan(20);
    }
  }

  /** Whether the damage went unnoticed, as it does in padding; anything but a refusal fails. */
  private static boolean use(byte[] section, SealedColumn column) {
    try (Arena own = Arena.ofConfined()) {
      PayloadIndex index = PayloadIndex.map(MemorySink.map(section, own), column, "test index");
      SampleSegment segment = new SampleSegment(column.rows(), List.of(column), List.of(index));
      RandomFilters filters = new RandomFilters(List.of(column.type()), new Random(6));
      for (int i = 0; i < 5; i++) {
        new FilterEvaluator(segment, StopSignal.NEVER).evaluate(filters.tree(1));
      }
      index.verify();
      return true;
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageContaining("test index is damaged");
      return false;
    }
  }

  @Test
  void indexOfAnotherColumnIsRefused() throws IOException {
    SealedColumn one = sealed(INT64, List.of(1L, 2L, 3L));
    SealedColumn other = sealed(INT64, List.of(1L, 2L));
    MemorySink sink = new MemorySink();
    PayloadIndex.write(one, sink);
    assertThatThrownBy(() -> PayloadIndex.map(sink.map(arena), other, "idx"))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "idx is damaged: it is the index of another column. Restore the file from a copy.");
  }
}
