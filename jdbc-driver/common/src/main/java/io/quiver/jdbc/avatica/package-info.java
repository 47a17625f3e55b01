/**
 * The JDBC objects of both halves of the driver, over Avatica's.
 *
 * <p>Avatica's own lose parameters (streams, typed nulls), refuse vectors, UUIDs and java.time, let
 * RuntimeExceptions out, and say untrue things about the database. These repair that once, for the
 * process and for the network alike. Start reading at {@link io.quiver.jdbc.avatica.QuiverFactory}.
 */
@NullMarked
package io.quiver.jdbc.avatica;

import org.jspecify.annotations.NullMarked;
