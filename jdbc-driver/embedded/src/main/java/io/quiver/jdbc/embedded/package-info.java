/**
 * The database in this process: {@link io.quiver.jdbc.embedded.QuiverDatabase} puts engine, catalog
 * and planner together, and {@link io.quiver.jdbc.embedded.EmbeddedOpener} opens connections to it.
 */
@NullMarked
package io.quiver.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
