/**
 * Definition statements: what CREATE, DROP and their like change in catalog and engine.
 *
 * <p>A statement becomes one record of the log, applied by both. Start reading at {@link
 * io.quiver.planner.definition.DefinitionRunner}.
 */
@NullMarked
package io.quiver.planner.definition;

import org.jspecify.annotations.NullMarked;
