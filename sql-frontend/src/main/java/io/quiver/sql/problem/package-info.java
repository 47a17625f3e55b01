/**
 * Every mistake a user can make in SQL: its code, where it stands, what is wrong and what to do.
 *
 * <p>All layers above throw {@link io.quiver.sql.problem.SqlProblemException}. The codes are one
 * enum, from which {@code docs/errors.md} is made. Start reading at {@link
 * io.quiver.sql.problem.SqlProblem}.
 */
@NullMarked
package io.quiver.sql.problem;

import org.jspecify.annotations.NullMarked;
