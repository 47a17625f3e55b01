/**
 * Transactions of a session: what its statements read, where their changes go, when they end.
 *
 * <p>Start reading at {@link io.quiver.planner.transaction.SessionTransaction}.
 */
@NullMarked
package io.quiver.planner.transaction;

import org.jspecify.annotations.NullMarked;
