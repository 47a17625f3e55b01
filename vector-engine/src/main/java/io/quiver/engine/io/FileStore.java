package io.quiver.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The files of one database, named by paths relative to its directory with {@code /} between parts.
 *
 * <p>Promises are those of a POSIX disk and no more: bytes written survive a power cut only once
 * their file was forced; a file created, renamed or deleted stays so only once the directory that
 * holds it was synced. A rename is atomic. Safe for use by many threads.
 */
public interface FileStore extends Closeable {
  /** The path as a person would look for it, for messages. */
  String describe(String path);

  boolean exists(String path) throws IOException;

  /** Names in a directory, sorted; none if there is no such directory. */
  List<String> list(String directory) throws IOException;

  /** Makes a directory and those above it; nothing happens if it is there. */
  void createDirectory(String path) throws IOException;

  /** Makes the entries of a directory durable; the empty path is the database's own. */
  void syncDirectory(String directory) throws IOException;

  /** A new file, empty; there must be none of this name. */
  StoredFile create(String path) throws IOException;

  /** A file that is there. */
  StoredFile open(String path) throws IOException;

  /**
   * The whole of a file that will not change any more, read-only, until the arena is closed. The
   * file may be deleted meanwhile.
   */
  MemorySegment map(String path, Arena arena) throws IOException;

  /** Renames a file, replacing one of the new name. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file or an empty directory; nothing happens if there is none. */
  void delete(String path) throws IOException;

  /**
   * Takes the database for this process, until the result is closed.
   *
   * @throws StoreLockedException if someone else has it
   */
  Closeable lock(String path) throws IOException;

  /** Releases what the store itself holds; files handed out are closed by whoever has them. */
  @Override
  void close() throws IOException;
}
