package io.quiver.engine.column;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.ByteSink;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column read in place from a mapped section of a file. How it lies there is in docs/format.md,
 * "Columns".
 *
 * <p>Mapping checks everything reading relies on: lengths, offsets and codes; so a damaged section
 * is refused, or gives other values, but never makes reading fail. The file's own checksums tell
 * whether values are those once written.
 */
public abstract class SealedColumn implements Column {
  static final int PRESENCE = 1;
  static final int VALUES = 2;
  static final int OFFSETS = 3;
  static final int ZONES = 4;
  static final int DICTIONARY_OFFSETS = 5;
  static final int DICTIONARY_BYTES = 6;
  static final int WEIGHTS = 7;
  static final int INVERSE_NORMS = 8;
  static final int SCALE = 9;

  private final ColumnType type;
  private final Parts parts;
  private final @Nullable MemorySegment presence;

  SealedColumn(ColumnType type, Parts parts) {
    this.type = type;
    this.parts = parts;
    this.presence = presence(parts);
  }

  private static @Nullable MemorySegment presence(Parts parts) {
    if (parts.present() == parts.rows()) {
      return null;
    }
    long words = (parts.rows() + 63L) >>> 6;
    MemorySegment presence = parts.part(PRESENCE, words * Long.BYTES);
    long count = 0;
    for (long word = 0; word < words; word++) {
      count += Long.bitCount(presence.get(LittleEndian.LONG, word * Long.BYTES));
    }
    parts.check(count == parts.present(), "it has " + count + " values, not " + parts.present());
    return presence;
  }

  /**
   * Writes a new column.
   *
   * @param sources one a segment the selection takes rows from, of this type
   */
  public static void write(
      ColumnType type, List<? extends Column> sources, RowSelection selection, ByteSink sink)
      throws IOException {
    Picks picks = new Picks(sources, selection);
    PartsWriter writer = new PartsWriter(sink);
    int encoding =
        switch (type) {
          case ColumnType.Scalar scalar -> writeScalar(scalar.kind(), picks, writer);
          case ColumnType.TextArray array -> SealedTextArrays.write(picks, writer);
          case ColumnType.DenseVector dense -> SealedVectors.write(dense, picks, writer);
          case ColumnType.SparseVector sparse -> SealedSparseVectors.write(picks, writer);
          case ColumnType.MultiVector multi -> SealedMultiVectors.write(multi, picks, writer);
        };
    int present = picks.present();
    if (present < picks.size()) {
      writePresence(picks, writer);
    }
    writer.finish(encoding, picks.size(), present);
  }

  private static int writeScalar(ScalarKind kind, Picks picks, PartsWriter writer)
      throws IOException {
    return switch (kind) {
      case BOOLEAN, INT32, INT64 -> SealedLongs.write(kind, picks, writer);
      case FLOAT32, FLOAT64 -> SealedDoubles.write(kind, picks, writer);
      case DECIMAL -> SealedDecimals.write(picks, writer);
      case STRING -> SealedStrings.write(picks, writer);
      case BINARY -> SealedBytes.write(picks, writer);
      case UUID -> SealedUuids.write(picks, writer);
    };
  }

  private static void writePresence(Picks picks, PartsWriter writer) throws IOException {
    writer.part(PRESENCE);
    for (int from = 0; from < picks.size(); from += 64) {
      long word = 0;
      for (int i = from; i < Math.min(from + 64, picks.size()); i++) {
        word |= picks.isNull(i) ? 0 : 1L << (i & 63);
      }
      writer.putLong(word);
    }
  }

  /**
   * Reads a column where it is mapped.
   *
   * @param section all of what {@link #write} wrote and nothing else
   * @param name what messages call it: the file and what of it
   * @throws CorruptDataException if it cannot have been written by {@link #write}
   */
  public static SealedColumn map(ColumnType type, MemorySegment section, String name) {
    Parts parts = new Parts(section, name);
    return switch (type) {
      case ColumnType.Scalar scalar -> mapScalar(scalar, parts);
      case ColumnType.TextArray array -> new SealedTextArrays(array, parts);
      case ColumnType.DenseVector dense -> new SealedVectors(dense, parts);
      case ColumnType.SparseVector sparse -> new SealedSparseVectors(sparse, parts);
      case ColumnType.MultiVector multi -> new SealedMultiVectors(multi, parts);
    };
  }

  private static SealedColumn mapScalar(ColumnType.Scalar type, Parts parts) {
    return switch (type.kind()) {
      case BOOLEAN, INT32, INT64 -> new SealedLongs(type, parts);
      case FLOAT32, FLOAT64 -> new SealedDoubles(type, parts);
      case DECIMAL -> SealedDecimals.map(type, parts);
      case STRING -> SealedStrings.map(type, parts);
      case BINARY -> new SealedBytes(type, parts);
      case UUID -> new SealedUuids(type, parts);
    };
  }

  /** Refuses a section of another encoding. */
  static void expect(Parts parts, int... encodings) {
    for (int encoding : encodings) {
      if (parts.encoding() == encoding) {
        return;
      }
    }
    throw parts.corrupt("it has encoding " + parts.encoding() + ", unknown for its type");
  }

  /** Bytes of the section. */
  public final long bytes() {
    return parts.bytes();
  }

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public final int rows() {
    return parts.rows();
  }

  @Override
  public final long presence(int word) {
    return presence == null ? -1 : presence.get(LittleEndian.LONG, (long) word * Long.BYTES);
  }
}
