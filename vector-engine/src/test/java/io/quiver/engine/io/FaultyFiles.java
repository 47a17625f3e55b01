package io.quiver.engine.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A disk that does what real ones may do, by a seed: a power cut loses bytes that were not forced,
 * in pieces of 512, and directory entries that were not synced; a chosen call fails, falls short or
 * finds the disk full.
 *
 * <p>Each file and directory entry exists twice: as the running program sees it, and as it would be
 * found after a power cut.
 */
public final class FaultyFiles implements FileStore {
  private static final int SECTOR = 512;

  /** What happens to the chosen call. */
  public enum Fault {
    /** It throws and does nothing. */
    FAIL,
    /** A write does half of its work, then throws; anything else throws. */
    FALL_SHORT,
    /** A write throws as on a full disk after part of its work; a sync succeeds. */
    FULL
  }

  private final Random random;
  private final Map<String, Node> visible = new TreeMap<>();
  private final Map<String, Node> durable = new TreeMap<>();
  private long calls;
  private long faultAt = Long.MAX_VALUE;
  private long faultUntil;
  private Fault fault = Fault.FAIL;
  private long capacity = Long.MAX_VALUE;
  private boolean forceFails;
  private boolean syncsLie;
  private boolean locked;
  private int generation;

  /** A file's bytes, seen and safe. */
  private static final class Node {
    byte[] seen = new byte[0];
    byte[] safe = new byte[0];
  }

  public FaultyFiles(long seed) {
    random = new Random(seed);
  }

  /** Calls that change something, so far. */
  public synchronized long calls() {
    return calls;
  }

  /** The {@code count} changing calls from the {@code n}-th from now on (from 1) go wrong. */
  public synchronized void failAt(long n, long count, Fault how) {
    faultAt = calls + n;
    faultUntil = faultAt + count;
    fault = how;
  }

  /** Every sync of a file fails from now on. */
  public synchronized void failForces(boolean fails) {
    forceFails = fails;
  }

  /** Syncs say that they have succeeded and do nothing, as some disks do. */
  public synchronized void syncsLie() {
    syncsLie = true;
  }

  /** The disk holds no more than this. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** Bytes in files. */
  public synchronized long used() {
    return visible.values().stream().mapToLong(node -> node.seen.length).sum();
  }

  /** All is well from now on. */
  public synchronized void heal() {
    faultAt = Long.MAX_VALUE;
    forceFails = false;
    capacity = Long.MAX_VALUE;
  }

  /**
   * Cuts the power: of what was not forced or synced, any part is lost. Files that were open before
   * can no longer be used.
   */
  public synchronized void cutPower() {
    heal();
    locked = false;
    generation++;
    TreeSet<String> paths = new TreeSet<>(visible.keySet());
    paths.addAll(durable.keySet());
    Map<String, Node> left = new TreeMap<>();
    for (String path : paths) {
      Node now = visible.get(path);
      Node then = durable.get(path);
      // An entry that was not synced is there or not, each by itself: renames may be reordered.
      Node found = now == then || random.nextBoolean() ? now : then;
      if (found != null) {
        left.put(path, found);
      }
    }
    left.values().forEach(this::tear);
    visible.clear();
    visible.putAll(left);
    durable.clear();
    durable.putAll(left);
  }

  private void tear(Node node) {
    byte[] seen = node.seen;
    byte[] safe = node.safe;
    if (Arrays.equals(seen, safe)) {
      return;
    }
    int length = random.nextBoolean() ? seen.length : safe.length;
    if (random.nextInt(4) == 0) {
      int low = Math.min(seen.length, safe.length);
      length = low + random.nextInt(Math.max(seen.length, safe.length) - low + 1);
    }
    byte[] left = new byte[length];
    int kept = random.nextInt(4);
    for (int at = 0; at < length; at += SECTOR) {
      byte[] from =
          switch (kept) {
            case 0 -> safe;
            case 1 -> seen;
            default -> random.nextBoolean() ? seen : safe;
          };
      int end = Math.min(length, at + SECTOR);
      for (int i = at; i < end && i < from.length; i++) {
        left[i] = from[i];
      }
    }
    node.seen = left;
    node.safe = left.clone();
  }

