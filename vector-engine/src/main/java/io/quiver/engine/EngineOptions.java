package io.quiver.engine;

import io.quiver.engine.write.ColumnDeriver;

/**
 * What an engine is opened with.
 *
 * @param deriver computes derived columns
 * @param sealRows rows a memtable holds before it is sealed to a segment, at least 1
 * @param indexRows rows a segment needs before it gets a graph; smaller ones are scanned
 * @param neighbourRows rows a segment needs before near vectors are put side by side in it
 * @param threads for building and merging in the background, at least 1
 * @param seed of everything random, so that a run can be repeated
 */
public record EngineOptions(
    ColumnDeriver deriver, int sealRows, int indexRows, int neighbourRows, int threads, long seed) {
  /** The defaults, with derived columns computed by {@code deriver}. */
  public static EngineOptions withDeriver(ColumnDeriver deriver) {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    return new EngineOptions(deriver, 100_000, 2_000, 100_000, threads, 42);
  }
}
