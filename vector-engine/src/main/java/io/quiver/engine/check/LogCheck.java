package io.quiver.engine.check;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.LogSubscriber;
import io.quiver.engine.io.FileStore;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.DefinitionRecord;
import io.quiver.engine.log.FileWriteLog;
import io.quiver.engine.log.LogRecord;
import io.quiver.engine.manifest.Manifest;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads the log as an opening would, and changes nothing. */
final class LogCheck {
  private final FileStore files;
  private final Manifest manifest;
  private final LogSubscriber catalog;
  private final Consumer<Finding> findings;
  private final Map<Long, CollectionSchema> schemas = new HashMap<>();
  private long records;

  LogCheck(FileStore files, Manifest manifest, LogSubscriber catalog, Consumer<Finding> findings) {
    this.files = files;
    this.manifest = manifest;
    this.catalog = catalog;
    this.findings = findings;
    for (Manifest.CollectionEntry collection : manifest.collections()) {
      schemas.put(collection.schema().id(), collection.schema());
    }
  }

  /** What the log holds; of a damaged one, what the manifest says it must. */
  FileWriteLog.Contents run() throws IOException {
    FileWriteLog.Contents log;
    try {
      log = FileWriteLog.verify(files, manifest.database(), manifest.flushed(), this::read);
    } catch (CorruptDataException e) {
      findings.accept(new Finding(Finding.Severity.DAMAGE, String.valueOf(e.getMessage())));
      return new FileWriteLog.Contents(0, Long.MAX_VALUE, 0, List.of());
    }
    if (log.start() > manifest.flushed() || log.end() < manifest.position()) {
      findings.accept(
          new Finding(
              Finding.Severity.DAMAGE,
              "Log "
                  + files.describe(FileWriteLog.DIRECTORY)
                  + " holds positions "
                  + (log.start() + 1)
                  + " to "
                  + log.end()
                  + ", but the manifest needs all from "
                  + (manifest.flushed() + 1)
                  + " to "
                  + manifest.position()
                  + ". Put the missing files back, or restore the database from a backup."));
    }
    if (log.unfinished() > 0) {
      findings.accept(
          new Finding(
              Finding.Severity.NOTE,
              "Log file "
                  + files.describe(log.files().getLast())
                  + " ends in "
                  + log.unfinished()
                  + " bytes that are no whole record, as after a power cut or a kill. The next"
                  + " opening cuts them off."));
    }
    return log;
  }

  /** Records that a next opening will apply. */
  long records() {
    return records;
  }

  private void read(long position, LogRecord record) {
    records++;
    try {
      switch (record.type()) {
        case COMMIT -> {
          var _ = CommitRecord.decode(record.payload(), schemas, (recipe, source) -> null);
        }
        case DEFINITION -> {
          if (position > manifest.position()) {
            define(position, DefinitionRecord.decode(record.payload()));
          }
        }
      }
    } catch (RuntimeException e) {
      findings.accept(
          new Finding(
              Finding.Severity.DAMAGE,
              "The log's record of position "
                  + position
                  + " cannot be understood: "
                  + e
                  + ". Restore the database from a backup."));
    }
  }

  private void define(long position, Definition definition) {
    for (SchemaChange change : definition.changes()) {
      switch (change) {
        case SchemaChange.Create create -> schemas.put(create.schema().id(), create.schema());
        case SchemaChange.Drop drop -> schemas.remove(drop.collection());
        case SchemaChange.Replace replace -> schemas.put(replace.schema().id(), replace.schema());
        case SchemaChange.Truncate truncate -> {}
      }
    }
    catalog.apply(position, definition.catalogRecord());
  }
}
