package io.quiver.engine;

import io.quiver.engine.segment.Patches;

/**
 * What is visible after a commit: published by one write, read by whoever takes a snapshot.
 *
 * @param position of the last commit
 * @param rows visible of each segment, by ordinal in the layout; not to be changed
 * @param deletions visible of each segment, likewise
 * @param patches visible of each segment, likewise
 */
record EngineState(
    long position, Layout layout, int[] rows, int[] deletions, Patches.Seen[] patches) {}
