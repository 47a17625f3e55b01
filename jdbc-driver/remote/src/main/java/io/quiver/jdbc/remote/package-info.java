/** The half of the driver that speaks to servers: {@code jdbc:quiver://host:port/schema}. */
@NullMarked
package io.quiver.jdbc.remote;

import org.jspecify.annotations.NullMarked;
