package io.quiver.engine.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Memory this process may have: the machine's, or that of the container it runs in (control groups
 * of Linux, version 1 and 2), whichever is less. Where nothing tells of memory, none.
 */
final class MachineMemory {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final Path root;

  MachineMemory() {
    this(Path.of("/"));
  }

  /**
   * @param root below which {@code proc} and {@code sys} are
   */
  MachineMemory(Path root) {
    this.root = root;
  }

  /** Bytes there are. */
  long all() {
    return Math.min(machine("MemTotal:"), group().limit);
  }

  /** Bytes that could be had without pushing others out. */
  long available() {
    Group group = group();
    return Math.max(0, Math.min(machine("MemAvailable:"), group.limit - group.used));
  }

  /** A line of what Linux tells of the machine's memory. */
  private long machine(String what) {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      if (line.startsWith(what)) {
        return number(line.substring(what.length()).replace("kB", "")) << 10;
      }
    }
    return 0;
  }

  /**
   * What a group may use and does.
   *
   * @param used without files that are kept in memory while nobody else wants it
   */
  private record Group(long limit, long used) {}

  /** The tightest of the groups this process is in. */
  private Group group() {
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        Group group = tightest("sys/fs/cgroup", parts[2], "memory.max", "memory.current", "");
        if (group.limit < UNLIMITED) {
          return group;
        }
      } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
        return tightest(
            "sys/fs/cgroup/memory",
            parts[2],
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            "total_");
      }
    }
    return new Group(UNLIMITED, 0);
  }

  /** Of a group and all it is part of: a container may see itself as the outermost. */
  private Group tightest(String mount, String path, String limit, String usage, String prefix) {
    Path top = root.resolve(mount);
    Group tightest = new Group(UNLIMITED, 0);
    Path inner = top.resolve(path.replaceFirst("^/+", "")).normalize();
    for (Path group = inner; group != null && group.startsWith(top); group = group.getParent()) {
      List<String> told = lines(group.resolve(limit));
      long most = told.isEmpty() ? 0 : number(told.getFirst());
      if (most > 0 && most < tightest.limit) {
        List<String> use = lines(group.resolve(usage));
        long used = use.isEmpty() ? 0 : number(use.getFirst());
        tightest = new Group(most, Math.max(0, used - cached(group, prefix)));
      }
    }
    return tightest;
  }

  private long cached(Path group, String prefix) {
    long cached = 0;
    for (String line : lines(group.resolve("memory.stat"))) {
      for (String kind : List.of("active_file ", "inactive_file ")) {
        if (line.startsWith(prefix + kind)) {
          cached += number(line.substring(prefix.length() + kind.length()));
        }
      }
    }
    return cached;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /** A number; 0 for what is none, such as {@code max}. */
  private static long number(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
