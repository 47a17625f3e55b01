package io.quiver.server.cli;

import io.quiver.planner.transfer.BadRowException;
import io.quiver.planner.transfer.FileFormat;
import io.quiver.planner.transfer.ReadOptions;
import io.quiver.planner.transfer.RowReader;
import io.quiver.planner.transfer.SourceRow;
import io.quiver.planner.transfer.TableGuess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quiver import}: loads a file into a table, which is made if it is not there. */
@Command(
    name = "import",
    description = {
      "Load a JSONL, CSV, Parquet, fvecs or npy file into a table; all but Parquet may be gzipped.",
      "A table that does not exist is made from what the first rows hold."
          + " Bad rows are told by their line and left out;"
          + " the exit code is then 1."
    })
final class ImportCommand implements SubCommand {
  private static final int SAMPLE_ROWS = 1_000;

  @Parameters(index = "0", paramLabel = "FILE", description = "What to load.")
  private Path file = Path.of("");

  @Option(
      names = {"-d", "--database"},
      paramLabel = "URL|DIR",
      required = true,
      description = "The database: a directory or a JDBC URL.")
  private String database = "";

  @Option(
      names = {"-t", "--table"},
      paramLabel = "TABLE",
      description = "The table, as name or schema.name; by default the name of the file.")
  private @Nullable String table;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; by default what the name of the file tells.")
  private @Nullable FileFormat format;

  @Option(
      names = "--key",
      paramLabel = "FIELD",
      description = "The field that is the primary key of a new table; by default id.")
  private String key = "id";

  @Option(
      names = "--type",
      paramLabel = "FIELD=TYPE",
      description =
          "The SQL type of a field in a new table, such as embedding=VECTOR(384,FLOAT16).")
  private Map<String, String> types = new LinkedHashMap<>();

  @Option(
      names = "--map",
      paramLabel = "FIELD=COLUMN",
      description = "The column a field goes to; by default the one of its name.")
  private Map<String, String> renames = new LinkedHashMap<>();

