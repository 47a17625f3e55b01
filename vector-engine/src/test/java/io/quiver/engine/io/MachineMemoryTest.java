package io.quiver.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory as the files of a machine, and of containers of both kinds, tell it. */
class MachineMemoryTest {
  private static final long MIB = 1L << 20;

  @TempDir Path root;

  @BeforeEach
  void machine() throws IOException {
    write(
        "proc/meminfo", "MemTotal:       8388608 kB\nMemFree: 12 kB\nMemAvailable:   4194304 kB\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void isTold(long all, long available) {
    MachineMemory memory = new MachineMemory(root);
    assertThat(memory.all()).isEqualTo(all);
    assertThat(memory.available()).isEqualTo(available);
  }

  @Test
  void ofAMachine() throws IOException {
    isTold(8192 * MIB, 4096 * MIB);
    write("proc/self/cgroup", "0::/user.slice\n");
    write("sys/fs/cgroup/user.slice/memory.max", "max\n");
    isTold(8192 * MIB, 4096 * MIB);
  }

  @Test
  void ofAContainerThatSeesItselfAsTheOutermostGroup() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", 512 * MIB + "\n");
    write("sys/fs/cgroup/memory.current", 400 * MIB + "\n");
    write(
        "sys/fs/cgroup/memory.stat",
        "anon 5\ninactive_file " + 200 * MIB + "\nactive_file " + 50 * MIB + "\n");
    isTold(512 * MIB, 362 * MIB);
  }

  @Test
  void ofTheTightestOfNestedGroups() throws IOException {
    write("proc/self/cgroup", "0::/pod/quiver\n");
    write("sys/fs/cgroup/pod/quiver/memory.max", 2048 * MIB + "\n");
    write("sys/fs/cgroup/pod/memory.max", 1024 * MIB + "\n");
    write("sys/fs/cgroup/pod/memory.current", 24 * MIB + "\n");
    isTold(1024 * MIB, 1000 * MIB);
  }

  @Test
  void ofTheFirstVersionOfGroups() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/docker/1\n4:memory:/docker/1\n0::/\n");
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 256 * MIB + "\n");
    write("sys/fs/cgroup/memory/memory.usage_in_bytes", 100 * MIB + "\n");
    write(
        "sys/fs/cgroup/memory/memory.stat",
        "inactive_file 1\ntotal_inactive_file " + 40 * MIB + "\ntotal_active_file 0\n");
    isTold(256 * MIB, 196 * MIB);
    // As it says where there is no limit.
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    isTold(8192 * MIB, 4096 * MIB);
  }

  @Test
  void ofASystemThatTellsNothing() throws IOException {
    Files.delete(root.resolve("proc/meminfo"));
    isTold(0, 0);
  }
}
