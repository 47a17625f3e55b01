package io.quiver.engine.segment;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.FileKind;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.io.SectionFile;
import io.quiver.engine.io.SectionFileWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The file {@code deletes-⟨version⟩} of a segment: which of its rows are deleted.
 *
 * <pre>
 * words    u64 for each 64 rows: the bit of a row, the lowest first, says that it is deleted
 * </pre>
 */
record DeletesFile(FileStore files, long database, SealedSegment segment) {
  private static final String WORDS = "words";
  private static final ValueLayout.OfLong UNALIGNED = LittleEndian.LONG;

  /** Adds what the file has to the segment's deletions. */
  void read(String path) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment words =
          SectionFile.open(files, path, FileKind.DELETES, database, segment.id(), arena)
              .section(WORDS);
      if (words.byteSize() != wordCount(segment.rows()) * 8L) {
        throw new CorruptDataException(problem(path, "does not fit its segment"));
      }
      for (int row = 0; row < segment.rows(); row++) {
        long word = words.getAtIndex(SealedSegment.LONG, row >>> 6);
        if ((word >>> (row & 63) & 1) != 0) {
          // Older than every snapshot there can be.
          segment.deletions().add(row, 1);
        }
      }
    }
  }

  /**
   * Writes the file; durable once its directory is synced.
   *
   * @param count how many of the segment's deletions
   */
  void write(String path, int count) throws IOException {
    long[] words = new long[wordCount(segment.rows())];
    for (int i = 0; i < count; i++) {
      int row = segment.deletions().row(i);
      words[row >>> 6] |= 1L << (row & 63);
    }
    try (SectionFileWriter writer =
        new SectionFileWriter(files, path, FileKind.DELETES, database, segment.id())) {
      ByteSink sink = writer.section(WORDS, 64);
      MemorySegment buffer = MemorySegment.ofArray(new byte[8 * 1024]);
      for (int from = 0; from < words.length; from += 1024) {
        int size = Math.min(1024, words.length - from);
        for (int i = 0; i < size; i++) {
          buffer.set(UNALIGNED, i * 8L, words[from + i]);
        }
        sink.write(buffer.asSlice(0, size * 8L));
      }
      writer.finish();
    }
  }

  /** Reads all of the file as {@link #read} does, and tells what is wrong with it. */
  void check(String path, Consumer<String> problems) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      SectionFile file =
          SectionFile.open(files, path, FileKind.DELETES, database, segment.id(), arena);
      List<String> damage = new ArrayList<>();
      file.verify(damage::add);
      damage.forEach(problems);
      if (!damage.isEmpty()) {
        return;
      }
      MemorySegment words = file.section(WORDS);
      if (words.byteSize() != wordCount(segment.rows()) * 8L) {
        problems.accept(problem(path, "does not fit its segment of " + segment.rows() + " rows"));
        return;
      }
      for (long row = 0; row < words.byteSize() * 8; row++) {
        long bit = words.get(SealedSegment.LONG, (row >>> 6) * 8) >>> (row & 63) & 1;
        if (bit != 0 && row >= segment.rows()) {
          problems.accept(problem(path, "deletes row " + row + " of " + segment.rows()));
        } else if (bit != 0) {
          segment.deletions().add((int) row, 1);
        }
      }
    } catch (CorruptDataException e) {
      problems.accept(e.getMessage());
    }
  }

  private String problem(String path, String what) {
    return "File " + files.describe(path) + " " + what + ". Restore the database from a backup.";
  }

  private static int wordCount(int rows) {
    return (rows + 63) >>> 6;
  }
}
