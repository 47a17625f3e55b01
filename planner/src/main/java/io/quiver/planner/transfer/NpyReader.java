package io.quiver.planner.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A two-dimensional array in NumPy's file format, versions 1 to 3 (numpy.lib.format): one vector a
 * row.
 */
final class NpyReader extends VectorFileReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  private final Element element;
  private final long count;
  private final int dimension;

  /** Element types that read as float32. */
  private enum Element {
    HALF("<f2", 2),
    FLOAT("<f4", 4),
    DOUBLE("<f8", 8),
    BYTE("|i1", 1),
    UNSIGNED_BYTE("|u1", 1),
    SHORT("<i2", 2),
    INT("<i4", 4),
    LONG("<i8", 8);

    private final String code;
    private final int size;

    Element(String code, int size) {
      this.code = code;
      this.size = size;
    }

    float read(ByteBuffer bytes) {
      return switch (this) {
        case HALF -> Float.float16ToFloat(bytes.getShort());
        case FLOAT -> bytes.getFloat();
        case DOUBLE -> (float) bytes.getDouble();
        case BYTE -> bytes.get();
        case UNSIGNED_BYTE -> bytes.get() & 0xff;
        case SHORT -> bytes.getShort();
        case INT -> bytes.getInt();
        case LONG -> bytes.getLong();
      };
    }
  }

  NpyReader(CountedInput input, ReadOptions options) throws IOException {
    super(input, options, "row");
    String header = header();
    element = elementOf(part(TYPE, header));
    if (part(ORDER, header).equals("True")) {
      throw new IOException(
          "the array is in Fortran order; save it as numpy.save(file, numpy.ascontiguousarray(a))");
    }
    String written = part(SHAPE, header);
    String[] shape = written.split("\\s*,\\s*");
    if (shape.length != 2) {
      throw new IOException(
          "the array has shape (%s); rows of vectors have two dimensions".formatted(written));
    }
    count = Long.parseLong(shape[0].strip());
    dimension = Integer.parseInt(shape[1].strip());
  }

  @Override
  public @Nullable SourceRow next() throws IOException {
    if (rows() == count) {
      return null;
    }
    ByteBuffer bytes = read(dimension * element.size);
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = element.read(bytes);
    }
    return row(vector);
  }

  private String header() throws IOException {
    ByteBuffer start = read(MAGIC.length + 2);
    for (byte expected : MAGIC) {
      if (start.get() != expected) {
        throw new IOException("this is not a file of numpy.save");
      }
    }
    int version = start.get();
    int length =
        version == 1 ? read(Short.BYTES).getShort() & 0xffff : read(Integer.BYTES).getInt();
    if (version < 1 || version > 3 || length < 0 || length > 1 << 20) {
      throw new IOException(
          "format version %d with a header of %d bytes is not known".formatted(version, length));
    }
    return StandardCharsets.UTF_8.decode(read(length)).toString();
  }

  private static Element elementOf(String code) throws IOException {
    for (Element element : Element.values()) {
      if (element.code.equals(code)) {
        return element;
      }
    }
    throw new IOException(
        "elements of type %s cannot be read as vectors; save a.astype('<f4')".formatted(code));
  }

  private static String part(Pattern pattern, String header) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("the header of the array is not understood: " + header.strip());
    }
    return matcher.group(1);
  }
}
