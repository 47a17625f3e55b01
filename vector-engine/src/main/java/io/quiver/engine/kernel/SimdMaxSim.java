package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two registers of query rows against four tokens at a time: eight sums under way hide the latency
 * of the multiply-add, and each component of a token is loaded once for both registers.
 */
final class SimdMaxSim implements MaxSimKernels {
  static final SimdMaxSim INSTANCE = new SimdMaxSim();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  private SimdMaxSim() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void read(
      MemorySegment rows,
      long offset,
      int count,
      int dimension,
      float[] tokens,
      float[] inverseLengths) {
    int bound = F.loopBound(dimension);
    for (int token = 0; token < count; token++) {
      int at = token * dimension;
      long from = offset + 2L * at;
      FloatVector sums = FloatVector.zero(F);
      int d = 0;
      for (; d < bound; d += LANES) {
        FloatVector components = SimdFloat16.load(rows, from, d);
        components.intoArray(tokens, at + d);
        sums = components.fma(components, sums);
      }
      float sum = sums.reduceLanes(VectorOperators.ADD);
      for (; d < dimension; d++) {
        float component = SimdFloat16.at(rows, from, d);
        tokens[at + d] = component;
        sum += component * component;
      }
      inverseLengths[token] = ScalarMaxSim.inverseRoot(sum);
    }
  }

  @Override
  public void raise(
      float[] query,
      int groups,
      float[] tokens,
      float[] inverseLengths,
      int count,
      int dimension,
      float[] largest) {
    int group = 0;
    for (; group + 2 <= groups; group += 2) {
      raiseTwo(query, group, tokens, inverseLengths, count, dimension, largest);
    }
    if (group < groups) {
      raiseOne(query, group, tokens, inverseLengths, count, dimension, largest);
    }
  }

  private static void raiseTwo(
      float[] query,
      int group,
      float[] tokens,
      float[] inverseLengths,
      int count,
      int dimension,
      float[] largest) {
    int first = group * dimension * LANES;
    int second = first + dimension * LANES;
    FloatVector best0 = FloatVector.fromArray(F, largest, group * LANES);
    FloatVector best1 = FloatVector.fromArray(F, largest, (group + 1) * LANES);
    int token = 0;
    for (; token + 4 <= count; token += 4) {
      int t0 = token * dimension;
      int t1 = t0 + dimension;
      int t2 = t1 + dimension;
      int t3 = t2 + dimension;
      FloatVector a0 = FloatVector.zero(F);
      FloatVector a1 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector c0 = a0;
      FloatVector c1 = a0;
      FloatVector d0 = a0;
      FloatVector d1 = a0;
      for (int d = 0; d < dimension; d++) {
        FloatVector q0 = FloatVector.fromArray(F, query, first + d * LANES);
        FloatVector q1 = FloatVector.fromArray(F, query, second + d * LANES);
        FloatVector x = FloatVector.broadcast(F, tokens[t0 + d]);
        a0 = q0.fma(x, a0);
        a1 = q1.fma(x, a1);
        x = FloatVector.broadcast(F, tokens[t1 + d]);
        b0 = q0.fma(x, b0);
        b1 = q1.fma(x, b1);
        x = FloatVector.broadcast(F, tokens[t2 + d]);
        c0 = q0.fma(x, c0);
        c1 = q1.fma(x, c1);
        x = FloatVector.broadcast(F, tokens[t3 + d]);
        d0 = q0.fma(x, d0);
        d1 = q1.fma(x, d1);
      }
      float ia = inverseLengths[token];
      float ib = inverseLengths[token + 1];
      float ic = inverseLengths[token + 2];
      float id = inverseLengths[token + 3];
      best0 = best0.max(a0.mul(ia).max(b0.mul(ib))).max(c0.mul(ic).max(d0.mul(id)));
      best1 = best1.max(a1.mul(ia).max(b1.mul(ib))).max(c1.mul(ic).max(d1.mul(id)));
    }
    for (; token < count; token++) {
      FloatVector a0 = FloatVector.zero(F);
      FloatVector a1 = a0;
      for (int d = 0; d < dimension; d++) {
        FloatVector x = FloatVector.broadcast(F, tokens[token * dimension + d]);
        a0 = FloatVector.fromArray(F, query, first + d * LANES).fma(x, a0);
        a1 = FloatVector.fromArray(F, query, second + d * LANES).fma(x, a1);
      }
      best0 = best0.max(a0.mul(inverseLengths[token]));
      best1 = best1.max(a1.mul(inverseLengths[token]));
    }
    best0.intoArray(largest, group * LANES);
    best1.intoArray(largest, (group + 1) * LANES);
  }

  private static void raiseOne(
      float[] query,
      int group,
      float[] tokens,
      float[] inverseLengths,
      int count,
      int dimension,
      float[] largest) {
    int first = group * dimension * LANES;
    FloatVector best = FloatVector.fromArray(F, largest, group * LANES);
    int token = 0;
    for (; token + 4 <= count; token += 4) {
      int t0 = token * dimension;
      int t1 = t0 + dimension;
      int t2 = t1 + dimension;
      int t3 = t2 + dimension;
      FloatVector a = FloatVector.zero(F);
      FloatVector b = a;
      FloatVector c = a;
      FloatVector e = a;
      for (int d = 0; d < dimension; d++) {
        FloatVector q = FloatVector.fromArray(F, query, first + d * LANES);
        a = q.fma(FloatVector.broadcast(F, tokens[t0 + d]), a);
        b = q.fma(FloatVector.broadcast(F, tokens[t1 + d]), b);
        c = q.fma(FloatVector.broadcast(F, tokens[t2 + d]), c);
        e = q.fma(FloatVector.broadcast(F, tokens[t3 + d]), e);
      }
      best = best.max(a.mul(inverseLengths[token])).max(b.mul(inverseLengths[token + 1]));
      best = best.max(c.mul(inverseLengths[token + 2])).max(e.mul(inverseLengths[token + 3]));
    }
    for (; token < count; token++) {
      FloatVector a = FloatVector.zero(F);
      for (int d = 0; d < dimension; d++) {
        FloatVector q = FloatVector.fromArray(F, query, first + d * LANES);
        a = q.fma(FloatVector.broadcast(F, tokens[token * dimension + d]), a);
      }
      best = best.max(a.mul(inverseLengths[token]));
    }
    best.intoArray(largest, group * LANES);
  }
}
