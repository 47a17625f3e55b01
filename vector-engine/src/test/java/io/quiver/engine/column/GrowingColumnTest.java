package io.quiver.engine.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrowingColumnTest extends ColumnContract {
  @Override
  Column column(ColumnType type, List<@Nullable Object> values) {
    GrowingColumn column = GrowingColumn.of(type, arena);
    values.forEach(column::append);
    return column;
  }

  @Test
  void readersSeeWholeRowsWhileOthersAreAppended() throws Exception {
    GrowingColumn strings = GrowingColumn.of(new ColumnType.Scalar(ScalarKind.STRING), arena);
    int rows = 50_000;
    Callable<Integer> reader =
        () -> {
          int checked = 0;
          for (int seen = 0; seen < rows; seen = strings.rows()) {
            for (int row = Math.max(0, seen - 50); row < seen; row++, checked++) {
              Object expected = row % 7 == 0 ? null : "row " + row;
              assertThat(strings.value(row)).isEqualTo(expected);
            }
          }
          return checked;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
      for (int row = 0; row < rows; row++) {
        strings.append(row % 7 == 0 ? null : "row " + row);
      }
      for (Future<Integer> each : readers) {
        assertThat(each.get()).isNotNegative();
      }
    }
    assertThat(strings.bytes()).isGreaterThan(rows * 16L);
  }
}
