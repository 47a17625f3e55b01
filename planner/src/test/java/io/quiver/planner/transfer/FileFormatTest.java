package io.quiver.planner.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFormatTest {
  @TempDir private Path folder;

  @Test
  void nameTellsFormat() {
    assertThat(FileFormat.of(Path.of("a/b.JSONL"))).contains(FileFormat.JSONL);
    assertThat(FileFormat.of(Path.of("b.csv.gz"))).contains(FileFormat.CSV);
    assertThat(FileFormat.of(Path.of("b.fvecs"))).contains(FileFormat.FVECS);
    assertThat(FileFormat.of(Path.of("b.parquet"))).contains(FileFormat.PARQUET);
    assertThat(FileFormat.of(Path.of("b.orc"))).isEmpty();
  }

  @Test
  void jsonValuesKeepTheirTypes() throws Exception {
    Path file =
        write(
            "a.jsonl",
            """
            {"id": 7, "big": 123456789012345678901, "x": 1.5, "y": 0.12345678901234567891, "ok": true,
            """
                    .strip()
                + """
                 "none": null, "name": "Zoë \\u2192", "tags": ["a", "b"], "v": [1, -2.5e1], "m": [[1,2],[3,4]],\
                 "o": {"a": [1, {"b": 2}]}, "mixed": [1, "a", [2]], "empty": []}
                """);
    Map<String, @Nullable Object> values = only(file, ReadOptions.DEFAULT).values();
    assertThat(values.get("id")).isEqualTo(7L);
    assertThat(values.get("big")).isEqualTo(new BigDecimal("123456789012345678901"));
    assertThat(values.get("x")).isEqualTo(1.5);
    assertThat(values.get("y")).isEqualTo(new BigDecimal("0.12345678901234567891"));
    assertThat(values.get("ok")).isEqualTo(true);
    assertThat(values).containsEntry("none", null);
    assertThat(values.get("name")).isEqualTo("Zoë →");
    assertThat(values.get("tags")).isEqualTo(List.of("a", "b"));
    assertThat((float[]) values.get("v")).containsExactly(1f, -25f);
    assertThat((float[][]) values.get("m")).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
    assertThat(values.get("o")).isEqualTo("{\"a\": [1, {\"b\": 2}]}");
    assertThat(values.get("mixed")).isEqualTo("[1, \"a\", [2]]");
    assertThat(values.get("empty")).isEqualTo(List.of());
  }

  @Test
  void jsonFieldIsKeptAsItIsWritten() throws Exception {
    Path file = write("a.jsonl", "{\"a\": 1}\n{\"n\": [1, 9007199254740993], \"é\": 1}\n");
    try (RowReader reader =
        FileFormat.JSONL.open(file, ReadOptions.DEFAULT.with(Set.of(), Set.of("n")))) {
      assertThat(row(reader).values()).containsEntry("a", 1L);
      assertThat(row(reader).values()).containsEntry("n", "[1, 9007199254740993]");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void malformedLineIsToldByNumberAndReadingGoesOn() throws Exception {
    Path file = write("a.jsonl", "{\"id\": 1}\n\n{\"id\": \n[2]\n{\"id\": 3} x\n{\"id\": 4}");
    List<String> seen = new ArrayList<>();
    try (RowReader reader = FileFormat.JSONL.open(file, ReadOptions.DEFAULT)) {
      while (true) {
        try {
          SourceRow row = reader.next();
          if (row == null) {
            break;
          }
          seen.add(row.number() + " " + row.values());
        } catch (BadRowException bad) {
          seen.add(bad.number() + " " + message(bad).replaceAll(":.*", ""));
        }
      }
    }
    assertThat(seen)
        .containsExactly(
            "1 {id=1}",
            "3 not JSON at column 8",
            "4 a line must be one JSON object",
            "5 not JSON at column 11",
            "6 {id=4}");
  }

  @Test
  void linesLongerThanTheBufferAreRead() throws Exception {
    String text = "x".repeat(300_000);
    Path file = write("a.jsonl", ("{\"t\": \"" + text + "\"}\n").repeat(5));
    try (RowReader reader = FileFormat.JSONL.open(file, ReadOptions.DEFAULT)) {
      for (int i = 0; i < 5; i++) {
        assertThat(row(reader).values()).containsEntry("t", text);
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.bytesRead()).isEqualTo(Files.size(file));
    }
  }

  @Test
  void csvKnowsQuotesNullsAndLineNumbers() throws Exception {
    Path file =
        write(
            "a.csv",
            String.join(
                "\r\n",
                "\ufeffid,text,none",
                "1,\"a, \"\"b\"\"\nc\",",
                "",
                "2,plain,\"\"",
                "3,too,many,values",
                "4,x,y"));
    List<String> seen = new ArrayList<>();
    try (RowReader reader = FileFormat.CSV.open(file, ReadOptions.DEFAULT)) {
      for (int i = 0; i < 4; i++) {
        try {
          SourceRow row = row(reader);
          seen.add(row.number() + " " + row.values());
        } catch (BadRowException bad) {
          seen.add(bad.number() + " " + bad.getMessage());
        }
      }
      assertThat(reader.next()).isNull();
    }
    assertThat(seen)
        .containsExactly(
            "2 {id=1, text=a, \"b\"\nc, none=null}",
            "5 {id=2, text=plain, none=}",
            "6 4 values, but 3 names",
            "7 {id=4, text=x, none=y}");
  }

  @Test
  void fvecsAreReadAndDamageIsTold() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(2).putFloat(1).putFloat(2).putInt(2).putFloat(3).putFloat(4).putInt(3);
    Path file = Files.write(folder.resolve("a.fvecs"), java.util.Arrays.copyOf(bytes.array(), 28));
    try (RowReader reader = FileFormat.FVECS.open(file, ReadOptions.DEFAULT)) {
      assertThat((float[]) row(reader).values().get("embedding")).containsExactly(1f, 2f);
      assertThat(row(reader).values()).containsEntry("id", 1L);
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "vector 3 begins with dimension 3, those before have 2:"
                  + " this is not an fvecs file, or a damaged one");
    }
  }

  @Test
  void npyOfHalfPrecisionIsRead() throws Exception {
    Path file = npy("'<f2'", "False", "(2, 2)", 8);
    try (RowReader reader = FileFormat.NPY.open(file, ReadOptions.DEFAULT)) {
      assertThat((float[]) row(reader).values().get("embedding")).containsExactly(0f, 1f);
      assertThat((float[]) row(reader).values().get("embedding")).containsExactly(2f, 3f);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void npyThatCannotBeReadSaysWhatToSave() throws Exception {
    assertThatThrownBy(
            () -> FileFormat.NPY.open(npy("'<f2'", "True", "(2, 2)", 8), ReadOptions.DEFAULT))
        .hasMessageContaining("numpy.ascontiguousarray");
    assertThatThrownBy(
            () -> FileFormat.NPY.open(npy("'<f2'", "False", "(4,)", 8), ReadOptions.DEFAULT))
        .hasMessageContaining("the array has shape (4,)");
    assertThatThrownBy(
            () -> FileFormat.NPY.open(npy("'>f4'", "False", "(2, 1)", 8), ReadOptions.DEFAULT))
        .hasMessageContaining("a.astype('<f4')");
  }

  @Test
  void gzippedFileIsUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"id\": 1}\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("a.jsonl.gz"), packed.toByteArray());
    assertThat(only(file, ReadOptions.DEFAULT).values()).containsEntry("id", 1L);
  }

  @Test
  void tableIsGuessedFromJson() throws Exception {
    Path file =
        write(
            "a.jsonl",
            """
            {"id": 1, "Name": "a", "day": "2026-01-02", "at": "2026-01-02T03:04:05", "n": 1, "tags": [],\
             "v": [0.5, 1], "o": {"a": 1}, "s": {"indices": [0], "values": [1]}, "pages": [1, 2], "same": 1}
            {"id": 2, "n": 1.5, "tags": ["x"], "v": [0.5, 2], "same": "x", "later": true}
            """);
    try (RowReader reader = FileFormat.JSONL.open(file, ReadOptions.DEFAULT)) {
      assertThat(TableGuess.of(reader, 100).createTable("docs", "id"))
          .isEqualTo(
              "CREATE TABLE docs (\"id\" BIGINT NOT NULL PRIMARY KEY, \"name\" VARCHAR, \"day\""
                  + " DATE, \"at\" TIMESTAMP, \"n\" DOUBLE, \"tags\" VARCHAR ARRAY, \"v\""
                  + " VECTOR(2), \"o\" JSON, \"s\" SPARSEVEC, \"pages\" JSON, \"same\" VARCHAR,"
                  + " \"later\" BOOLEAN)");
    }
  }

  @Test
  void tableIsGuessedFromCsv() throws Exception {
    Path file =
        write("a.csv", "id,zip,price,flag,v,text\n1,01234,2.5,true,\"[1,2]\",x\n2,,3,FALSE,,7\n");
    try (RowReader reader = FileFormat.CSV.open(file, ReadOptions.DEFAULT)) {
      assertThat(TableGuess.of(reader, 100).types())
          .containsExactly(
              Map.entry("id", "BIGINT"),
              Map.entry("zip", "VARCHAR"),
              Map.entry("price", "DOUBLE"),
              Map.entry("flag", "BOOLEAN"),
              Map.entry("v", "VECTOR(2)"),
              Map.entry("text", "VARCHAR"));
    }
  }

  private static SourceRow row(RowReader reader) throws IOException, BadRowException {
    return Objects.requireNonNull(reader.next());
  }

  private static String message(Exception thrown) {
    return Objects.requireNonNull(thrown.getMessage());
  }

  private SourceRow only(Path file, ReadOptions options) throws Exception {
    try (RowReader reader = FileFormat.of(file).orElseThrow().open(file, options)) {
      SourceRow row = row(reader);
      assertThat(reader.next()).isNull();
      return row;
    }
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** An array that counts up from 0, in halves. */
  private Path npy(String type, String fortran, String shape, int bytesOfData) throws IOException {
    String header =
        "{'descr': " + type + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(10 + header.length() + bytesOfData).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    bytes.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < bytesOfData / 2; i++) {
      bytes.putShort(Float.floatToFloat16(i));
    }
    return Files.write(folder.resolve("a.npy"), bytes.array());
  }
}
