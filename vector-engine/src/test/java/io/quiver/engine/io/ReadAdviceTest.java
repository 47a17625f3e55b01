package io.quiver.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAdviceTest {
  private static final int SIZE = 3 << 20;
  private static final Path MAPS = Path.of("/proc/self/smaps");

  @TempDir private Path folder;

  @Test
  void marksTheMappedBytesAndNoOthers() throws IOException {
    assumeTrue(Kernel.find() != null && Files.exists(MAPS), "Linux tells what was advised");
    MemorySegment file = file();
    assertThat(isRandom(file.address() + SIZE / 2)).isFalse();
    ReadAdvice.atRandom(file.asSlice(1 << 20, 2 << 20));
    assertThat(isRandom(file.address() + SIZE / 2)).isTrue();
    assertThat(isRandom(file.address())).isFalse();
  }

  @Test
  void changesNoByte() throws IOException {
    MemorySegment file = file();
    byte[] before = file.toArray(ValueLayout.JAVA_BYTE);
    // Neither start nor end of it is that of a page.
    MemorySegment some = file.asSlice(1000, SIZE - 2000);
    ReadAdvice.inOrder(some);
    ReadAdvice.atRandom(some);
    ReadAdvice.inOrder(some);
    ReadAdvice.inOrder(file.asSlice(0, 0));
    assertThat(file.mismatch(MemorySegment.ofArray(before))).isEqualTo(-1);
  }

  @Test
  void leavesMemoryThatIsNoFileAlone() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(SIZE);
      memory.fill((byte) 7);
      ReadAdvice.atRandom(memory);
      ReadAdvice.inOrder(memory);
      assertThat(memory.get(ValueLayout.JAVA_BYTE, SIZE / 2)).isEqualTo((byte) 7);
    }
  }

  private MemorySegment file() throws IOException {
    byte[] content = new byte[SIZE];
    new SplittableRandom(1).nextBytes(content);
    Files.write(folder.resolve("f"), content);
    try (DiskFiles files = new DiskFiles(folder)) {
      return files.map("f", Arena.ofAuto());
    }
  }

  /** Whether the kernel knows that the stretch around an address is read at random. */
  private static boolean isRandom(long address) throws IOException {
    List<String> lines = Files.readAllLines(MAPS);
    boolean inside = false;
    for (String line : lines) {
      if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        int dash = line.indexOf('-');
        long from = Long.parseUnsignedLong(line.substring(0, dash), 16);
        long to = Long.parseUnsignedLong(line.substring(dash + 1, line.indexOf(' ')), 16);
        inside = from <= address && address < to;
      } else if (inside && line.startsWith("VmFlags:")) {
        return List.of(line.split(" ")).contains("rr");
      }
    }
    throw new AssertionError("No stretch of memory is at " + Long.toHexString(address));
  }
}
