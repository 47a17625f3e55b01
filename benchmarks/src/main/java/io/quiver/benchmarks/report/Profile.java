package io.quiver.benchmarks.report;

import io.quiver.benchmarks.measure.Stretch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Where our own contenders' time goes, out of a suite's flight recording: for each case and effort
 * the methods by their share of the samples. A sample counts for the innermost frame that is ours,
 * so that a kernel is told as a whole and not as the vector operations it was compiled to.
 */
public final class Profile {
  /** Fewer samples tell nothing. */
  private static final int FEWEST = 50;

  private static final int METHODS = 12;
  private static final String OURS = "io.quiver.";
  private static final String OURSELVES = "io.quiver.benchmarks.";

  private record Span(Instant end, String what) {}

  private final NavigableMap<Instant, Span> spans = new TreeMap<>();
  private final Map<String, Map<String, Integer>> samples = new LinkedHashMap<>();

  private Profile() {}

  /** The tables of a recording, in Markdown. */
  public static String of(Path recording) throws IOException {
    Profile profile = new Profile();
    List<RecordedEvent> taken = new ArrayList<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        switch (event.getEventType().getName()) {
          case Stretch.NAME -> profile.span(event);
          case "jdk.CPUTimeSample" -> taken.add(event);
          default -> {
            // Of other things that the recorder notes.
          }
        }
      }
    }
    taken.forEach(profile::count);
    return profile.text();
  }

  private void span(RecordedEvent event) {
    String contender = event.getString("contender");
    if (contender.startsWith("Quiver")) {
      int effort = event.getInt("effort");
      String what = contender + ", " + event.getString("cell");
      spans.put(
          event.getStartTime(),
          new Span(event.getEndTime(), effort == 0 ? what : what + ", ef " + effort));
    }
  }

  private void count(RecordedEvent sample) {
    Map.Entry<Instant, Span> before = spans.floorEntry(sample.getStartTime());
    if (before == null || before.getValue().end().isBefore(sample.getStartTime())) {
      return;
    }
    String place = place(sample);
    if (place != null) {
      samples
          .computeIfAbsent(before.getValue().what(), _ -> new TreeMap<>())
          .merge(place, 1, Integer::sum);
    }
  }

  /** Class and method of the innermost frame of ours, null for what is none of it. */
  private static @Nullable String place(RecordedEvent sample) {
    if (sample.getStackTrace() == null) {
      return null;
    }
    for (RecordedFrame frame : sample.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith(OURSELVES)) {
        return "the benchmark";
      }
      if (type.startsWith(OURS)) {
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
      }
    }
    return null;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    samples.forEach(
        (what, places) -> {
          int all = sum(places.values());
          if (all >= FEWEST) {
            text.append("\n### ").append(what).append(" (").append(all).append(" samples)\n\n");
            text.append("| method | share |\n|---|--:|\n");
            places.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(METHODS)
                .forEach(
                    place ->
                        text.append(
                            String.format(
                                Locale.ROOT,
                                "| %s | %.1f %% |%n",
                                place.getKey(),
                                100.0 * place.getValue() / all)));
          }
        });
    return text.toString();
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
