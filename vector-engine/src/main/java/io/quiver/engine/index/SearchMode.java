package io.quiver.engine.index;

import java.util.Locale;

/** How a segment was searched. */
public enum SearchMode {
  /** Every qualifying row was ranked. */
  SCAN,
  /** The graph was walked, every row qualified. */
  GRAPH,
  /** The graph was walked through all rows; qualifying ones were collected. */
  SWEEP,
  /** A graph over the rows of one tenant was walked. */
  TENANT_GRAPH,
  /** A walk was given up for a scan, because it cost too much or found too little. */
  GRAPH_THEN_SCAN;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** As EXPLAIN prints it. */
  public String label() {
    return label;
  }
}
