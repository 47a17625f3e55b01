package io.quiver.engine.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Files of a directory on disk. */
public final class DiskFiles implements FileStore {
  /** Largest piece handed to the channel, which copies what is not off-heap. */
  private static final int PIECE = 1 << 20;

  private final Path root;

  public DiskFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  private Path path(String path) {
    return path.isEmpty() ? root : root.resolve(path);
  }

  @Override
  public String describe(String path) {
    return path(path).toString();
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(path(path));
  }

  @Override
  public List<String> list(String directory) throws IOException {
    Path path = path(directory);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void createDirectory(String path) throws IOException {
    Files.createDirectories(path(path));
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    try (FileChannel channel = FileChannel.open(path(directory), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public StoredFile create(String path) throws IOException {
    return new DiskFile(
        FileChannel.open(
            path(path),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public StoredFile open(String path) throws IOException {
    return new DiskFile(
        FileChannel.open(path(path), StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @Override
  public MemorySegment map(String path, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(path(path), StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String path) throws IOException {
    Files.deleteIfExists(path(path));
  }

  @Override
  public Closeable lock(String path) throws IOException {
    FileChannel channel =
        FileChannel.open(path(path), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new StoreLockedException("this process has opened it already");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new StoreLockedException("another process has it open");
    }
    return channel;
  }

  @Override
  public void close() {}

  private record DiskFile(FileChannel channel) implements StoredFile {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(MemorySegment source, long position) throws IOException {
      long done = 0;
      while (done < source.byteSize()) {
        long piece = Math.min(PIECE, source.byteSize() - done);
        ByteBuffer buffer = source.asSlice(done, piece).asByteBuffer();
        while (buffer.hasRemaining()) {
          done += channel.write(buffer, position + done);
        }
      }
    }

    @Override
    public void read(MemorySegment target, long position) throws IOException {
      long done = 0;
      while (done < target.byteSize()) {
        long piece = Math.min(PIECE, target.byteSize() - done);
        ByteBuffer buffer = target.asSlice(done, piece).asByteBuffer();
        int read = channel.read(buffer, position + done);
        if (read < 0) {
          throw new EOFException("The file ends at " + (position + done));
        }
        done += read;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
