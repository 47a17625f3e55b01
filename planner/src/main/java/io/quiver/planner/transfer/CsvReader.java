package io.quiver.planner.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180: values in double quotes may hold delimiters, line ends and doubled quotes. An
 * empty value without quotes is null; records that are empty are passed over.
 */
final class CsvReader implements RowReader {
  private final CountedInput input;
  private final BufferedReader text;
  private final char delimiter;
  private final List<String> header;
  private long line = 1;
  private long recordLine = 1;

  CsvReader(CountedInput input, ReadOptions options) throws IOException {
    this.input = input;
    delimiter = options.delimiter();
    text =
        new BufferedReader(
            new InputStreamReader(
                input.content(),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
            1 << 16);
    header = options.header().isEmpty() ? readHeader() : options.header();
  }

  @Override
  public @Nullable SourceRow next() throws IOException, BadRowException {
    List<@Nullable String> record = record();
    if (record == null) {
      return null;
    }
    if (record.size() != header.size()) {
      throw new BadRowException(
          recordLine, "%d values, but %d names".formatted(record.size(), header.size()));
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      values.put(header.get(i), record.get(i));
    }
    return new SourceRow(recordLine, values);
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }

  private List<String> readHeader() throws IOException {
    text.mark(1);
    if (text.read() != '\ufeff') {
      text.reset();
    }
    List<String> names = new ArrayList<>();
    try {
      List<@Nullable String> record = record();
      for (String name : record == null ? List.<@Nullable String>of() : record) {
        if (name == null || name.isBlank()) {
          throw new IOException(
              "the first record names its values, and name %d is empty"
                  .formatted(names.size() + 1));
        }
        names.add(name.strip());
      }
    } catch (BadRowException malformed) {
      throw new IOException("the first record: " + malformed.getMessage(), malformed);
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IOException("the first record names a value twice: " + names);
    }
    return names;
  }

  /** The next record that is not empty, or null at the end. */
  private @Nullable List<@Nullable String> record() throws IOException, BadRowException {
    List<@Nullable String> record = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    recordLine = line;
    while (true) {
      int c = text.read();
      if (c == '"' && value.isEmpty() && !quoted) {
        quoted = true;
        readQuoted(value);
      } else if (c == delimiter) {
        record.add(valueOf(value, quoted));
        quoted = false;
      } else if (c == '\n' || c < 0) {
        line += c < 0 ? 0 : 1;
        boolean empty = record.isEmpty() && value.isEmpty() && !quoted;
        if (!empty) {
          record.add(valueOf(value, quoted));
          return record;
        }
        if (c < 0) {
          return null;
        }
        recordLine = line;
      } else if (c != '\r') {
        value.append((char) c);
      }
    }
  }

  /** Reads to the closing quote; a doubled one stands for itself. */
  private void readQuoted(StringBuilder value) throws IOException, BadRowException {
    while (true) {
      int c = text.read();
      if (c < 0) {
        throw new BadRowException(recordLine, "a quote is opened and never closed");
      }
      if (c == '"') {
        text.mark(1);
        if (text.read() != '"') {
          text.reset();
          return;
        }
      }
      line += c == '\n' ? 1 : 0;
      value.append((char) c);
    }
  }

  private static @Nullable String valueOf(StringBuilder value, boolean quoted) {
    String text = value.toString();
    value.setLength(0);
    return text.isEmpty() && !quoted ? null : text;
  }
}
