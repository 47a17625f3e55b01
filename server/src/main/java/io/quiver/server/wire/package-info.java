/**
 * Avatica's protocol over HTTP: bytes in, bytes out, on Jetty. Nothing that a client sends names a
 * class, a file or a URL.
 */
@NullMarked
package io.quiver.server.wire;

import org.jspecify.annotations.NullMarked;
