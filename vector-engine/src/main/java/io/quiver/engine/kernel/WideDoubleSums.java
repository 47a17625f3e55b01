package io.quiver.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Sums in double precision, 16 numbers at a time in two registers of 512 bits. */
final class WideDoubleSums implements DoubleSums {
  static final WideDoubleSums INSTANCE = new WideDoubleSums();

  /** Whether the machine has such registers: emulated ones are a hundred times slower. */
  static final boolean FITS =
      VectorShape.preferredShape().vectorBitSize() >= DoubleVector.SPECIES_512.vectorBitSize();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_256;
  private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
  private static final int LANES = 16;

  private WideDoubleSums() {}

  @Override
  public double dot(float[] a, float[] b) {
    DoubleVector s0 = DoubleVector.zero(D);
    DoubleVector s1 = s0;
    Vector<Double> left;
    Vector<Double> right;
    for (int i = 0; i + LANES <= a.length; i += LANES) {
      left = FloatVector.fromArray(F, a, i).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i).convertShape(VectorOperators.F2D, D, 0);
      s0 = ((DoubleVector) left).fma((DoubleVector) right, s0);
      left = FloatVector.fromArray(F, a, i + 8).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i + 8).convertShape(VectorOperators.F2D, D, 0);
      s1 = ((DoubleVector) left).fma((DoubleVector) right, s1);
    }
    return sum(s0.add(s1)) + ScalarDoubleSums.rest(a, b);
  }

  @Override
  public void dotAndSquare(float[] a, float[] b, double[] into) {
    DoubleVector s0 = DoubleVector.zero(D);
    DoubleVector s1 = s0;
    DoubleVector q0 = s0;
    DoubleVector q1 = s0;
    Vector<Double> left;
    Vector<Double> right;
    for (int i = 0; i + LANES <= a.length; i += LANES) {
      left = FloatVector.fromArray(F, a, i).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i).convertShape(VectorOperators.F2D, D, 0);
      s0 = ((DoubleVector) left).fma((DoubleVector) right, s0);
      q0 = ((DoubleVector) right).fma((DoubleVector) right, q0);
      left = FloatVector.fromArray(F, a, i + 8).convertShape(VectorOperators.F2D, D, 0);
      right = FloatVector.fromArray(F, b, i + 8).convertShape(VectorOperators.F2D, D, 0);
      s1 = ((DoubleVector) left).fma((DoubleVector) right, s1);
      q1 = ((DoubleVector) right).fma((DoubleVector) right, q1);
    }
    into[0] = sum(s0.add(s1)) + ScalarDoubleSums.rest(a, b);
    into[1] = sum(q0.add(q1)) + ScalarDoubleSums.rest(b, b);
  }

  /** In the order in which narrower registers are added. */
  private static double sum(DoubleVector all) {
    double even = (all.lane(0) + all.lane(4)) + (all.lane(2) + all.lane(6));
    double odd = (all.lane(1) + all.lane(5)) + (all.lane(3) + all.lane(7));
    return even + odd;
  }
}
