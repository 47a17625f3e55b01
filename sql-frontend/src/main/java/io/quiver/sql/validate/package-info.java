/**
 * Names and types resolved: a rewrite of what Calcite would misread, then validation.
 *
 * <p>{@link io.quiver.sql.validate.QueryRewriter} brings every spelling of a search into one form
 * and marks which WHERE belongs to it; {@link io.quiver.sql.validate.QuiverValidator} checks the
 * result against the tables of {@link io.quiver.sql.validate.CatalogSchema}.
 */
@NullMarked
package io.quiver.sql.validate;

import org.jspecify.annotations.NullMarked;
