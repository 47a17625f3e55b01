/**
 * Avatica's seam: statements, frames and metadata over {@link io.quiver.planner.StatementRunner}.
 *
 * <p>{@link io.quiver.jdbc.meta.QuiverMeta} serves a connection in this process as it serves the
 * many of a server. The lists of {@link java.sql.DatabaseMetaData} are SQL over {@code
 * information_schema}.
 */
@NullMarked
package io.quiver.jdbc.meta;

import org.jspecify.annotations.NullMarked;
