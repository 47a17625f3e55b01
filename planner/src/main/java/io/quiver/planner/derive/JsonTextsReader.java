package io.quiver.planner.derive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scalars of a JSON array as strings: {@code $.tags}, {@code $.tags[*]}, or one out of each
 * object of an array, {@code $.authors[*].name}. Nulls, objects and arrays within are left out.
 */
final class JsonTextsReader {
  /** Jackson refuses what is nested deeper than a thousand, so no text exhausts the stack. */
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([\\p{L}_$][\\p{L}\\p{N}_$]*)|\\.\"([^\"\\\\]*)\"|\\[(\\d{1,9})]|\\[(\\*)]");

  private sealed interface Step {
    record Member(String name) implements Step {}

    record Element(int index) implements Step {}

    record Every() implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();

  /** A reader; {@link IllegalArgumentException} if the path is not of this kind. */
  JsonTextsReader(String path) {
    String text = path.strip();
    if (text.startsWith("lax ")) {
      text = text.substring(4).strip();
    }
    Matcher matcher = STEP.matcher(text);
    int at = 1;
    while (text.startsWith("$") && matcher.region(at, text.length()).lookingAt()) {
      if (matcher.group(3) != null) {
        steps.add(new Step.Element(Integer.parseInt(matcher.group(3))));
      } else if (matcher.group(4) != null) {
        steps.add(new Step.Every());
      } else {
        steps.add(new Step.Member(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
      }
      at = matcher.end();
    }
    if (at != text.length()) {
      throw new IllegalArgumentException("Invalid JSON path to an array: " + path);
    }
  }

  /** The strings; null where the path leads to no array, or the text is not JSON. */
  String @Nullable [] read(String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException notJson) {
      // SQL's NULL ON ERROR.
      return null;
    }
    List<JsonNode> found = List.of(root);
    boolean several = false;
    for (Step step : steps) {
      several |= step instanceof Step.Every;
      found = found.stream().flatMap(node -> follow(step, node).stream()).toList();
    }
    if (!several) {
      if (found.isEmpty() || !found.getFirst().isArray()) {
        return null;
      }
      found = follow(new Step.Every(), found.getFirst());
    }
    return found.stream()
        .filter(node -> node.isValueNode() && !node.isNull())
        .map(JsonNode::asText)
        .toArray(String[]::new);
  }

  private static List<JsonNode> follow(Step step, JsonNode node) {
    return switch (step) {
      case Step.Member(String name) -> {
        JsonNode member = node.get(name);
        yield member == null ? List.of() : List.of(member);
      }
      case Step.Element(int index) -> {
        if (!node.isArray()) {
          yield index == 0 ? List.of(node) : List.of();
        }
        JsonNode element = node.get(index);
        yield element == null ? List.of() : List.of(element);
      }
      case Step.Every() -> {
        if (!node.isArray()) {
          yield List.of(node);
        }
        List<JsonNode> elements = new ArrayList<>();
        node.forEach(elements::add);
        yield elements;
      }
    };
  }
}