  /** Inverts one bit of a file, for good. */
  public synchronized void flipBit(String path, long bit) {
    Node node = visible.get(path);
    if (node == null) {
      throw new IllegalArgumentException("No file " + path);
    }
    node.seen[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
    node.safe = node.seen.clone();
  }

  /** Paths of all files. */
  public synchronized List<String> paths() {
    return List.copyOf(visible.keySet());
  }

  public synchronized int size(String path) {
    Node node = visible.get(path);
    return node == null ? 0 : node.seen.length;
  }

  /** A copy of every file as the program sees it, on a disk that works. */
  public synchronized FaultyFiles copy(long seed) {
    FaultyFiles copy = new FaultyFiles(seed);
    visible.forEach(
        (path, node) -> {
          Node same = new Node();
          same.seen = node.seen.clone();
          same.safe = node.seen.clone();
          copy.visible.put(path, same);
          copy.durable.put(path, same);
        });
    return copy;
  }

  /** Counts a call that changes something; the fault it is to meet, if any. */
  private @Nullable Fault meet() {
    calls++;
    return calls >= faultAt && calls < faultUntil ? fault : null;
  }

  private void failIfDue() throws IOException {
    Fault due = meet();
    if (due != null && due != Fault.FULL) {
      throw new IOException("Input/output error (injected at call " + calls + ")");
    }
  }

  @Override
  public String describe(String path) {
    return "faulty:" + path;
  }

  @Override
  public synchronized boolean exists(String path) {
    return visible.containsKey(path)
        || visible.keySet().stream().anyMatch(name -> name.startsWith(path + "/"));
  }

  @Override
  public synchronized List<String> list(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String path : visible.keySet()) {
      if (path.startsWith(prefix)) {
        int end = path.indexOf('/', prefix.length());
        names.add(path.substring(prefix.length(), end < 0 ? path.length() : end));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized void createDirectory(String path) throws IOException {
    failIfDue();
  }

  @Override
  public synchronized void syncDirectory(String directory) throws IOException {
    failIfDue();
    if (syncsLie) {
      return;
    }
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> paths = new TreeSet<>(visible.keySet());
    paths.addAll(durable.keySet());
    for (String path : paths) {
      if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
        Node node = visible.get(path);
        if (node == null) {
          durable.remove(path);
        } else {
          durable.put(path, node);
        }
      }
    }
  }

  @Override
  public synchronized StoredFile create(String path) throws IOException {
    failIfDue();
    if (visible.containsKey(path)) {
      throw new FileAlreadyExistsException(path);
    }
    Node node = new Node();
    visible.put(path, node);
    return new FaultyFile(node, generation);
  }

  @Override
  public synchronized StoredFile open(String path) throws IOException {
    return new FaultyFile(present(path), generation);
  }

  private Node present(String path) throws IOException {
    Node node = visible.get(path);
    if (node == null) {
      throw new FileNotFoundException(path);
    }
    return node;
  }

  /** A copy in the arena, so that reading after the arena was closed is noticed. */
  @Override
  public synchronized MemorySegment map(String path, Arena arena) throws IOException {
    byte[] bytes = present(path).seen;
    MemorySegment mapped = arena.allocate(Math.max(1, bytes.length), 4096);
    MemorySegment.copy(bytes, 0, mapped, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return mapped.asSlice(0, bytes.length).asReadOnly();
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    failIfDue();
    visible.put(to, present(from));
    visible.remove(from);
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    failIfDue();
    visible.remove(path);
  }

  @Override
  public synchronized Closeable lock(String path) throws IOException {
    if (locked) {
      throw new StoreLockedException("another process has it open");
    }
    locked = true;
    int mine = generation;
    visible.computeIfAbsent(path, name -> new Node());
    return () -> {
      synchronized (this) {
        if (mine == generation) {
          locked = false;
        }
      }
    };
  }

  @Override
  public void close() {}

  private final class FaultyFile implements StoredFile {
    private final Node node;
    private final int openedIn;

    FaultyFile(Node node, int openedIn) {
      this.node = node;
      this.openedIn = openedIn;
    }

    private void checkPower() throws IOException {
      if (openedIn != generation) {
        throw new IOException("The power was cut");
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (FaultyFiles.this) {
        checkPower();
        return node.seen.length;
      }
    }

    @Override
    public void write(MemorySegment source, long position) throws IOException {
      synchronized (FaultyFiles.this) {
        checkPower();
        Fault due = meet();
        if (due == Fault.FAIL) {
          throw new IOException("Input/output error (injected at call " + calls + ")");
        }
        byte[] bytes = source.toArray(ValueLayout.JAVA_BYTE);
        int done = bytes.length;
        long room = capacity - used() + Math.max(0, node.seen.length - position);
        if (due != null) {
          done = bytes.length / 2;
        } else if (bytes.length > room) {
          done = (int) Math.max(0, room);
        }
        int end = (int) position + done;
        if (end > node.seen.length) {
          node.seen = Arrays.copyOf(node.seen, end);
        } else {
          node.seen = node.seen.clone();
        }
        System.arraycopy(bytes, 0, node.seen, (int) position, done);
        if (done < bytes.length) {
          throw new IOException(
              due == Fault.FALL_SHORT ? "Short write" : "No space left on device");
        }
      }
    }

    @Override
    public void read(MemorySegment target, long position) throws IOException {
      synchronized (FaultyFiles.this) {
        checkPower();
        if (position + target.byteSize() > node.seen.length) {
          throw new EOFException("The file ends at " + node.seen.length);
        }
        MemorySegment.copy(
            MemorySegment.ofArray(node.seen), position, target, 0, target.byteSize());
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (FaultyFiles.this) {
        checkPower();
        failIfDue();
        node.seen = Arrays.copyOf(node.seen, (int) size);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyFiles.this) {
        checkPower();
        failIfDue();
        if (forceFails) {
          throw new IOException("Input/output error on sync");
        }
        if (!syncsLie) {
          node.safe = node.seen.clone();
        }
      }
    }

    @Override
    public void close() {}
  }
}
