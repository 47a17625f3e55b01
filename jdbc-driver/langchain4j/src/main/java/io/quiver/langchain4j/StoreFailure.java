package io.quiver.langchain4j;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import java.sql.SQLException;

/** What went wrong in the database, as the exception LangChain4j has for it. */
final class StoreFailure {
  private StoreFailure() {}

  static LangChain4jException of(String table, SQLException failure) {
    String message = "Embedding store \"" + table + "\": " + failure.getMessage();
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    if (state.equals("57014")) {
      return new TimeoutException(message, failure);
    }
    String kind = state.length() < 2 ? "" : state.substring(0, 2);
    return switch (kind) {
      // The server is gone, a conflict, or too much at once: the same call may succeed later.
      case "08", "40", "53" -> new RetriableException(message, failure);
      case "21", "22", "23", "42" -> new InvalidRequestException(message, failure);
      default -> new LangChain4jException(message, failure);
    };
  }
}
