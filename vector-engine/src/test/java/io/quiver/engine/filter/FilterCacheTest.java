package io.quiver.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FilterCacheTest {
  private static final int ROWS = 8_000;

  private final AtomicInteger computed = new AtomicInteger();
  private final FilterCache cache = new FilterCache(5_000);

  private static RowFilter equal(Object value) {
    return new RowFilter.And(List.of(new RowFilter.Compare(1, Comparison.EQUAL, value)));
  }

  private RowBitmap find(RowFilter filter) {
    return find(filter, 0);
  }

  private RowBitmap find(RowFilter filter, long version) {
    return cache.find(filter, version, new Counted(version));
  }

  /** All rows; and as they are brought up to a version, that of its number less. */
  private final class Counted implements FilterCache.Source {
    private final long version;

    Counted(long version) {
      this.version = version;
    }

    @Override
    public RowBitmap compute() {
      computed.incrementAndGet();
      return RowBitmap.full(ROWS);
    }

    @Override
    public RowBitmap update(RowBitmap known, long since) {
      assertThat(since).isLessThan(version);
      RowBitmap rows = known.copy();
      rows.remove((int) version);
      return rows;
    }
  }

  @Test
  void bitmapIsBroughtUpToDateAndNeverBack() {
    RowBitmap first = find(equal("a"), 0);
    RowBitmap second = find(equal("a"), 7);
    assertThat(second.cardinality()).isEqualTo(ROWS - 1);
    assertThat(find(equal("a"), 7)).isSameAs(second);
    assertThat(find(equal("a"), 9).cardinality()).isEqualTo(ROWS - 2);
    assertThat(first.cardinality()).as("what was handed out stays").isEqualTo(ROWS);
    assertThat(computed).hasValue(1);
    assertThat(find(equal("a"), 7).cardinality()).as("for an old snapshot").isEqualTo(ROWS);
    assertThat(computed).hasValue(2);
    assertThat(find(equal("a"), 9).cardinality()).as("for the others").isEqualTo(ROWS - 2);
    assertThat(computed).hasValue(2);
  }

  @Test
  void equalFiltersShareABitmap() {
    RowBitmap first = find(equal("a"));
    assertThat(find(equal("a"))).isSameAs(first);
    assertThat(find(equal("b"))).isNotSameAs(first);
    assertThat(computed).hasValue(2);
  }

  @Test
  void testsOfTheLayerAboveAreNotKept() {
    RowFilter test = new RowFilter.Or(List.of(new RowFilter.Test(List.of(), row -> true, "t")));
    find(test);
    find(test);
    assertThat(computed).hasValue(2);
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void bitmapsUsedLongestAgoGo() {
    for (int i = 0; i < 4; i++) {
      find(equal(i));
    }
    find(equal(0));
    find(equal(4));
    assertThat(cache.bytes()).isBetween(4_000L, 5_000L);
    assertThat(computed).hasValue(5);
    find(equal(0));
    assertThat(computed).as("0 was used not long ago").hasValue(5);
    find(equal(1));
    assertThat(computed).as("1 was not").hasValue(6);
    cache.clear();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void usesOfTheBitmapFoundLastCount() {
    for (int i = 0; i < 4; i++) {
      find(equal(i));
    }
    find(equal(0));
    find(equal(1));
    find(equal(2));
    find(equal(3));
    RowBitmap last = find(equal(0));
    find(equal(1));
    assertThat(find(equal(0))).isSameAs(last);
    assertThat(find(equal(0))).isSameAs(last);
    find(equal(4));
    assertThat(find(equal(0))).isSameAs(last);
    assertThat(computed).hasValue(5);
    cache.clear();
    assertThat(find(equal(0))).as("forgotten").isNotSameAs(last);
    assertThat(computed).hasValue(6);
  }

  @Test
  void whatIsLargerThanTheCacheIsNotKept() {
    FilterCache small = new FilterCache(100);
    small.find(equal(1), 0, new Counted(0));
    assertThat(small.bytes()).isZero();
  }
}
