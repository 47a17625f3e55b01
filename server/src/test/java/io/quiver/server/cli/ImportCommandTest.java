package io.quiver.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quiver import} of every format, with rows that are wrong. */
class ImportCommandTest {
  @TempDir Path folder;

  private String store() {
    return folder.resolve("store").toString();
  }

  private String query(String sql) {
    CommandRun run = CommandRun.of("sql", store(), "--format", "csv", "-e", sql);
    assertThat(run.errors()).isEmpty();
    return run.out();
  }

  private CommandRun load(Path file, String... options) {
    String[] arguments = new String[options.length + 4];
    arguments[0] = "import";
    arguments[1] = file.toString();
    arguments[2] = "-d";
    arguments[3] = store();
    System.arraycopy(options, 0, arguments, 4, options.length);
    return CommandRun.of(arguments);
  }

  /** Its types come from the file, and a damaged file leaves nothing. */
  @Test
  void parquetIsImported() throws IOException {
    Path file = folder.resolve("typed.parquet");
    query(
        "CREATE TABLE t (id BIGINT PRIMARY KEY, r REAL, day DATE, at TIMESTAMP, x VARBINARY, u"
            + " UUID, price DECIMAL(8, 2), v VECTOR(2), w SPARSEVEC, m MULTIVECTOR(2), tags"
            + " VARCHAR ARRAY)");
    query(
        "INSERT INTO t VALUES (1, 0.5, DATE '2024-01-02', TIMESTAMP '2024-01-02 03:04:05',"
            + " X'00ff', UUID '00112233-4455-6677-8899-aabbccddeeff', 2.50, '[0.5, 1]',"
            + " '{\"indices\": [3], \"values\": [0.5]}', '[[1, 2], [3, 4.5]]', ARRAY['a'])");
    query("COPY t TO '" + file + "'");
    CommandRun run = load(file);
    assertThat(run.errors()).isEmpty();
    assertThat(run.linesWithoutProgress())
        .containsExactly(
            "CREATE TABLE \"typed\" (\"id\" BIGINT NOT NULL PRIMARY KEY, \"r\" REAL, \"day\" DATE,"
                + " \"at\" TIMESTAMP, \"x\" VARBINARY, \"u\" UUID, \"price\" DECIMAL(38, 10), \"v\""
                + " VECTOR(2), \"w\" SPARSEVEC, \"m\" MULTIVECTOR(2), \"tags\" VARCHAR ARRAY)");
    assertThat(query("SELECT * FROM typed").replace("2.5000000000", "2.50"))
        .isEqualTo(query("SELECT * FROM t"));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(folder.resolve("cut.parquet"), java.util.Arrays.copyOf(bytes, bytes.length - 9));
    CommandRun cut = load(folder.resolve("cut.parquet"));
    assertThat(cut.status()).isEqualTo(1);
    assertThat(cut.errors()).contains("cut.parquet: ");
  }

