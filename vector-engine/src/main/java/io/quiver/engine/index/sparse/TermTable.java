package io.quiver.engine.index.sparse;

import java.util.Arrays;

/**
 * Counts what each term of a segment needs, for the builder: open addressing from terms to numbers
 * in order of first sight, with one array for each thing counted.
 */
final class TermTable {
  private int[] slots = new int[1 << 12];
  int[] terms = new int[1 << 11];
  int[] documents = new int[1 << 11];
  int[] entries = new int[1 << 11];
  int[] blockGroups = new int[1 << 11];
  double[] maxImpact = new double[1 << 11];
  private int[] window = new int[1 << 11];
  private int[] inWindow = new int[1 << 11];
  private int size;

  /** How many distinct terms were counted. */
  int size() {
    return size;
  }

  /** Counts one posting; rows come in ascending order. */
  void count(int term, int row, double impact) {
    int number = numberOf(term);
    int inside = row >>> InvertedLayout.WINDOW_SHIFT;
    if (documents[number]++ == 0 || window[number] != inside) {
      window[number] = inside;
      inWindow[number] = 0;
      entries[number]++;
    }
    if (++inWindow[number] == InvertedLayout.BLOCKED_COUNT) {
      blockGroups[number]++;
    }
    maxImpact[number] = Math.max(maxImpact[number], impact);
  }

  /** The number of a term already counted. */
  int find(int term) {
    return slots[slotOf(term)] - 1;
  }

  private int numberOf(int term) {
    int slot = slotOf(term);
    if (slots[slot] == 0) {
      if (2 * (size + 1) > slots.length) {
        grow();
        slot = slotOf(term);
      }
      terms[size] = term;
      slots[slot] = ++size;
    }
    return slots[slot] - 1;
  }

  private int slotOf(int term) {
    int mask = slots.length - 1;
    int slot = (term * 0x9e3779b9) >>> 7 & mask;
    while (slots[slot] != 0 && terms[slots[slot] - 1] != term) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int room = slots.length;
    terms = Arrays.copyOf(terms, room);
    documents = Arrays.copyOf(documents, room);
    entries = Arrays.copyOf(entries, room);
    blockGroups = Arrays.copyOf(blockGroups, room);
    maxImpact = Arrays.copyOf(maxImpact, room);
    window = Arrays.copyOf(window, room);
    inWindow = Arrays.copyOf(inWindow, room);
    slots = new int[2 * room];
    for (int number = 0; number < size; number++) {
      slots[slotOf(terms[number])] = number + 1;
    }
  }
}
