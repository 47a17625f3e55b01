package io.quiver.planner.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON path of names and positions only, such as {@code $.author.names[0]}: read straight off the
 * text, without a tree, up to where the value stands.
 */
final class JsonSteps {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Pattern STEP =
      Pattern.compile("\\.([\\p{L}_$][\\p{L}\\p{N}_$]*)|\\.\"([^\"\\\\]*)\"|\\[(\\d{1,9})]");

  private sealed interface Step {
    record Member(String name) implements Step {}

    record Element(int index) implements Step {}
  }

  private final List<Step> steps;

  private JsonSteps(List<Step> steps) {
    this.steps = steps;
  }

  /** The path, if it is of this plain kind. */
  static Optional<JsonSteps> of(String path) {
    String text = path.strip();
    if (text.startsWith("lax ")) {
      text = text.substring(4).strip();
    }
    if (!text.startsWith("$")) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        return Optional.empty();
      }
      if (matcher.group(3) != null) {
        steps.add(new Step.Element(Integer.parseInt(matcher.group(3))));
      } else {
        steps.add(new Step.Member(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
      }
      at = matcher.end();
    }
    return Optional.of(new JsonSteps(steps));
  }

  /**
   * The scalar at the end of the path: String, Boolean, Long, BigInteger or BigDecimal; null where
   * there is none, or null, or an object or array, or the text is not JSON.
   */
  @Nullable Object scalar(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      if (!descend(parser)) {
        return null;
      }
      return switch (parser.currentToken()) {
        case VALUE_STRING -> parser.getText();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NUMBER_INT -> parser.getNumberValue();
        case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
        default -> null;
      };
    } catch (IOException notJson) {
      // SQL's NULL ON ERROR.
      return null;
    }
  }

  /** Whether anything stands at the end of the path; false where the text is not JSON. */
  boolean exists(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      return descend(parser);
    } catch (IOException notJson) {
      // SQL's FALSE ON ERROR.
      return false;
    }
  }

  private boolean descend(JsonParser parser) throws IOException {
    for (Step step : steps) {
      boolean found =
          switch (step) {
            case Step.Member member -> toMember(parser, member.name());
            case Step.Element element -> toElement(parser, element.index());
          };
      if (!found) {
        return false;
      }
    }
    return parser.currentToken() != null;
  }

  private static boolean toMember(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = parser.currentName().equals(name);
      parser.nextToken();
      if (wanted) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  /** Lax mode: a value that is no array is an array of itself. */
  private static boolean toElement(JsonParser parser, int index) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return index == 0 && parser.currentToken() != null;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i == index) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
