package io.quiver.engine.log;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteWriter;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link WriteLog} in files {@code log/<first position>.log}. */
public final class FileWriteLog implements WriteLog {
  /** Where the files are. */
  public static final String DIRECTORY = LogFile.DIRECTORY;

  /** A file that has grown to this size is followed by another. */
  public static final long FILE_BYTES = 64L << 20;

  private final FileStore files;
  private final long database;
  private final long fileBytes;
  private final List<LogFile> parts = new ArrayList<>();
  private StoredFile open;
  private volatile LogFile.Tail tail;
  private volatile long start;
  private final AtomicLong bytesBefore = new AtomicLong();
  private boolean lost;

  private FileWriteLog(
      FileStore files, long database, long fileBytes, List<LogFile> parts, LogFile.Tail tail)
      throws IOException {
    this.files = files;
    this.database = database;
    this.fileBytes = fileBytes;
    this.parts.addAll(parts);
    this.tail = tail;
    this.start = parts.getFirst().first() - 1;
    this.open = files.open(parts.getLast().path());
    for (LogFile part : parts.subList(0, parts.size() - 1)) {
      try (StoredFile file = files.open(part.path())) {
        bytesBefore.addAndGet(file.size());
      }
    }
  }

  /** Makes an empty log whose first record will have position {@code first}. */
  public static void create(FileStore files, long database, long first) throws IOException {
    files.createDirectory(LogFile.DIRECTORY);
    new LogFile(files, LogFile.path(first), database, first).create();
    files.syncDirectory(LogFile.DIRECTORY);
  }

  /**
   * Opens a log: verifies every frame, and cuts off an end that a power cut left unfinished.
   *
   * @param needed position after which records are needed; files wholly before it, which forgetting
   *     removed but a power cut brought back, go for good
   * @throws CorruptDataException if anything else is damaged or missing
   */
  public static FileWriteLog open(FileStore files, long database, long needed, long fileBytes)
      throws IOException {
    for (String name : files.list(LogFile.DIRECTORY)) {
      if (name.endsWith(".tmp")) {
        files.delete(LogFile.DIRECTORY + "/" + name);
      }
    }
    List<LogFile> parts = parts(files, database);
    if (parts.isEmpty()) {
      throw noFile(files);
    }
    List<LogFile> leftovers = parts.subList(0, firstNeeded(parts, needed));
    for (LogFile leftover : leftovers) {
      files.delete(leftover.path());
    }
    leftovers.clear();
    LogFile.Tail tail = readAll(files, parts, Long.MAX_VALUE, (position, record) -> {});
    LogFile last = parts.getLast();
    try (StoredFile file = files.open(last.path())) {
      if (file.size() > tail.end()) {
        file.truncate(tail.end());
      }
      // Whole frames may be here that no sync has reached: they become visible, so make them last.
      file.force();
    }
    files.syncDirectory(LogFile.DIRECTORY);
    return new FileWriteLog(files, database, fileBytes, parts, tail);
  }

  private static CorruptDataException noFile(FileStore files) {
    return new CorruptDataException(
        "Directory "
            + files.describe(LogFile.DIRECTORY)
            + " holds no log file. Restore the database from a backup.");
  }

  /** Whether nothing was ever appended to the log in this store, if there is one. */
  public static boolean isUnused(FileStore files) throws IOException {
    for (String name : files.list(LogFile.DIRECTORY)) {
      try (StoredFile file = files.open(LogFile.DIRECTORY + "/" + name)) {
        if (file.size() > LogFile.HEADER_BYTES) {
          return false;
        }
      }
    }
    return true;
  }

  /** Removes all files of a log that is unused. */
  public static void discard(FileStore files) throws IOException {
    for (String name : files.list(LogFile.DIRECTORY)) {
      files.delete(LogFile.DIRECTORY + "/" + name);
    }
  }

  private static List<LogFile> parts(FileStore files, long database) throws IOException {
    List<LogFile> parts = new ArrayList<>();
    for (String name : files.list(LogFile.DIRECTORY)) {
      long first = LogFile.firstPosition(name);
      if (first >= 0) {
        parts.add(new LogFile(files, LogFile.DIRECTORY + "/" + name, database, first));
      }
    }
    return parts;
  }

  /** The last file that starts at or before the first position needed; the first if none does. */
  private static int firstNeeded(List<LogFile> parts, long needed) {
    int from = 0;
    for (int i = 1; i < parts.size(); i++) {
      if (parts.get(i).first() <= needed + 1) {
        from = i;
      }
    }
    return from;
  }

  private static LogFile.Tail readAll(
      FileStore files, List<LogFile> parts, long position, RecordReader reader) throws IOException {
    LogFile.Tail tail = new LogFile.Tail(parts.getFirst().first() - 1, 0, 0, true);
    for (int i = 0; i < parts.size(); i++) {
      LogFile part = parts.get(i);
      if (part.first() != tail.position() + 1) {
        throw new CorruptDataException(
            "Log file "
                + files.describe(part.path())
                + " starts at position "
                + part.first()
                + ", but the files before it end at "
                + tail.position()
                + ": one was removed or cut. Put it back, or restore the database from a backup.");
      }
      tail = part.read(position, i == parts.size() - 1, reader);
    }
    return tail;
  }

