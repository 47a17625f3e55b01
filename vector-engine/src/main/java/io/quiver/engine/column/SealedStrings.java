package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** STRING as codes into a sorted dictionary, chosen where that is smaller than the strings. */
final class SealedStrings extends SealedColumn implements BytesColumn {
  /** After so many strings, nearly all of them distinct, a dictionary is given up. */
  private static final int TRIAL = 10_000;

  private final SealedDictionary dictionary;
  private final SealedCodes codes;
  private final ZoneMap zones;

  private SealedStrings(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    this.dictionary = new SealedDictionary(parts);
    this.codes = new SealedCodes(parts, parts.rows(), dictionary.size());
    this.zones = Zones.map(parts);
    parts.check(dictionary.size() > 0 || parts.present() == 0, "its dictionary is empty");
  }

  static SealedColumn map(ColumnType.Scalar type, Parts parts) {
    expect(parts, Encoding.PLAIN, Encoding.DICTIONARY);
    return parts.encoding() == Encoding.PLAIN
        ? new SealedBytes(type, parts)
        : new SealedStrings(type, parts);
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      DictionaryBuilder dictionary = new DictionaryBuilder(arena);
      int[] numbers = new int[picks.size()];
      if (!isSmaller(picks, dictionary, numbers)) {
        return SealedBytes.write(picks, writer);
      }
      int[] codes = dictionary.sort();
      dictionary.write(writer);
      int width = SealedCodes.width(dictionary.size());
      Zones.Builder zones = new Zones.Builder(picks.size());
      writer.part(VALUES);
      for (int i = 0; i < numbers.length; i++) {
        int code = picks.isNull(i) ? 0 : codes[numbers[i]];
        if (!picks.isNull(i)) {
          zones.add(i, code);
        }
        SealedCodes.put(writer, width, code);
      }
      zones.write(writer);
      return Encoding.DICTIONARY;
    }
  }

  /** Numbers the strings; stops with false once a dictionary does not pay. */
  private static boolean isSmaller(Picks picks, DictionaryBuilder dictionary, int[] numbers) {
    long plain = 0;
    int seen = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (picks.isNull(i)) {
        continue;
      }
      BytesColumn column = (BytesColumn) picks.column(i);
      int row = picks.row(i);
      int length = column.length(row);
      numbers[i] = dictionary.add(column.segment(row), column.offset(row), length);
      plain += length;
      if (++seen == TRIAL && dictionary.size() > seen / 10 * 9) {
        return false;
      }
    }
    plain += (long) Integer.BYTES * numbers.length;
    long coded = (long) SealedCodes.width(dictionary.size()) * numbers.length;
    return coded + dictionary.totalBytes() + (long) Integer.BYTES * dictionary.size() <= plain;
  }

  @Override
  public int length(int row) {
    return isNull(row) ? 0 : dictionary.length(codes.code(row));
  }

  @Override
  public MemorySegment segment(int row) {
    return dictionary.segment();
  }

  @Override
  public long offset(int row) {
    return isNull(row) ? 0 : dictionary.offset(codes.code(row));
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
  public ZoneMap zones() {
    return zones;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromBytes(ScalarKind.STRING, bytes(row));
  }
}
