/** Who calls, whether they are who they say, and how much of the server they may use. */
@NullMarked
package io.quiver.server.access;

import org.jspecify.annotations.NullMarked;
