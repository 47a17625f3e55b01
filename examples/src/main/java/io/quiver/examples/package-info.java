/**
 * Programs to copy from, smallest first: plain JDBC, a pool with Spring's JdbcTemplate, a retriever
 * for a language model.
 *
 * <p>Regions between {@code // section:NAME} and {@code // end:NAME} are quoted by the README; a
 * test holds the two together.
 */
@NullMarked
package io.quiver.examples;

import org.jspecify.annotations.NullMarked;
