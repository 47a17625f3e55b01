/**
 * Apache Parquet for COPY and import: read with Hardwood, written with the format's reference
 * library, neither with Hadoop. Start reading at {@link io.quiver.parquet.ParquetLibraries}.
 */
@NullMarked
package io.quiver.parquet;

import org.jspecify.annotations.NullMarked;
