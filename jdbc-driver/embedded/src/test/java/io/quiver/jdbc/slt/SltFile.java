package io.quiver.jdbc.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of statements and what they give: blocks between empty lines. */
final class SltFile {
  private static final String DIVIDER = "----";

  private SltFile() {}

  static List<SltRecord> read(Path file) throws IOException {
    List<SltRecord> records = new ArrayList<>();
    List<String> block = new ArrayList<>();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add("");
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        block.add(lines.get(i));
      } else if (!block.isEmpty()) {
        records.add(record(i - block.size() + 1, block));
        block.clear();
      }
    }
    return records;
  }

  private static SltRecord record(int line, List<String> block) {
    int begin = 0;
    while (begin < block.size() && block.get(begin).startsWith("#")) {
      begin++;
    }
    if (begin == block.size()) {
      return new SltRecord(line, "", String.join("\n", block), List.of());
    }
    if (begin > 0) {
      throw new IllegalArgumentException(
          "Line " + line + ": set a comment apart from its statement by an empty line");
    }
    String header = block.get(0);
    int divider = block.indexOf(DIVIDER);
    int end = divider < 0 ? block.size() : divider;
    List<String> expected =
        divider < 0 ? List.of() : List.copyOf(block.subList(divider + 1, block.size()));
    return new SltRecord(line, header, String.join("\n", block.subList(1, end)), expected);
  }

  static void write(Path file, List<SltRecord> records) throws IOException {
    List<String> blocks = new ArrayList<>();
    for (SltRecord record : records) {
      StringBuilder block = new StringBuilder();
      if (!record.isComment()) {
        block.append(record.header()).append('\n');
      }
      block.append(record.text()).append('\n');
      if (record.isReading() || !record.expected().isEmpty()) {
        block.append(DIVIDER).append('\n');
        record.expected().forEach(l -> block.append(l).append('\n'));
      }
      blocks.add(block.toString());
    }
    Files.writeString(file, String.join("\n", blocks));
  }
}
