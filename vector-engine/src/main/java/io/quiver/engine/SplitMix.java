package io.quiver.engine;

/** Mixes a number so that near ones come out far apart (SplitMix64, Steele and others, 2014). */
final class SplitMix {
  private SplitMix() {}

  static long next(long seed) {
    long mixed = seed + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
