package io.quiver.planner.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file rows can be read from; each may also be compressed with gzip. */
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
  NPY(".npy");

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

  /** Opens a file of this format. */
  public RowReader open(Path file, ReadOptions options) throws IOException {
    CountedInput input = CountedInput.open(file);
    try {
      return switch (this) {
        case JSONL -> new JsonLinesReader(input, options);
        case CSV -> new CsvReader(input, options);
        case FVECS -> new FvecsReader(input, options);
        case NPY -> new NpyReader(input, options);
      };
    } catch (IOException | RuntimeException broken) {
      input.close();
      throw broken;
    }
  }
}
