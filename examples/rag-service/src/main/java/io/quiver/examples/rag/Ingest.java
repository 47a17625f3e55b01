package io.quiver.examples.rag;

import io.quiver.examples.embedding.MiniLmEmbedder;
import io.quiver.examples.text.Passage;
import io.quiver.examples.text.PassageCutter;
import io.quiver.examples.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the table say what the folder says: files that are new or changed are cut, embedded and put
 * in, each wholly or not at all; those that are gone are taken out.
 *
 * <p>The folder a file is in, at the top, is its tenant; its date is that of its last change.
 */
final class Ingest {
  /** Some 150 tokens: short enough to be about one thing, long enough to say it. */
  private static final int PASSAGE_LENGTH = 700;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final PassageTable table;
  private final MiniLmEmbedder embedder;

  Ingest(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      PassageTable table,
      MiniLmEmbedder embedder) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.table = table;
    this.embedder = embedder;
  }

  /** Makes the tables where they are missing. */
  void prepare() {
    table.definitions().forEach(jdbc::execute);
    jdbc.execute(
        "CREATE TABLE IF NOT EXISTS "
            + table.name()
            + "_files (file VARCHAR NOT NULL PRIMARY KEY, modified TIMESTAMP, bytes BIGINT)");
  }

  /** A file with its passages. */
  private record Cut(TextFile file, List<Passage> passages) {}

  /**
   * Reads a folder; returns the number of passages that were put in.
   *
   * @param progress is told after each passage
   */
  int run(Path folder, Consumer<IngestProgress> progress) throws IOException {
    Map<String, LocalDateTime> known = known();
    List<TextFile> files = TextFile.under(folder);
    Set<String> there = files.stream().map(TextFile::name).collect(Collectors.toSet());
    known.keySet().stream().filter(name -> !there.contains(name)).forEach(this::remove);

    List<Cut> changed =
        files.stream()
            .filter(file -> !modified(file).equals(known.get(file.name())))
            .map(file -> new Cut(file, PassageCutter.cut(file.text(), PASSAGE_LENGTH)))
            .toList();
    int total = changed.stream().mapToInt(cut -> cut.passages().size()).sum();
    int done = 0;
    for (Cut cut : changed) {
      List<Object[]> rows = new ArrayList<>();
      for (Passage passage : cut.passages()) {
        rows.add(row(folder, cut.file(), rows.size(), passage));
        progress.accept(
            new IngestProgress(
                IngestProgress.State.RUNNING, done + rows.size(), total, cut.file().name(), ""));
      }
      put(cut.file(), rows);
      done += rows.size();
    }
    return done;
  }

  private Map<String, LocalDateTime> known() {
    Map<String, LocalDateTime> known = new LinkedHashMap<>();
    jdbc.query(
        "SELECT file, modified FROM " + table.name() + "_files",
        row -> {
          known.put(row.getString(1), row.getObject(2, LocalDateTime.class));
        });
    return known;
  }

  private Object[] row(Path folder, TextFile file, int number, Passage passage) {
    MiniLmEmbedder.Embedded embedded = embedder.embedBoth(passage.withHeading());
    return new Object[] {
      file.name() + "#" + number,
      file.name(),
      tenant(folder, file),
      file.modified().toLocalDate(),
      passage.heading(),
      passage.content(),
      passage.withHeading(),
      embedded.vector(),
      embedded.tokens()
    };
  }

  private static String tenant(Path folder, TextFile file) {
    int slash = file.name().indexOf('/');
    return slash < 0
        ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
        : file.name().substring(0, slash);
  }

  /** A file's passages take the place of those it had, in one commit. */
  private void put(TextFile file, List<Object[]> rows) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.update(table.deleteFile(), file.name());
          jdbc.batchUpdate(table.insert(), rows);
          jdbc.update(
              "UPSERT INTO " + table.name() + "_files (file, modified, bytes) VALUES (?, ?, ?)",
              file.name(),
              modified(file),
              file.bytes());
        });
  }

  private void remove(String name) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.update(table.deleteFile(), name);
          jdbc.update("DELETE FROM " + table.name() + "_files WHERE file = ?", name);
        });
  }

  /** As a TIMESTAMP column keeps it. */
  private static LocalDateTime modified(TextFile file) {
    return file.modified().truncatedTo(ChronoUnit.MILLIS);
  }
}
