/**
 * Schemas, tables, columns, indexes and views: what they are, which there are, how they change.
 *
 * <p>Definitions are records; the catalog's state is what applying {@link
 * io.quiver.sql.catalog.CatalogChange}s from the write log gives. H2 keeps the relational view of
 * it behind the {@link io.quiver.sql.catalog.Catalog} interface and is seen nowhere else.
 */
@NullMarked
package io.quiver.sql.catalog;

import org.jspecify.annotations.NullMarked;
