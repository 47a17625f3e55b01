package io.quiver.planner.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SearchStatistics;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.ExecutionProfile;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.Searching;
import io.quiver.planner.physical.StatementNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A plan as people read it.
 *
 * @param line what the node does
 * @param details facts under it: what is expected, what was measured
 */
record PlanTree(String line, Map<String, Object> details, List<PlanTree> inputs) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static PlanTree of(PlanNode node, Execution execution, Optional<ExecutionProfile> profile) {
    if (node instanceof StatementNode whole) {
      PlanTree plan = of(whole.plan(), execution, profile);
      List<PlanTree> inputs = new ArrayList<>(plan.inputs());
      whole.subQueries().forEach(each -> inputs.add(of(each, execution, profile)));
      return new PlanTree(plan.line(), plan.details(), inputs);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    if (node instanceof Searching searching) {
      searching.forecast(execution).ifPresent(forecast -> expected(forecast, details));
    }
    profile.ifPresent(measured -> actual(measured.of(node), details));
    List<PlanTree> inputs = new ArrayList<>();
    for (PlanNode input : node.inputs()) {
      inputs.add(of(input, execution, profile));
    }
    return new PlanTree(node.describe(), details, inputs);
  }

  private static void expected(Searching.Forecast expected, Map<String, Object> details) {
    SearchForecast forecast = expected.forecast();
    details.put("mode", modes(forecast.modes()));
    details.put("approximate", forecast.approximate());
    if (forecast.approximate() && expected.request() instanceof SearchRequest.Dense dense) {
      details.put("ef_search", dense.efSearch());
    }
    details.put("est_selectivity", rounded(forecast.selectivity()));
    details.put(
        "shards",
        new TreeSet<>(forecast.shards())
            .stream().map(String::valueOf).collect(Collectors.joining(",")));
    if (!forecast.reason().isEmpty()) {
      details.put("index_not_used", forecast.reason());
    }
  }

  private static void actual(ExecutionProfile.NodeProfile profile, Map<String, Object> details) {
    details.put("rows", profile.rows());
    details.put("time_ms", rounded(profile.nanos() / 1e6));
    if (profile.opened() > 1) {
      details.put("loops", profile.opened());
    }
    if (!profile.searches().isEmpty()) {
      List<SearchStatistics> searches = profile.searches();
      details.put("visited", searches.stream().mapToLong(SearchStatistics::visited).sum());
      details.put(
          "distance_evals",
          searches.stream().mapToLong(SearchStatistics::distanceEvaluations).sum());
      details.put(
          "filter_checks", searches.stream().mapToLong(SearchStatistics::filterChecks).sum());
      details.put(
          "qualifying", searches.stream().mapToLong(SearchStatistics::qualifying).max().orElse(-1));
      details.put(
          "actual_mode", modes(searches.stream().flatMap(each -> each.modes().stream()).toList()));
    }
  }

  /** {@code graph x 3, scan} for three segments walked and one scanned. */
  private static String modes(List<String> modes) {
    Map<String, Long> counts =
        modes.stream()
            .collect(
                Collectors.groupingBy(mode -> mode, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(each -> each.getValue() == 1 ? each.getKey() : each.getKey() + " x " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }

  /** One line a node, indented, its facts behind it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    write(lines, "");
    return lines;
  }

  private void write(List<String> lines, String indent) {
    lines.add(indent + line);
    if (!details.isEmpty()) {
      lines.add(
          indent
              + "    "
              + details.entrySet().stream()
                  .map(each -> each.getKey() + "=" + each.getValue())
                  .collect(Collectors.joining(", ")));
    }
    for (PlanTree input : inputs) {
      input.write(lines, indent + "  ");
    }
  }

  String json() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree());
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Plain maps and lists did not become JSON", impossible);
    }
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("node", line);
    tree.putAll(details);
    tree.put("inputs", inputs.stream().map(PlanTree::tree).toList());
    return tree;
  }
}
