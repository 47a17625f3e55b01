package io.quiver.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums in double precision, 16 numbers at a time in four registers of 256 bits. */
final class SimdDoubleSums implements DoubleSums {
  static final SimdDoubleSums INSTANCE = new SimdDoubleSums();

  /** Whether the machine has such registers: emulated ones are a hundred times slower. */
  static final boolean FITS =
      VectorShape.preferredShape().vectorBitSize() >= DoubleVector.SPECIES_256.vectorBitSize();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_128;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_256;
  private static final int LANES = 16;

  private SimdDoubleSums() {}

  @Override
  public double dot(float[] a, float[] b) {
    DoubleVector s0 = DoubleVector.zero(D);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    Vector<Double> left;
    Vector<Double> right;
    for (int i = 0; i + LANES <= a.length; i += LANES) {
      left = FloatVector.fromArray(F, a, i).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i).convertShape(VectorOperators.F2D, D, 0);
      s0 = ((DoubleVector) left).fma((DoubleVector) right, s0);
      left = FloatVector.fromArray(F, a, i + 4).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i + 4).convertShape(VectorOperators.F2D, D, 0);
      s1 = ((DoubleVector) left).fma((DoubleVector) right, s1);
      left = FloatVector.fromArray(F, a, i + 8).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i + 8).convertShape(VectorOperators.F2D, D, 0);
      s2 = ((DoubleVector) left).fma((DoubleVector) right, s2);
      left = FloatVector.fromArray(F, a, i + 12).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i + 12).convertShape(VectorOperators.F2D, D, 0);
      s3 = ((DoubleVector) left).fma((DoubleVector) right, s3);
    }
    return sum(s0.add(s2).add(s1.add(s3))) + ScalarDoubleSums.rest(a, b);
  }

  /** Not reduced by the Vector API, which promises no order. */
  private static double sum(DoubleVector all) {
    return (all.lane(0) + all.lane(2)) + (all.lane(1) + all.lane(3));
  }
}
