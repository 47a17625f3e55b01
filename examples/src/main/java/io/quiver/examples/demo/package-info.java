/**
 * {@code quiver demo}: a folder of text, indexed and searched in every way there is.
 *
 * <p>{@link io.quiver.examples.demo.DemoCommand} is the order of events; all it does to the
 * database is plain JDBC, so each part can be copied out.
 */
@NullMarked
package io.quiver.examples.demo;

import org.jspecify.annotations.NullMarked;
