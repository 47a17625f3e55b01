/**
 * From the text of a statement to its rows: the pipeline, its cache, and what runs.
 *
 * <p>The JDBC driver uses this package and no other of the module. Start reading at {@link
 * io.quiver.planner.StatementRunner}.
 */
@NullMarked
package io.quiver.planner;

import org.jspecify.annotations.NullMarked;