  /**
   * Reads every record after a position without changing anything; an end that a power cut left
   * unfinished is passed over.
   *
   * @throws CorruptDataException if anything is damaged or missing
   */
  public static Contents verify(FileStore files, long database, long needed, RecordReader reader)
      throws IOException {
    List<LogFile> all = parts(files, database);
    if (all.isEmpty()) {
      throw noFile(files);
    }
    List<LogFile> parts = all.subList(firstNeeded(all, needed), all.size());
    LogFile.Tail tail = readAll(files, parts, needed, reader);
    try (StoredFile last = files.open(parts.getLast().path())) {
      return new Contents(
          parts.getFirst().first() - 1,
          tail.position(),
          last.size() - tail.end(),
          parts.stream().map(LogFile::path).toList());
    }
  }

  /**
   * What a log holds: the records after {@code start} up to {@code end}.
   *
   * @param unfinished bytes at its end that are no whole frame
   * @param files paths of its files; others in the directory are not needed
   */
  public record Contents(long start, long end, long unfinished, List<String> files) {}

  @Override
  public long position() {
    return tail.position();
  }

  @Override
  public long start() {
    return start;
  }

  @Override
  public void replay(long position, RecordReader reader) throws IOException {
    List<LogFile> from = parts.subList(firstNeeded(parts, position), parts.size());
    readAll(files, from, position, reader);
  }

  @Override
  public long append(List<LogRecord> records) throws AppendFailedException, LogLostException {
    if (lost) {
      throw new LogLostException(
          "Log " + files.describe(LogFile.DIRECTORY) + " takes no more records", new IOException());
    }
    if (tail.end() >= fileBytes) {
      startNextFile();
    }
    long first = tail.position() + 1;
    LogFile part = parts.getLast();
    ByteWriter frame = LogFrame.encode(records, first, tail.crc(), part.seed());
    try {
      open.write(frame.content(), tail.end());
    } catch (IOException e) {
      cutBack(part, e);
      throw failed(part, e);
    }
    try {
      open.force();
    } catch (IOException e) {
      lost = true;
      throw lost(part, e);
    }
    tail =
        new LogFile.Tail(
            tail.position() + records.size(),
            tail.end() + frame.size(),
            LogFrame.storedCrc(frame.content(), 0),
            records.isEmpty());
    return first;
  }

  /** Removes what a failed write may have left, durably, or gives up. */
  private void cutBack(LogFile part, IOException cause) throws LogLostException {
    try {
      if (open.size() > tail.end()) {
        open.truncate(tail.end());
      }
      open.force();
    } catch (IOException e) {
      lost = true;
      e.addSuppressed(cause);
      throw lost(part, e);
    }
  }

  private void startNextFile() throws AppendFailedException, LogLostException {
    long first = tail.position() + 1;
    LogFile next = new LogFile(files, LogFile.path(first), database, first);
    try {
      next.create();
    } catch (IOException e) {
      throw failed(next, e);
    }
    try {
      files.syncDirectory(LogFile.DIRECTORY);
      StoredFile file = files.open(next.path());
      bytesBefore.addAndGet(tail.end());
      open.close();
      open = file;
    } catch (IOException e) {
      lost = true;
      throw lost(next, e);
    }
    parts.add(next);
    tail = new LogFile.Tail(tail.position(), LogFile.HEADER_BYTES, 0, true);
  }

  private AppendFailedException failed(LogFile part, IOException e) {
    return new AppendFailedException(
        "Log file "
            + files.describe(part.path())
            + " could not be written: "
            + e.getMessage()
            + ". Nothing of this commit was kept. Make room on the disk and commit again.",
        e);
  }

  private LogLostException lost(LogFile part, IOException e) {
    return new LogLostException(
        "Log file "
            + files.describe(part.path())
            + " could not be made durable: "
            + e.getMessage()
            + ". Whether the last commit was kept is unknown. What was committed before can be"
            + " read; close the database, check the disk, and open it again to write.",
        e);
  }

  @Override
  public void forget(long position) throws IOException {
    boolean removed = false;
    while (parts.size() > 1 && parts.get(1).first() <= position + 1) {
      String path = parts.getFirst().path();
      long size;
      try (StoredFile file = files.open(path)) {
        size = file.size();
      }
      files.delete(path);
      parts.removeFirst();
      start = parts.getFirst().first() - 1;
      bytesBefore.addAndGet(-size);
      removed = true;
    }
    if (removed) {
      files.syncDirectory(LogFile.DIRECTORY);
    }
  }

  /**
   * The files that hold every record after a position, each with its bytes up to the last record
   * there is now. For the writing thread.
   */
  public Map<String, Long> extent(long needed) throws IOException {
    Map<String, Long> extent = new LinkedHashMap<>();
    for (LogFile part : parts.subList(firstNeeded(parts, needed), parts.size())) {
      if (part == parts.getLast()) {
        extent.put(part.path(), tail.end());
      } else {
        try (StoredFile file = files.open(part.path())) {
          extent.put(part.path(), file.size());
        }
      }
    }
    return extent;
  }

  @Override
  public long bytes() {
    return bytesBefore.get() + tail.end();
  }

  @Override
  public void close() throws IOException {
    try {
      if (!lost && !tail.closed()) {
        append(List.of());
      }
    } catch (AppendFailedException | LogLostException e) {
      // The mark only makes a later loss noticeable; every commit is durable without it.
      lost = true;
    } finally {
      open.close();
    }
  }
}
