package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Text arrays: for each row the codes of its strings in their order. */
final class SealedTextArrays extends SealedColumn implements TextArrayColumn {
  private final Offsets offsets;
  private final SealedDictionary dictionary;
  private final SealedCodes codes;

  SealedTextArrays(ColumnType.TextArray type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.LIST);
    this.dictionary = new SealedDictionary(parts);
    long elements = parts.part(VALUES).byteSize() / SealedCodes.width(dictionary.size());
    this.offsets = Offsets.map(parts, OFFSETS, parts.rows(), elements);
    this.codes = new SealedCodes(parts, elements, dictionary.size());
    parts.check(dictionary.size() > 0 || elements == 0, "its dictionary is empty");
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    Offsets.write(
        writer,
        OFFSETS,
        picks.size(),
        i -> ((TextArrayColumn) picks.column(i)).count(picks.row(i)));
    try (Arena arena = Arena.ofConfined()) {
      DictionaryBuilder dictionary = new DictionaryBuilder(arena);
      for (int i = 0; i < picks.size(); i++) {
        TextArrayColumn column = (TextArrayColumn) picks.column(i);
        for (int element = 0; element < column.count(picks.row(i)); element++) {
          number(dictionary, column, picks.row(i), element);
        }
      }
      int[] codes = dictionary.sort();
      dictionary.write(writer);
      int width = SealedCodes.width(dictionary.size());
      writer.part(VALUES);
      for (int i = 0; i < picks.size(); i++) {
        TextArrayColumn column = (TextArrayColumn) picks.column(i);
        for (int element = 0; element < column.count(picks.row(i)); element++) {
          int number = number(dictionary, column, picks.row(i), element);
          SealedCodes.put(writer, width, codes[number]);
        }
      }
    }
    return Encoding.LIST;
  }

  private static int number(
      DictionaryBuilder dictionary, TextArrayColumn column, int row, int element) {
    return dictionary.add(
        column.segment(row, element), column.offset(row, element), column.length(row, element));
  }

  @Override
  public int count(int row) {
    return offsets.length(row);
  }

  @Override
  public int length(int row, int element) {
    return dictionary.length(codes.code(first(row) + element));
  }

  @Override
  public MemorySegment segment(int row, int element) {
    return dictionary.segment();
  }

  @Override
  public long offset(int row, int element) {
    return dictionary.offset(codes.code(first(row) + element));
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public CodeReader codes() {
    return codes;
  }

  @Override
  public long first(int row) {
    return offsets.at(row);
  }
}
