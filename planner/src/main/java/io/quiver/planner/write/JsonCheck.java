package io.quiver.planner.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.quiver.sql.problem.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether a text is one JSON value; read once, without a tree. */
final class JsonCheck {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private JsonCheck() {}

  /**
   * @param row for messages
   */
  static void check(String text, SourceRow row, String column, int ordinal) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw problem(row, column, ordinal, "is empty, which is not JSON");
      }
      if (first.isStructStart()) {
        parser.skipChildren();
        if (parser.currentToken() == null || !parser.currentToken().isStructEnd()) {
          throw problem(row, column, ordinal, "ends in the middle of a JSON value");
        }
      }
      if (parser.nextToken() != null) {
        throw problem(
            row,
            column,
            ordinal,
            "goes on after its JSON value, at character "
                + (parser.currentTokenLocation().getCharOffset() + 1));
      }
    } catch (JsonProcessingException notJson) {
      long offset = notJson.getLocation() == null ? -1 : notJson.getLocation().getCharOffset();
      throw problem(
          row,
          column,
          ordinal,
          offset < 0 || offset >= text.length()
              ? "ends in the middle of a JSON value"
              : "is not JSON at character " + (offset + 1));
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot be read", e);
    }
  }

  private static RuntimeException problem(SourceRow row, String column, int ordinal, String what) {
    return row.refused(
        ErrorCode.JSON_INVALID,
        row.label(column) + what,
        "write an object, an array, a string in double quotes, a number, true, false or null.",
        ordinal);
  }
}
