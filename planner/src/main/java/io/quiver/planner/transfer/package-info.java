/**
 * Files of rows, read as a stream: JSON lines, CSV, fvecs, npy and Parquet.
 *
 * <p>Shared by the command {@code quiver import} and the statement {@code COPY}. A reader gives
 * rows of named values and goes on after a bad one, so that its caller decides how many to bear.
 * Start reading at {@link io.quiver.planner.transfer.FileFormat}.
 */
@NullMarked
package io.quiver.planner.transfer;

import org.jspecify.annotations.NullMarked;
