package io.quiver.planner.expression;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidJsonException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.List;

/**
 * Whether a path that may lead to many values leads to any, such as {@code $.pets[?(@.age > 5)]}.
 * Calcite's own answer is that an empty list of them exists.
 */
final class JsonPathSearch {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .options(Option.SUPPRESS_EXCEPTIONS, Option.ALWAYS_RETURN_LIST)
          .build();

  private final JsonPath path;

  JsonPathSearch(String text) {
    String plain = text.strip();
    if (plain.startsWith("lax ")) {
      plain = plain.substring(4);
    } else if (plain.startsWith("strict ")) {
      plain = plain.substring(7);
    }
    try {
      path = JsonPath.compile(plain.strip());
    } catch (InvalidPathException | IllegalArgumentException unreadable) {
      throw SqlProblem.of(
              ErrorCode.JSON_PATH_INVALID,
              "the JSON path '" + text + "' cannot be read: " + unreadable.getMessage(),
              "write a path such as '$.pets[?(@.age > 5)].name'.")
          .asException();
    }
  }

  /** Whether the path leads to a value; false where the text is not JSON. */
  boolean exists(String json) {
    try {
      List<?> found = JsonPath.using(CONFIGURATION).parse(json).read(path);
      return found != null && !found.isEmpty();
    } catch (InvalidJsonException | IllegalArgumentException notJson) {
      // SQL's FALSE ON ERROR.
      return false;
    }
  }
}
