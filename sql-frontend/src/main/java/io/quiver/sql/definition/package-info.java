/**
 * From a definition statement as it was parsed to what it changes: records of the catalog and
 * schemas of the engine.
 *
 * <p>CREATE, ALTER and DROP of schemas, tables, indexes and views are checked here against the
 * catalog; the planner only commits the outcome. Start reading at {@link
 * io.quiver.sql.definition.DefinitionPlanner}.
 */
@NullMarked
package io.quiver.sql.definition;

import org.jspecify.annotations.NullMarked;
