/** Whether the archive runs as it is unpacked. */
@NullMarked
package io.quiver.distribution;

import org.jspecify.annotations.NullMarked;
