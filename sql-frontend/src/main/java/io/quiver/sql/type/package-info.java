/**
 * The types SQL gains: VECTOR, SPARSEVEC, MULTIVECTOR and JSON, as Calcite types that keep their
 * dimension, and the texts that stand for their values.
 *
 * <p>Start reading at {@link io.quiver.sql.type.QuiverTypeFactory}; {@link
 * io.quiver.sql.type.VectorValues} reads a value given in any form.
 */
@NullMarked
package io.quiver.sql.type;

import org.jspecify.annotations.NullMarked;
