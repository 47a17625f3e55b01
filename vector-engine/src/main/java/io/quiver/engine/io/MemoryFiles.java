package io.quiver.engine.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Files of a database that is gone when it is closed, outside the heap.
 *
 * <p>A file's memory is freed by the garbage collector once neither the store nor a mapping refers
 * to it, so that a mapping outlives a delete as on disk.
 */
public final class MemoryFiles implements FileStore {
  private static final long FIRST_CAPACITY = 4096;

  private final ConcurrentSkipListMap<String, MemoryFile> files = new ConcurrentSkipListMap<>();

  @Override
  public String describe(String path) {
    return "memory:" + path;
  }

  @Override
  public boolean exists(String path) {
    String below = path + "/";
    String next = files.ceilingKey(below);
    return files.containsKey(path) || (next != null && next.startsWith(below));
  }

  @Override
  public List<String> list(String directory) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    List<String> names = new ArrayList<>();
    for (String path : files.tailMap(prefix).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      int end = path.indexOf('/', prefix.length());
      String name = path.substring(prefix.length(), end < 0 ? path.length() : end);
      if (names.isEmpty() || !names.getLast().equals(name)) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public void createDirectory(String path) {}

  @Override
  public void syncDirectory(String directory) {}

  @Override
  public StoredFile create(String path) throws IOException {
    MemoryFile file = new MemoryFile();
    if (files.putIfAbsent(path, file) != null) {
      throw new FileAlreadyExistsException(path);
    }
    return file;
  }

  @Override
  public StoredFile open(String path) throws IOException {
    return present(path);
  }

  private MemoryFile present(String path) throws FileNotFoundException {
    MemoryFile file = files.get(path);
    if (file == null) {
      throw new FileNotFoundException(path);
    }
    return file;
  }

  @Override
  public MemorySegment map(String path, Arena arena) throws IOException {
    return present(path).content();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    files.put(to, present(from));
    files.remove(from);
  }

  @Override
  public void delete(String path) {
    files.remove(path);
  }

  @Override
  public Closeable lock(String path) {
    return () -> {};
  }

  @Override
  public void close() {
    files.clear();
  }

  private static final class MemoryFile implements StoredFile {
    private MemorySegment memory = Arena.ofAuto().allocate(FIRST_CAPACITY, 4096);
    private long size;

    synchronized MemorySegment content() {
      return memory.asSlice(0, size).asReadOnly();
    }

    @Override
    public synchronized long size() {
      return size;
    }

    @Override
    public synchronized void write(MemorySegment source, long position) {
      long end = position + source.byteSize();
      if (end > memory.byteSize()) {
        long capacity = Math.max(end, memory.byteSize() * 2);
        MemorySegment grown = Arena.ofAuto().allocate(capacity, 4096);
        MemorySegment.copy(memory, 0, grown, 0, size);
        memory = grown;
      }
      MemorySegment.copy(source, 0, memory, position, source.byteSize());
      size = Math.max(size, end);
    }

    @Override
    public synchronized void read(MemorySegment target, long position) throws EOFException {
      if (position + target.byteSize() > size) {
        throw new EOFException("The file ends at " + size);
      }
      MemorySegment.copy(memory, position, target, 0, target.byteSize());
    }

    @Override
    public synchronized void truncate(long newSize) {
      memory.asSlice(newSize, size - newSize).fill((byte) 0);
      size = newSize;
    }

    @Override
    public void force() {}

    @Override
    public void close() {}
  }
}
