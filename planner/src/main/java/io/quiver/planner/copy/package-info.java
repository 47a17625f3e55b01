/**
 * COPY: rows of a file into a table, and of a query into a file.
 *
 * <p>Files are those of the machine the database runs on, so a session must be allowed to use them;
 * they are read as {@code bin/quiver import} reads them. Start reading at {@link
 * io.quiver.planner.copy.CopyFromStatement}.
 */
@NullMarked
package io.quiver.planner.copy;

import org.jspecify.annotations.NullMarked;
