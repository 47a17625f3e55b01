package io.quiver.planner.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether a text is one JSON value; read once, without a tree. */
final class JsonCheck {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private JsonCheck() {}

  /**
   * @param row of the statement, from 0, for messages
   */
  static void check(String text, int row, String column) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw problem(row, column, "is empty, which is not JSON");
      }
      if (first.isStructStart()) {
        parser.skipChildren();
        if (parser.currentToken() == null || !parser.currentToken().isStructEnd()) {
          throw problem(row, column, "ends in the middle of a JSON value");
        }
      }
      if (parser.nextToken() != null) {
        throw problem(
            row,
            column,
            "goes on after its JSON value, at character "
                + (parser.currentTokenLocation().getCharOffset() + 1));
      }
    } catch (JsonProcessingException notJson) {
      long offset = notJson.getLocation() == null ? -1 : notJson.getLocation().getCharOffset();
      throw problem(
          row,
          column,
          offset < 0 || offset >= text.length()
              ? "ends in the middle of a JSON value"
              : "is not JSON at character " + (offset + 1));
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot be read", e);
    }
  }

  private static RuntimeException problem(int row, String column, String what) {
    return SqlProblem.of(
            ErrorCode.JSON_INVALID,
            "row " + (row + 1) + ", column \"" + column + "\" " + what,
            "write an object, an array, a string in double quotes, a number, true, false or null.")
        .asException();
  }
}
