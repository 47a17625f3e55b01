package io.quiver.sql.catalog;

import java.util.Optional;

/**
 * Who a session of a server is.
 *
 * @param user by name
 * @param keyId of the API key it was opened with, which may allow less than the user may
 */
public record Principal(String user, Optional<String> keyId) {}
