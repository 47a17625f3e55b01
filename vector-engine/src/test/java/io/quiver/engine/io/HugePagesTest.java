package io.quiver.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class HugePagesTest {
  private static final long SIZE = (5L << 20) + 192;

  @Test
  void copiesAndGivesBack() {
    Kernel kernel = Kernel.find();
    assumeTrue(kernel != null, "No huge pages on this platform");
    HugePages pages = new HugePages(kernel, 2 * SIZE);
    try (Arena originals = Arena.ofConfined()) {
      MemorySegment original = original(originals);
      try (Arena arena = Arena.ofShared()) {
        MemorySegment copy = pages.copyOf(original, arena);
        assertThat(copy.address()).isNotEqualTo(original.address());
        assertThat(copy.address() % (2 << 20)).isZero();
        assertThat(copy.mismatch(original)).isEqualTo(-1);
        assertThat(copy.isReadOnly()).isTrue();
        assertThat(pages.held()).isEqualTo(SIZE);
        assertThat(pages.copyOf(original, arena).address()).isNotEqualTo(original.address());
        // The third would be beyond the limit.
        assertThat(pages.copyOf(original, arena)).isSameAs(original);
        assertThat(pages.held()).isEqualTo(2 * SIZE);
      }
      assertThat(pages.held()).isZero();
    }
  }

  @Test
  void usesTheOriginalWhereThereIsNoRoomOrNoNeed() {
    Kernel kernel = Kernel.find();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment original = original(arena);
      MemorySegment small = original.asSlice(0, 1000);
      assertThat(new HugePages(kernel, SIZE - 1).copyOf(original, arena)).isSameAs(original);
      assertThat(new HugePages(kernel, SIZE).copyOf(small, arena)).isSameAs(small);
      HugePages none = new HugePages(null, SIZE);
      assertThat(none.copyOf(original, arena)).isSameAs(original);
      assertThat(none.held()).isZero();
    }
  }

  private static MemorySegment original(Arena arena) {
    MemorySegment original = arena.allocate(SIZE, 64);
    for (long at = 0; at < SIZE; at += 8) {
      original.set(ValueLayout.JAVA_LONG, at, at * 0x9E3779B97F4A7C15L);
    }
    return original;
  }
}
