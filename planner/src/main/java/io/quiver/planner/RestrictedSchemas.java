package io.quiver.planner;

import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.Principal;
import io.quiver.sql.validate.CatalogSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What each of the last principals sees of the catalog as it is. Safe for use by many threads. */
final class RestrictedSchemas {
  private static final int MOST = 256;

  private final Map<Principal, CatalogSchema> schemas =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Principal, CatalogSchema> eldest) {
          return size() > MOST;
        }
      };

  synchronized CatalogSchema of(
      Principal principal, CatalogSnapshot snapshot, Supplier<CatalogSchema> maker) {
    CatalogSchema known = schemas.get(principal);
    if (known == null || known.snapshot().version() != snapshot.version()) {
      known = maker.get();
      schemas.put(principal, known);
    }
    return known;
  }
}
