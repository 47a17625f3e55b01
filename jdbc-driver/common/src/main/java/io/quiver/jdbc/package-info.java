/**
 * The door of the JDBC driver: its class, its URL and the values it speaks in.
 *
 * <p>Nothing here knows Avatica. {@link io.quiver.jdbc.QuiverDriver} reads the URL and hands it to
 * the half of the driver that can open it, found through {@link io.quiver.jdbc.ConnectionOpener}.
 */
@NullMarked
package io.quiver.jdbc;

import org.jspecify.annotations.NullMarked;
