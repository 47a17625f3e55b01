package io.quiver.planner.physical;

import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchRequest;
import java.util.Optional;

/** A node that searches, for EXPLAIN. */
public interface Searching {
  /** A request, and what the engine expects of it. */
  record Forecast(SearchRequest request, SearchForecast forecast) {}

  /** What would happen now; empty where nothing would be searched, as for a null query. */
  Optional<Forecast> forecast(Execution execution);
}
