package io.quiver.planner.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of file rows can be read from; each may also be compressed with gzip, except Parquet,
 * which compresses inside.
 */
public enum FileFormat {
  /** One JSON object a line. */
  JSONL(".jsonl", ".ndjson", ".json"),
  /** Comma- or tab-separated values as in RFC 4180, names in the first record. */
  CSV(".csv", ".tsv"),
  /**
   * Vectors as the ann-benchmarks of INRIA have them: an int32 dimension, then that many float32.
   */
  FVECS(".fvecs"),
  /** A two-dimensional array of NumPy. */
  NPY(".npy"),
  /** Apache Parquet, where {@link ParquetFiles} are found. */
  PARQUET(".parquet", ".pq");

  /** The formats as a message lists them. */
  public static final String NAMES = "jsonl, csv, parquet, fvecs or npy";

  private final String[] endings;

  FileFormat(String... endings) {
    this.endings = endings;
  }

  /** The format that a file's name tells. */
  public static Optional<FileFormat> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    for (FileFormat format : values()) {
      for (String ending : format.endings) {
        if (plain.endsWith(ending)) {
          return Optional.of(format);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a file through, if damage in the middle of it would else be met when rows of it have been
   * loaded already. Text is read line by line, and its lines stand by themselves.
   *
   * @throws IOException if a part of it cannot be read
   */
  public void check(Path file, ReadOptions options, Runnable eachRow) throws IOException {
    if (this != PARQUET) {
      return;
    }
    try (RowReader reader = open(file, options)) {
      while (reader.next() != null) {
        eachRow.run();
      }
    } catch (BadRowException bad) {
      throw new IOException("row " + bad.number() + ": " + bad.getMessage(), bad);
    }
  }

  /** What messages call the part of a file that holds a row. */
  public String rowWord() {
    return this == JSONL || this == CSV ? "line" : "row";
  }

  /** Opens a file of this format. */
  public RowReader open(Path file, ReadOptions options) throws IOException {
    if (this == PARQUET) {
      return ParquetFiles.found().open(file, options);
    }
    CountedInput input = CountedInput.open(file);
    try {
      return switch (this) {
        case JSONL -> new JsonLinesReader(input, options);
        case CSV -> new CsvReader(input, options);
        case FVECS -> new FvecsReader(input, options);
        case NPY -> new NpyReader(input, options);
        case PARQUET -> throw new IllegalStateException("opened above");
      };
    } catch (IOException | RuntimeException broken) {
      input.close();
      throw broken;
    }
  }
}
