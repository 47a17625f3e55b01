package io.quiver.planner.setting;

import io.quiver.planner.Session;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Everything a session may set. */
public enum Setting {
  EF_SEARCH(
      "ef_search",
      "100",
      new Range.Whole(1, 100_000),
      "Candidates kept during a graph search; more find more and take longer."),
  TARGET_RECALL(
      "target_recall",
      "0",
      new Range.Share(),
      "Share of the nearest that searches should find, from which ef_search is learnt; 0 for"
          + " none."),
  EXACT(
      "exact",
      "false",
      new Range.Truth(),
      "Whether vector searches compare every qualifying row instead of using an index."),
  STATEMENT_TIMEOUT(
      "statement_timeout",
      "0",
      new Range.Whole(0, Integer.MAX_VALUE),
      "Milliseconds a statement may run; 0 for no limit."),
  APPLICATION_NAME(
      "application_name",
      "",
      new Range.Text(256),
      "What the client calls itself; for people only."),
  TIMEZONE("timezone", "UTC", new Range.Zone(), "Zone in which times without one are read.");

  private final String plainName;
  private final String defaultValue;
  private final Range range;
  private final String sentence;

  Setting(String plainName, String defaultValue, Range range, String sentence) {
    this.plainName = plainName;
    this.defaultValue = defaultValue;
    this.range = range;
    this.sentence = sentence;
  }

  /** As users write it, without a prefix. */
  public String plainName() {
    return plainName;
  }

  public String defaultValue() {
    return defaultValue;
  }

  /** Which values it takes. */
  public Range range() {
    return range;
  }

  /** What it does, in a sentence. */
  public String sentence() {
    return sentence;
  }

  /** The value in force in a session. */
  public String value(Session session) {
    return session.setting(plainName).orElse(defaultValue);
  }

  /**
   * The setting of this name; {@code quiver.}, {@code hnsw.} or any other prefix is ignored, since
   * clients written for pgvector say {@code hnsw.ef_search}.
   */
  public static Optional<Setting> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.substring(lower.lastIndexOf('.') + 1);
    return Arrays.stream(values()).filter(each -> each.plainName.equals(plain)).findFirst();
  }

  /** All plain names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Setting::plainName).toList();
  }
}
