package io.quiver.benchmarks.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.data.VectorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of peers that later runs over the same set use again, since filling them with millions of
 * rows takes longer than all that is measured. What filling took is kept beside each, and told with
 * the day it was measured on. Ours are always filled anew: they are what changed.
 */
record KeptIndexes(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What filling took.
   *
   * @param wall seconds
   * @param cpu seconds of processor time
   * @param day it was done on, as ISO 8601
   */
  record Filling(double wall, double cpu, String day) {}

  /** Those of a set; null where none are to be kept, and for a part of the settings' set. */
  static @Nullable KeptIndexes of(Settings settings, VectorSet filled) {
    if (settings.kept().isEmpty() || filled.rows().count() != settings.rows()) {
      return null;
    }
    String set = settings.set().replace("-no-flags", "") + "-seed-" + settings.seed();
    return new KeptIndexes(Path.of(settings.kept(), set));
  }

  /** Where a peer's index is or will be. */
  Path index(String peer) {
    return folder.resolve(peer.replace(' ', '-'));
  }

  /** Null if there is no index of it, or one whose filling was broken off. */
  @Nullable Filling filling(String peer) throws IOException {
    Path told = told(peer);
    return Files.exists(told) ? JSON.readValue(told.toFile(), Filling.class) : null;
  }

  /** Says that a peer's index is whole. */
  void filled(String peer, Filling filling) throws IOException {
    JSON.writeValue(told(peer).toFile(), filling);
  }

  private Path told(String peer) {
    return folder.resolve(peer.replace(' ', '-') + ".json");
  }
}
