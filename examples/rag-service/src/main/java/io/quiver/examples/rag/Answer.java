package io.quiver.examples.rag;

import java.util.List;

/**
 * An answer in words.
 *
 * @param sources the passages it stands on, by their place in what was found, from 1
 */
record Answer(String text, List<Integer> sources) {}
