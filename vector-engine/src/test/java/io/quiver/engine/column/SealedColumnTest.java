package io.quiver.engine.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealedColumnTest extends ColumnContract {
  private static final long SEED = Long.getLong("quiver.seed", 11);
  private static final ColumnType STRING = new ColumnType.Scalar(ScalarKind.STRING);
  private static final ColumnType DECIMAL = new ColumnType.Scalar(ScalarKind.DECIMAL);

  private GrowingColumn growing(ColumnType type, List<@Nullable Object> values) {
    GrowingColumn column = GrowingColumn.of(type, arena);
    values.forEach(column::append);
    return column;
  }

  private static byte[] write(ColumnType type, List<? extends Column> sources, RowSelection rows) {
    MemorySink sink = new MemorySink();
    try {
      SealedColumn.write(type, sources, rows, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sink.bytes();
  }

  private SealedColumn map(ColumnType type, byte[] section) {
    return SealedColumn.map(type, MemorySink.map(section, arena), "test section");
  }

  @Override
  Column column(ColumnType type, List<@Nullable Object> values) {
    RowSelection all = RowSelection.first(values.size());
    return map(type, write(type, List.of(growing(type, values)), all));
  }

  @ParameterizedTest
  @MethodSource("types")
  void segmentsMergeInAnyOrder(ColumnType type) {
    Random random = new Random(SEED);
    List<List<@Nullable Object>> values = new ArrayList<>();
    List<Column> sources = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      values.add(RandomValues.list(type, 300, 0.1, random));
      Column growing = growing(type, values.get(segment));
      sources.add(segment == 0 ? growing : column(type, values.get(segment)));
    }
    values.add(RandomValues.list(type, 300, 1, random));
    sources.add(Column.absent(type, 300));
    int[] segments = random.ints(777, 0, 4).toArray();
    int[] rows = random.ints(777, 0, 300).toArray();
    List<@Nullable Object> expected = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      expected.add(values.get(segments[i]).get(rows[i]));
    }
    byte[] section = write(type, sources, RowSelection.of(segments, rows));
    assertHolds(map(type, section), expected);
  }

  @ParameterizedTest
  @MethodSource("types")
  void absentColumnsAreAllNull(ColumnType type) {
    Column absent = Column.absent(type, 70);
    assertHolds(absent, java.util.Collections.nCopies(70, null));
  }

  @ParameterizedTest
  @MethodSource("types")
  void damageIsRefusedOrHarmless(ColumnType type) {
    List<@Nullable Object> values = RandomValues.list(type, 200, 0.2, new Random(SEED));
    byte[] section = write(type, List.of(growing(type, values)), RowSelection.first(200));
    Random random = new Random(SEED);
    for (int flip = 0; flip < 200; flip++) {
      byte[] damaged = section.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      readAll(type, damaged);
    }
    for (int length = 0; length < section.length; length += 1 + random.nextInt(40)) {
      readAll(type, Arrays.copyOf(section, length));
    }
  }

  private static void readAll(ColumnType type, byte[] section) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment memory = MemorySink.map(section, own);
      SealedColumn column = SealedColumn.map(type, memory, "test section");
      for (int row = 0; row < column.rows(); row++) {
        column.value(row);
      }
    } catch (CorruptDataException e) {
      assertThat(e).hasMessageContaining("test section is damaged");
    }
  }

  @Test
  void messagesNameTheSectionAndWhatIsWrong() {
    byte[] section = write(STRING, List.of(growing(STRING, List.of("a"))), RowSelection.first(1));
    ColumnType other = new ColumnType.Scalar(ScalarKind.DECIMAL);
    assertThatThrownBy(() -> map(other, section))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "test section is damaged: it has encoding 2, unknown for its type."
                + " Restore the file from a copy.");
  }

  @Test
  void repeatedStringsAreKeptOnceInOrder() {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      values.add(i % 10 == 0 ? null : "word number " + i % 700);
    }
    BytesColumn column = (BytesColumn) column(STRING, values);
    Dictionary dictionary = Objects.requireNonNull(column.dictionary());
    assertThat(dictionary.size()).isEqualTo(630);
    assertThat(dictionary.find(utf8("word number 699"))).isPositive();
    assertThat(dictionary.find(utf8("word number"))).isEqualTo(-1);
    assertHolds(column, values);
  }

  private static MemorySegment utf8(String string) {
    return ScalarCodec.toSegment(ScalarKind.STRING, string);
  }

  @Test
  void codesTakeAsManyBytesAsTheDictionaryNeeds() {
    for (int distinct : new int[] {1, 256, 257, 65_536, 65_537}) {
      List<@Nullable Object> values = new ArrayList<>();
      IntStream.range(0, distinct * 3).forEach(i -> values.add("a rather long word " + i / 3));
      BytesColumn column = (BytesColumn) column(STRING, values);
      assertThat(column.dictionary()).isNotNull();
      assertThat(column.value(distinct * 3 - 1)).isEqualTo("a rather long word " + (distinct - 1));
      assertThat(column.value(0)).isEqualTo("a rather long word 0");
    }
  }

  @Test
  void distinctStringsAreKeptPlain() {
    List<@Nullable Object> values = new ArrayList<>();
    IntStream.range(0, 20_000).forEach(i -> values.add("id-" + i * 31));
    BytesColumn column = (BytesColumn) column(STRING, values);
    assertThat(column.dictionary()).isNull();
    assertHolds(column, values);
  }

  @Test
  void zonesBoundTheirBlocks() {
    ColumnType type = new ColumnType.Scalar(ScalarKind.INT64);
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      values.add(i / ZoneMap.ROWS == 1 ? null : (Object) (long) i);
    }
    ZoneMap zones = Objects.requireNonNull(((LongColumn) column(type, values)).zones());
    assertThat(zones.min(0)).isZero();
    assertThat(zones.max(0)).isEqualTo(4095);
    assertThat(zones.min(1)).isGreaterThan(zones.max(1));
    assertThat(zones.max(2)).isEqualTo(9999);
  }

  @Test
  void decimalsOfOneScaleAreKeptAsLongs() {
    List<@Nullable Object> values = new ArrayList<>();
    IntStream.range(0, 500).forEach(i -> values.add(i == 7 ? null : BigDecimal.valueOf(i, 2)));
    DecimalColumn same = (DecimalColumn) column(DECIMAL, values);
    assertThat(same.commonScale()).isEqualTo(2);
    assertHolds(same, values);
    values.add(BigDecimal.ONE);
    DecimalColumn mixed = (DecimalColumn) column(DECIMAL, values);
    assertThat(mixed.commonScale()).isEqualTo(-1);
    assertHolds(mixed, values);
  }
}
