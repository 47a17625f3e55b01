package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Gathers distinct byte strings and sorts them.
 *
 * <p>A string's number is its place of first arrival; {@link #sort} tells which code each number
 * gets. Strings are found again by an open-addressing table of numbers.
 */
final class DictionaryBuilder {
  private final ByteHeap heap;
  private long[] addresses = new long[64];
  private int[] lengths = new int[64];
  private int[] hashes = new int[64];
  private int[] table = new int[256];
  private int[] order = new int[0];
  private int size;
  private long totalBytes;

  /** Copies of the strings live as long as the arena. */
  DictionaryBuilder(Arena arena) {
    this.heap = new ByteHeap(arena);
    Arrays.fill(table, -1);
  }

  /** Number of a string, a new one if it was not seen before. */
  int add(MemorySegment source, long offset, int length) {
    int hash = hash(source, offset, length);
    int slot = hash & (table.length - 1);
    while (table[slot] >= 0) {
      int number = table[slot];
      if (hashes[number] == hash && matches(number, source, offset, length)) {
        return number;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = size;
    return append(hash, source, offset, length);
  }

  private static int hash(MemorySegment source, long offset, int length) {
    long hash = length * 0x9E3779B97F4A7C15L;
    int i = 0;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      hash = mix(hash ^ source.get(LittleEndian.LONG, offset + i));
    }
    for (; i < length; i++) {
      hash = mix(hash ^ source.get(LittleEndian.BYTE, offset + i));
    }
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long product = value * 0xBF58476D1CE4E5B9L;
    return product ^ product >>> 29;
  }

  private boolean matches(int number, MemorySegment source, long offset, int length) {
    long start = ByteHeap.offset(addresses[number]);
    return lengths[number] == length
        && MemorySegment.mismatch(
                heap.segment(addresses[number]),
                start,
                start + length,
                source,
                offset,
                offset + length)
            < 0;
  }

  private int append(int hash, MemorySegment source, long offset, int length) {
    if (size == addresses.length) {
      int room = size * 2;
      addresses = Arrays.copyOf(addresses, room);
      lengths = Arrays.copyOf(lengths, room);
      hashes = Arrays.copyOf(hashes, room);
    }
    long address = heap.allocate(length);
    MemorySegment.copy(source, offset, heap.segment(address), ByteHeap.offset(address), length);
    addresses[size] = address;
    lengths[size] = length;
    hashes[size] = hash;
    totalBytes += length;
    if (++size * 2 > table.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    int[] larger = new int[table.length * 2];
    Arrays.fill(larger, -1);
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & (larger.length - 1);
      while (larger[slot] >= 0) {
        slot = (slot + 1) & (larger.length - 1);
      }
      larger[slot] = number;
    }
    table = larger;
  }

  int size() {
    return size;
  }

  /** Bytes of all distinct strings together. */
  long totalBytes() {
    return totalBytes;
  }

  /** Puts the strings in order; gives the code of each number. */
  int[] sort() {
    order = new int[size];
    Arrays.setAll(order, i -> i);
    IndexSort.sort(order, this::compare);
    int[] codes = new int[size];
    for (int code = 0; code < size; code++) {
      codes[order[code]] = code;
    }
    return codes;
  }

  private int compare(int a, int b) {
    return ByteOrder.compare(
        heap.segment(addresses[a]),
        ByteHeap.offset(addresses[a]),
        lengths[a],
        heap.segment(addresses[b]),
        ByteHeap.offset(addresses[b]),
        lengths[b]);
  }

  /** Writes the strings in their order. */
  void write(PartsWriter writer) throws IOException {
    Offsets.write(writer, SealedColumn.DICTIONARY_OFFSETS, size, i -> lengths[order[i]]);
    writer.part(SealedColumn.DICTIONARY_BYTES);
    for (int number : order) {
      long address = addresses[number];
      writer.put(heap.segment(address), ByteHeap.offset(address), lengths[number]);
    }
  }
}
