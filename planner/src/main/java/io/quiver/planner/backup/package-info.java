/** BACKUP: a verified copy of the database while it is written to. */
@NullMarked
package io.quiver.planner.backup;

import org.jspecify.annotations.NullMarked;
