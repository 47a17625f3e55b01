package io.quiver.planner.copy;

import io.quiver.planner.Session;
import io.quiver.planner.transfer.FileFormat;
import io.quiver.planner.transfer.ParquetFiles.Compression;
import io.quiver.planner.transfer.ReadOptions;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * What stands in parentheses after COPY, and the file it names.
 *
 * @param delimiter between the values of CSV
 * @param header names of the values of a CSV file whose first record has none; empty if it has
 * @param vector what the vectors of an fvecs or npy file are called
 * @param batch rows a commit
 * @param badBound how many bad rows are left out before it fails
 * @param upsert whether rows whose key is there are replaced
 * @param compression of the pages of a Parquet file that is written
 */
record CopyOptions(
    Path file,
    FileFormat format,
    char delimiter,
    List<String> header,
    String vector,
    int batch,
    int badBound,
    boolean upsert,
    Compression compression) {
  private static final List<String> NAMES =
      List.of(
          "format", "delimiter", "header", "vector", "batch", "max_bad", "upsert", "compression");
  private static final List<String> WRITING = List.of("format", "delimiter", "compression");
  private static final int LARGEST_BATCH = 1_000_000;

  static CopyOptions of(String name, List<OptionClause> options, SqlParserPos position) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException notAPath) {
      throw problem(
          ErrorCode.OPTION_INVALID,
          position,
          "'" + name + "' is no name of a file: " + notAPath.getReason(),
          "give a path on the machine the database runs on.");
    }
    Optional<FileFormat> format = FileFormat.of(file);
    char delimiter = name.contains(".tsv") ? '\t' : ',';
    List<String> header = List.of();
    String vector = "embedding";
    int batch = 1_000;
    int badBound = 0;
    boolean upsert = false;
    Compression compression = Compression.SNAPPY;
    for (OptionClause option : options) {
      String value = option.value();
      switch (option.name().toString().toLowerCase(Locale.ROOT)) {
        case "format" -> format = Optional.of(format(option));
        case "delimiter" -> {
          if (value.length() != 1) {
            throw invalid(option, "one character");
          }
          delimiter = value.charAt(0);
        }
        case "header" -> {
          if (value.equalsIgnoreCase("false")) {
            throw invalid(option, "the names themselves, as in HEADER 'a,b'");
          }
          header = value.equalsIgnoreCase("true") ? List.of() : List.of(value.split(",", -1));
        }
        case "vector" -> vector = value;
        case "batch" -> batch = number(option, 1, LARGEST_BATCH);
        case "max_bad" -> badBound = number(option, 0, Integer.MAX_VALUE);
        case "upsert" -> {
          if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw invalid(option, "true or false");
          }
          upsert = value.equalsIgnoreCase("true");
        }
        case "compression" -> compression = compression(option);
        default ->
            throw problem(
                ErrorCode.OPTION_UNKNOWN,
                option.name().getParserPosition(),
                "COPY has no option " + option.name(),
                NearestName.remedy(
                    option.name().toString(),
                    NAMES,
                    "there are " + String.join(", ", NAMES) + "."));
      }
    }
    FileFormat known =
        format.orElseThrow(
            () ->
                problem(
                    ErrorCode.OPTION_INVALID,
                    position,
                    "the name '" + name + "' does not tell what the file holds",
                    "add (FORMAT jsonl); there are " + FileFormat.NAMES + "."));
    return new CopyOptions(
        file, known, delimiter, header, vector, batch, badBound, upsert, compression);
  }

  /** Refuses the options that tell how a file is read. */
  static void checkWriting(List<OptionClause> options) {
    for (OptionClause option : options) {
      String name = option.name().toString().toLowerCase(Locale.ROOT);
      boolean named = name.equals("header") && option.value().equalsIgnoreCase("true");
      if (!named && !WRITING.contains(name)) {
        throw problem(
            ErrorCode.OPTION_INVALID,
            option.name().getParserPosition(),
            "option " + name + " is for COPY FROM",
            "leave it out; COPY TO has " + String.join(", ", WRITING) + ".");
      }
    }
  }

  /** How the file is read, all of it. */
  ReadOptions reading() {
    return new ReadOptions(Set.of(), delimiter, header, vector, Set.of());
  }

  /** Refuses what a session over the network asks for: the files are not its own. */
  static void checkAllowed(Session session, @Nullable SqlParserPos position) {
    if (!session.mayUseFiles()) {
      throw problem(
          ErrorCode.PERMISSION_DENIED,
          position == null ? SqlParserPos.ZERO : position,
          "COPY reads and writes files where the database runs, and this connection is remote",
          "send the rows as a batch of INSERT, or use bin/quiver import with the server's URL.");
    }
  }

  private static FileFormat format(OptionClause option) {
    String name = option.value().toLowerCase(Locale.ROOT);
    for (FileFormat format : FileFormat.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw invalid(option, FileFormat.NAMES);
  }

  private static Compression compression(OptionClause option) {
    for (Compression compression : Compression.values()) {
      if (compression.name().equalsIgnoreCase(option.value())) {
        return compression;
      }
    }
    throw invalid(option, "none, snappy, gzip or zstd");
  }

  private static int number(OptionClause option, int low, int high) {
    try {
      int value = Integer.parseInt(option.value());
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with a number that is out of range.
    }
    throw invalid(option, "a whole number from " + low + " to " + high);
  }

  private static RuntimeException invalid(OptionClause option, String wanted) {
    return problem(
        ErrorCode.OPTION_INVALID,
        option.valuePosition(),
        option.name() + " is '" + option.value() + "'",
        "give " + wanted + ".");
  }

  static RuntimeException problem(
      ErrorCode code, SqlParserPos position, String message, String remedy) {
    return SqlProblem.at(code, SqlPosition.of(position), message, remedy).asException();
  }
}
