/** Running a server: how it is configured, started and stopped, and what it tells of itself. */
@NullMarked
package io.quiver.server.operate;

import org.jspecify.annotations.NullMarked;
