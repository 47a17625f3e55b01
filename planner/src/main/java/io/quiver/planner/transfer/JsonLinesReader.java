package io.quiver.planner.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON lines: one object a line; empty lines are passed over. */
final class JsonLinesReader implements RowReader {
  /** A double gives back every decimal of up to this many digits as it was. */
  private static final int EXACT_DIGITS = 15;

  private final CountedInput input;
  private final LineReader lines;
  private final ReadOptions options;
  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  JsonLinesReader(CountedInput input, ReadOptions options) {
    this.input = input;
    this.options = options;
    lines = new LineReader(input.content());
  }

  @Override
  public @Nullable SourceRow next() throws IOException, BadRowException {
    while (lines.next()) {
      if (!isBlank()) {
        return new SourceRow(lines.number(), parse());
      }
    }
    return null;
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private boolean isBlank() {
    for (int i = 0; i < lines.length(); i++) {
      if (lines.bytes()[lines.offset() + i] > ' ' || lines.bytes()[lines.offset() + i] < 0) {
        return false;
      }
    }
    return true;
  }

  private Map<String, @Nullable Object> parse() throws IOException, BadRowException {
    try (JsonParser parser = json.createParser(lines.bytes(), lines.offset(), lines.length())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRowException(lines.number(), "a line must be one JSON object");
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        values.put(
            field, options.jsonFields().contains(field) ? textOfValue(parser) : value(parser));
      }
      if (parser.nextToken() != null) {
        throw new BadRowException(lines.number(), "there is more after the JSON object");
      }
      return values;
    } catch (JsonParseException malformed) {
      throw new BadRowException(
          lines.number(),
          "not JSON at column "
              + malformed.getLocation().getColumnNr()
              + ": "
              + malformed.getOriginalMessage());
    }
  }

  private @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> wholeNumber(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case START_ARRAY -> array(parser);
      case START_OBJECT -> textOfValue(parser);
      case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("no value at " + parser.currentToken());
    };
  }

  private static Object wholeNumber(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new BigDecimal(parser.getBigIntegerValue());
    };
  }

  private static Object fraction(JsonParser parser) throws IOException {
    BigDecimal exact = parser.getDecimalValue();
    double value = exact.doubleValue();
    boolean isExact = exact.precision() <= EXACT_DIGITS && Double.isFinite(value);
    return isExact ? (Object) value : exact;
  }

  /** Numbers, rows of numbers, or strings; the JSON text of any other array. */
  // The parser keeps one context object for each level it is in.
  @SuppressWarnings("ReferenceEquality")
  private Object array(JsonParser parser) throws IOException {
    int from = startOfToken(parser);
    JsonStreamContext around = parser.getParsingContext().getParent();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.END_ARRAY) {
      return List.of();
    }
    if (first.isNumeric()) {
      float @Nullable [] numbers = numbers(parser);
      if (numbers != null) {
        return numbers;
      }
    } else if (first == JsonToken.START_ARRAY) {
      List<float[]> rows = new ArrayList<>();
      float @Nullable [] row = new float[0];
      while (parser.currentToken() == JsonToken.START_ARRAY) {
        row = parser.nextToken().isNumeric() ? numbers(parser) : null;
        if (row == null) {
          break;
        }
        rows.add(row);
        parser.nextToken();
      }
      if (row != null && parser.currentToken() == JsonToken.END_ARRAY) {
        return rows.toArray(float[][]::new);
      }
    } else if (first == JsonToken.VALUE_STRING) {
      List<String> strings = new ArrayList<>();
      while (parser.currentToken() == JsonToken.VALUE_STRING) {
        strings.add(parser.getText());
        parser.nextToken();
      }
      if (parser.currentToken() == JsonToken.END_ARRAY) {
        return strings;
      }
    }
    while (parser.getParsingContext() != around) {
      parser.nextToken();
    }
    return text(from, parser);
  }

  /** The numbers up to the end of the array, or null, somewhere inside it, if it has others. */
  private static float @Nullable [] numbers(JsonParser parser) throws IOException {
    float[] numbers = new float[64];
    int count = 0;
    while (parser.currentToken().isNumeric()) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, count * 2);
      }
      numbers[count++] = parser.getFloatValue();
      parser.nextToken();
    }
    return parser.currentToken() == JsonToken.END_ARRAY ? Arrays.copyOf(numbers, count) : null;
  }

  private @Nullable Object textOfValue(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    int from = startOfToken(parser);
    parser.skipChildren();
    return text(from, parser);
  }

  private String text(int from, JsonParser parser) throws IOException {
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(lines.bytes(), lines.offset() + from, to - from, StandardCharsets.UTF_8);
  }

  private static int startOfToken(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }
}
