/**
 * From the text of a statement to a tree, positions kept.
 *
 * <p>The grammar is Calcite's with our additions ({@code src/main/codegen}); what Calcite has no
 * node for is a {@link io.quiver.sql.parser.Command}, a record, inside a {@link
 * io.quiver.sql.parser.SqlCommand}. Start reading at {@link io.quiver.sql.parser.StatementParser}.
 */
@NullMarked
package io.quiver.sql.parser;

import org.jspecify.annotations.NullMarked;
