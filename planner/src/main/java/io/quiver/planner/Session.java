package io.quiver.planner;

import io.quiver.planner.monitor.LastQuery;
import io.quiver.planner.transaction.SessionTransaction;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.Principal;
import io.quiver.sql.catalog.Rights;
import io.quiver.sql.catalog.SystemTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has set. For one thread at a time.
 *
 * <p>Settings are kept by their plain names: {@code ef_search}, not {@code hnsw.ef_search}.
 */
public final class Session implements SystemTable.Viewer {
  private final String user;
  private final @Nullable Principal principal;
  private final Map<String, String> limits = new LinkedHashMap<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, Optional<String>> beforeTransaction = new HashMap<>();
  private final SessionTransaction transaction = new SessionTransaction(this::endLocal);
  private String schema = "public";
  private volatile @Nullable LastQuery lastQuery;
  private boolean files;
  private SessionLimits most = SessionLimits.NONE;
  private @Nullable Path backupFolder;

  /** A session of the administrator, in this process. */
  public Session(String user) {
    this(user, null);
  }

  private Session(String user, @Nullable Principal principal) {
    this.user = user;
    this.principal = principal;
  }

  /** A session that may do what the catalog allows its user, and its key. */
  public static Session of(Principal principal) {
    return new Session(principal.user(), principal);
  }

  /** What it may do by this version of the catalog. */
  public Rights rights(CatalogSnapshot catalog) {
    return principal == null ? Rights.all() : catalog.access().rightsOf(principal);
  }

  /** Who it is, where that limits what it may do. */
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /** Sets what holds where the session itself sets nothing, and comes back after a reset. */
  public void limit(String name, String value) {
    limits.put(plainName(name), value);
  }

  @Override
  public String user() {
    return user;
  }

  /** Lets the session read and write files where the database runs: it runs there itself. */
  public void allowFiles() {
    files = true;
  }

  /** Whether COPY may use files. */
  public boolean mayUseFiles() {
    return files;
  }

  /** Sets what one of its statements may take, which the session cannot change. */
  public void limitTo(SessionLimits limits) {
    most = limits;
  }

  /** What one of its statements may take. */
  public SessionLimits limits() {
    return most;
  }

  /** Lets the session put backups into a folder where the database runs, though it is remote. */
  public void allowBackups(Path folder) {
    backupFolder = folder;
  }

  /** The folder that backups of a remote session go to. */
  public Optional<Path> backupFolder() {
    return Optional.ofNullable(backupFolder);
  }

  public String schema() {
    return schema;
  }

  public void useSchema(String name) {
    schema = name;
  }

  /** The last query that read a stored table and is over. */
  public Optional<LastQuery> lastQuery() {
    return Optional.ofNullable(lastQuery);
  }

  void ended(LastQuery query) {
    lastQuery = query;
  }

  /** The value set for this session, if there is one. */
  public Optional<String> setting(String name) {
    String plain = plainName(name);
    String own = settings.get(plain);
    return Optional.ofNullable(own != null ? own : limits.get(plain));
  }

  public void set(String name, String value) {
    settings.put(plainName(name), value);
  }

  /** Sets a value until the transaction ends. */
  public void setLocal(String name, String value) {
    beforeTransaction.putIfAbsent(plainName(name), setting(name));
    settings.put(plainName(name), value);
  }

  private void endLocal() {
    beforeTransaction.forEach(
        (name, before) ->
            before.ifPresentOrElse(
                value -> settings.put(name, value), () -> settings.remove(name)));
    beforeTransaction.clear();
  }

  /** The transaction its statements are part of. */
  public SessionTransaction transaction() {
    return transaction;
  }

  public void reset(String name) {
    settings.remove(plainName(name));
  }

  public void resetAll() {
    settings.clear();
  }

  /** All settings of this session, in the order they were made. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  private static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.substring(lower.lastIndexOf('.') + 1);
  }
}