  @Test
  void jsonLinesMakeATableAndBadRowsAreToldByLine() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("notes.jsonl"),
            """
            {"id": 1, "title": "one", "embedding": [1, 0, 0, 0], "tags": ["a"], "more": {"k": 1}}
            {"id": 2, "title": "two", "embedding": [0, 1], "tags": []}
            not json

            {"id": 1, "title": "again", "embedding": [0, 1, 0, 0]}
            {"id": 4, "title": null, "embedding": null}
            """);
    CommandRun run = load(file, "--type", "embedding=VECTOR(4)");
    assertThat(run.linesWithoutProgress())
        .containsExactly(
            "CREATE TABLE \"notes\" (\"id\" BIGINT NOT NULL PRIMARY KEY, \"title\" VARCHAR,"
                + " \"embedding\" VECTOR(4), \"tags\" VARCHAR ARRAY, \"more\" JSON)");
    assertThat(run.out()).containsPattern("(?m)^Importing \\[#{30}\\] 100 % 2 rows in [0-9.]+ s$");
    assertThat(run.errors())
        .isEqualTo(
            """
            notes.jsonl:3: not JSON at column 1: Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            notes.jsonl:2: QV-2203 VECTOR_DIMENSIONS_DIFFER (SQLSTATE 22000)
              parameter 3: Expected 4 dimensions, found 2
              Remedy: use the model whose vectors the column holds.
            notes.jsonl:5: QV-4002 KEY_EXISTS (SQLSTATE 23505)
              row 1: table "notes" has a row with (id) = (1) already
              Remedy: write UPSERT INTO to replace it, or add ON CONFLICT (id) DO NOTHING.
            3 bad rows were left out
            """);
    assertThat(run.status()).isEqualTo(1);
    assertThat(query("SELECT * FROM notes ORDER BY id"))
        .isEqualTo(
            """
            id,title,embedding,tags,more
            1,one,"[1.0,0.0,0.0,0.0]",[a],"{""k"": 1}"
            4,,,,
            """);
  }

  @Test
  void rowsMayReplaceThoseOfTheirKey() throws IOException {
    Path file = folder.resolve("r.jsonl");
    Files.writeString(file, "{\"id\": 1, \"t\": \"a\"}\n{\"id\": 2, \"t\": \"b\"}\n");
    assertThat(load(file).status()).isZero();
    Files.writeString(file, "{\"id\": 2, \"t\": \"c\"}\n{\"id\": 3, \"t\": \"d\"}\n");
    assertThat(load(file, "--upsert").status()).isZero();
    assertThat(query("SELECT * FROM r ORDER BY id")).isEqualTo("id,t\n1,a\n2,c\n3,d\n");
  }

  @Test
  void commaSeparatedValuesWithQuotesGzippedAndWithoutHeader() throws IOException {
    Path file = folder.resolve("People.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("1,\"Ada, \"\"the\"\" first\",1815\n2,Alan,1912\n".getBytes(UTF_8));
    }
    CommandRun run = load(file, "--header", "id,name,born", "--map", "born=year");
    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(query("SELECT * FROM people ORDER BY year"))
        .isEqualTo("id,name,year\n1,\"Ada, \"\"the\"\" first\",1815\n2,Alan,1912\n");
  }

  @Test
  void fieldsMayBeLeftOutAndMustElseHaveAColumn() throws IOException {
    assertThat(
            CommandRun.of("sql", store(), "-e", "CREATE TABLE c (id INT PRIMARY KEY, name VARCHAR)")
                .status())
        .isZero();
    Path file = Files.writeString(folder.resolve("c.csv"), "id,name,extra\n1,one,x\n");
    assertThat(load(file))
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "Table \"c\" has no column extra for field extra; it has id, name."
                    + " Remedy: --map extra=COLUMN, or --skip extra\n"));
    assertThat(load(file, "--skip", "extra").status()).isZero();
    assertThat(query("SELECT * FROM c")).isEqualTo("id,name\n1,one\n");
  }

  @Test
  void tooManyBadRowsEndTheImport() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 10; i++) {
      lines.append(i % 2 == 0 ? "bad\n" : "{\"id\": " + i + "}\n");
    }
    Path file = Files.writeString(folder.resolve("bad.jsonl"), lines);
    CommandRun run = load(file, "--max-bad", "2", "--batch", "1");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .endsWith(
            "More than 2 bad rows; rows loaded before are in the table. Remedy: --max-bad N\n");
    assertThat(query("SELECT id FROM bad ORDER BY id")).isEqualTo("id\n1\n3\n5\n");
  }

  @Test
  void vectorsOfFvecsAndNpy() throws IOException {
    Path fvecs = Files.write(folder.resolve("base.fvecs"), fvecs(new float[][] {{1, 2}, {3, 4}}));
    CommandRun run = load(fvecs);
    assertThat(run.errors()).isEmpty();
    assertThat(query("SELECT id, embedding FROM base ORDER BY id"))
        .isEqualTo("id,embedding\n0,\"[1.0,2.0]\"\n1,\"[3.0,4.0]\"\n");
    Path npy = Files.write(folder.resolve("more.npy"), npy(new float[][] {{5, 6}, {7, 8}}));
    assertThat(load(npy, "--vector", "v").errors()).isEmpty();
    assertThat(query("SELECT v FROM more ORDER BY id"))
        .isEqualTo("v\n\"[5.0,6.0]\"\n\"[7.0,8.0]\"\n");
    Path cut = Files.write(folder.resolve("cut.fvecs"), new byte[] {2, 0, 0, 0, 0, 0});
    CommandRun broken = load(cut);
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.errors()).startsWith("cut.fvecs: ");
  }

  @Test
  void wrongArgumentsAreTold() throws IOException {
    Path nameless = Files.writeString(folder.resolve("data.bin"), "x");
    assertThat(load(nameless))
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "The name of data.bin does not tell what it holds. Remedy: --format"
                    + " jsonl|csv|parquet|fvecs|npy\n"));
    Path missing = folder.resolve("none.csv");
    assertThat(load(missing))
        .isEqualTo(new CommandRun(1, "", "There is no file " + missing + " that can be read\n"));
    Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
    assertThat(load(empty))
        .isEqualTo(new CommandRun(1, "", "No row of empty.jsonl can be read as JSONL\n"));
    assertThat(load(nameless, "--batch", "0"))
        .isEqualTo(new CommandRun(1, "", "--batch must be 1 or more, not 0\n"));
    assertThat(CommandRun.of("import", "x.csv").status()).isEqualTo(2);
  }

  private static byte[] fvecs(float[][] vectors) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vectors.length * (4 + 4 * vectors[0].length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      bytes.putInt(vector.length);
      for (float component : vector) {
        bytes.putFloat(component);
      }
    }
    return bytes.array();
  }

  private static byte[] npy(float[][] vectors) throws IOException {
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n",
            vectors.length,
            vectors[0].length);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.write(new byte[] {(byte) header.length(), 0});
    file.write(header.getBytes(UTF_8));
    ByteBuffer values =
        ByteBuffer.allocate(vectors.length * vectors[0].length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      for (float component : vector) {
        values.putFloat(component);
      }
    }
    file.write(values.array());
    return file.toByteArray();
  }
}
