/**
 * The command line, {@code bin/quiver}: one class a sub-command, over plain JDBC.
 *
 * <p>Start reading at {@link io.quiver.server.cli.QuiverCommand}. Modules further right add their
 * own sub-commands as providers of {@link io.quiver.server.cli.SubCommand}.
 */
@NullMarked
package io.quiver.server.cli;

import org.jspecify.annotations.NullMarked;