  @Option(names = "--skip", paramLabel = "FIELD", description = "A field to leave out.")
  private Set<String> skipped = Set.of();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "Between the values of CSV.")
  private @Nullable Character delimiter;

  @Option(
      names = "--header",
      split = ",",
      paramLabel = "NAME",
      description = "Names of the values of a CSV file whose first record has none.")
  private List<String> header = List.of();

  @Option(
      names = "--vector",
      paramLabel = "COLUMN",
      description = "What the vectors of an fvecs or npy file are called; by default embedding.")
  private String vector = "embedding";

  @Option(names = "--upsert", description = "Replace rows whose key is there already.")
  private boolean upsert;

  @Option(
      names = "--batch",
      paramLabel = "ROWS",
      description = "Rows a commit; by default ${DEFAULT-VALUE}.")
  private int batch = 1_000;

  @Option(
      names = "--max-bad",
      paramLabel = "ROWS",
      description = "How many bad rows are borne; by default ${DEFAULT-VALUE}.")
  private int badBound = 100;

  @Override
  public Integer call() throws IOException, SQLException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandFailure("There is no file " + file + " that can be read");
    }
    if (batch < 1) {
      throw new CommandFailure("--batch must be 1 or more, not " + batch);
    }
    FileFormat known = format == null ? formatOfName() : format;
    ReadOptions options = new ReadOptions(Set.of(), delimiterOfFile(), header, vector, Set.of());
    BadRows badRows = new BadRows(System.err, file.getFileName().toString(), badBound);
    try (Connection connection = DriverManager.getConnection(DatabaseArgument.url(database))) {
      ImportTarget named = ImportTarget.named(table == null ? tableOfName() : table);
      TableGuess guess = guess(known, options);
      ImportTarget target = findOrCreate(connection, named, guess);
      List<RowLoader.Column> columns = columns(target, guess);
      ReadOptions reading = options.with(fields(columns), jsonFields(columns));
      try (RowLoader loader = new RowLoader(connection, target, columns, upsert, batch, badRows)) {
        known.check(file, reading, () -> {});
        try (RowReader reader = known.open(file, reading)) {
          load(reader, loader, badRows, Files.size(file));
        }
      } catch (IOException broken) {
        throw new CommandFailure(file.getFileName() + ": " + broken.getMessage());
      }
    }
    if (badRows.count() > 0) {
      System.err.println(badRows.count() + " bad rows were left out");
    }
    return badRows.count() == 0 ? 0 : 1;
  }

  private static void load(RowReader reader, RowLoader loader, BadRows badRows, long size)
      throws IOException, SQLException {
    ProgressBar progress = new ProgressBar(System.out, "Importing", "rows", size);
    try {
      while (true) {
        try {
          SourceRow row = reader.next();
          if (row == null) {
            break;
          }
          loader.add(row);
        } catch (BadRowException bad) {
          badRows.add(bad.number(), String.valueOf(bad.getMessage()));
        }
        progress.reached(reader.bytesRead(), loader.loaded(), "");
      }
      loader.flush();
      progress.reached(reader.bytesRead(), loader.loaded(), "");
    } finally {
      progress.finish();
    }
  }

  private TableGuess guess(FileFormat known, ReadOptions options) throws IOException {
    try (RowReader reader = known.open(file, options)) {
      TableGuess guess = TableGuess.of(reader, SAMPLE_ROWS).with(types);
      if (guess.types().isEmpty()) {
        throw new CommandFailure("No row of " + file.getFileName() + " can be read as " + known);
      }
      return guess;
    } catch (IOException broken) {
      throw new CommandFailure(file.getFileName() + ": " + broken.getMessage());
    }
  }

  private ImportTarget findOrCreate(Connection connection, ImportTarget named, TableGuess guess)
      throws SQLException {
    Optional<ImportTarget> found = named.find(connection);
    if (found.isPresent()) {
      return found.get();
    }
    Map<String, String> kept = new LinkedHashMap<>();
    guess
        .types()
        .forEach(
            (field, type) -> {
              if (!skipped.contains(field)) {
                kept.put(renames.getOrDefault(field, field), type);
              }
            });
    String keyColumn = renames.getOrDefault(key, key);
    String create =
        new TableGuess(kept)
            .createTable(named.sqlName(), kept.containsKey(keyColumn) ? keyColumn : null);
    System.out.println(create);
    try (Statement statement = connection.createStatement()) {
      statement.execute(create);
    }
    return named
        .find(connection)
        .orElseThrow(() -> new CommandFailure("The table " + named.sqlName() + " was not made"));
  }

  private List<RowLoader.Column> columns(ImportTarget target, TableGuess guess) {
    List<RowLoader.Column> columns = new ArrayList<>();
    for (String field : guess.types().keySet()) {
      if (!skipped.contains(field)) {
        String name = renames.getOrDefault(field, TableGuess.columnName(field));
        String column =
            target
                .column(name)
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            ("Table %s has no column %s for field %s; it has %s."
                                    + " Remedy: --map %s=COLUMN, or --skip %s")
                                .formatted(
                                    target.sqlName(),
                                    name,
                                    field,
                                    String.join(", ", target.types().keySet()),
                                    field,
                                    field)));
        columns.add(
            new RowLoader.Column(field, column, target.types().getOrDefault(column, "VARCHAR")));
      }
    }
    return columns;
  }

  private static Set<String> fields(List<RowLoader.Column> columns) {
    return columns.stream().map(RowLoader.Column::field).collect(Collectors.toSet());
  }

  private static Set<String> jsonFields(List<RowLoader.Column> columns) {
    return columns.stream()
        .filter(column -> column.type().equalsIgnoreCase("JSON"))
        .map(RowLoader.Column::field)
        .collect(Collectors.toSet());
  }

  private FileFormat formatOfName() {
    return FileFormat.of(file)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ("The name of %s does not tell what it holds."
                            + " Remedy: --format jsonl|csv|parquet|fvecs|npy")
                        .formatted(file.getFileName())));
  }

  private char delimiterOfFile() {
    if (delimiter != null) {
      return delimiter;
    }
    return file.getFileName().toString().contains(".tsv") ? '\t' : ',';
  }

  private String tableOfName() {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return (dot < 0 ? name : name.substring(0, dot)).replaceAll("[^a-z0-9_]", "_");
  }
}
