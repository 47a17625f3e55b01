package io.quiver.hibernate;

import static org.hibernate.type.SqlTypes.BINARY;
import static org.hibernate.type.SqlTypes.BLOB;
import static org.hibernate.type.SqlTypes.CHAR;
import static org.hibernate.type.SqlTypes.CLOB;
import static org.hibernate.type.SqlTypes.DOUBLE;
import static org.hibernate.type.SqlTypes.FLOAT;
import static org.hibernate.type.SqlTypes.JSON;
import static org.hibernate.type.SqlTypes.NCHAR;
import static org.hibernate.type.SqlTypes.NCLOB;
import static org.hibernate.type.SqlTypes.NUMERIC;
import static org.hibernate.type.SqlTypes.NVARCHAR;
import static org.hibernate.type.SqlTypes.TIME;
import static org.hibernate.type.SqlTypes.TIMESTAMP;
import static org.hibernate.type.SqlTypes.TIMESTAMP_WITH_TIMEZONE;
import static org.hibernate.type.SqlTypes.TIME_WITH_TIMEZONE;
import static org.hibernate.type.SqlTypes.TINYINT;
import static org.hibernate.type.SqlTypes.UUID;
import static org.hibernate.type.SqlTypes.VARBINARY;
import static org.hibernate.type.SqlTypes.VARCHAR;

import java.sql.Types;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.ScrollMode;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.NationalizationSupport;
import org.hibernate.dialect.NullOrdering;
import org.hibernate.dialect.function.CommonFunctionFactory;
import org.hibernate.dialect.identity.IdentityColumnSupport;
import org.hibernate.dialect.lock.internal.NoLockingSupport;
import org.hibernate.dialect.lock.spi.LockingSupport;
import org.hibernate.dialect.pagination.LimitHandler;
import org.hibernate.dialect.pagination.LimitOffsetLimitHandler;
import org.hibernate.dialect.unique.CreateTableUniqueDelegate;
import org.hibernate.dialect.unique.UniqueDelegate;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.query.common.TemporalUnit;
import org.hibernate.query.sqm.IntervalType;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslatorFactory;
import org.hibernate.sql.ast.tree.Statement;
import org.hibernate.sql.exec.spi.JdbcOperation;
import org.hibernate.tool.schema.spi.Exporter;
import org.hibernate.type.descriptor.jdbc.BlobJdbcType;
import org.hibernate.type.descriptor.jdbc.ClobJdbcType;
import org.hibernate.type.descriptor.jdbc.JsonAsStringJdbcType;
import org.hibernate.type.descriptor.jdbc.UUIDJdbcType;
import org.hibernate.type.descriptor.jdbc.spi.JdbcTypeRegistry;
import org.hibernate.type.descriptor.sql.internal.DdlTypeImpl;
import org.hibernate.type.descriptor.sql.spi.DdlTypeRegistry;

/**
 * Hibernate ORM 7 over Quiver. Found by itself from the name of the database.
 *
 * <p>A {@code float[]} attribute with {@code @JdbcTypeCode(SqlTypes.VECTOR)} and
 * {@code @Array(length = n)} is a VECTOR(n) column; {@code cosine_distance} and its family are
 * functions of HQL, and ordering by one of them with a limit is a search by index, as is {@code
 * from vector_search('Entity', 'attribute', :q, 10)}. A {@code SparseVector} of the driver is a
 * SPARSEVEC column. Foreign keys are left out of the schema, rows are never locked (a transaction
 * reads one snapshot, and of two that wrote the same row the second fails), and a query hint
 * becomes an SQL hint: {@code ANN(ef_search='200')}.
 */
public class QuiverDialect extends Dialect {
  private static final DatabaseVersion LOWEST = DatabaseVersion.make(0, 1);
  private static final Pattern SELECT = Pattern.compile("\\bselect\\b", Pattern.CASE_INSENSITIVE);

  private final UniqueDelegate unique = new CreateTableUniqueDelegate(this);

  /** For what was found at the other end of a connection. */
  @SuppressWarnings("this-escape") // Hibernate's own dialects do the same.
  public QuiverDialect(DialectResolutionInfo info) {
    this(info.makeCopyOrDefault(LOWEST));
    registerKeywords(info);
  }

  /** For a database that is not asked. */
  @SuppressWarnings("this-escape") // Hibernate's own dialects do the same.
  public QuiverDialect() {
    this(LOWEST);
  }

  /** For a version of the database. */
  @SuppressWarnings("this-escape") // Hibernate's own dialects do the same.
  public QuiverDialect(DatabaseVersion version) {
    super(version);
  }

  @Override
  protected DatabaseVersion getMinimumSupportedVersion() {
    return LOWEST;
  }

  // --- types -----------------------------------------------------------------------------------

  @Override
  protected String columnType(int sqlTypeCode) {
    return switch (sqlTypeCode) {
      case TINYINT -> "smallint";
      case FLOAT, DOUBLE -> "double";
      case NUMERIC -> "decimal($p,$s)";
      case TIME, TIME_WITH_TIMEZONE -> "time";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMP_WITH_TIMEZONE -> "timestamp with time zone";
      case CHAR, VARCHAR, NCHAR, NVARCHAR -> "varchar($l)";
      case CLOB, NCLOB -> "varchar";
      case BINARY, VARBINARY, BLOB -> "varbinary";
      default -> super.columnType(sqlTypeCode);
    };
  }

  @Override
  protected void registerColumnTypes(
      TypeContributions contributions, ServiceRegistry serviceRegistry) {
    super.registerColumnTypes(contributions, serviceRegistry);
    DdlTypeRegistry types = contributions.getTypeConfiguration().getDdlTypeRegistry();
    types.addDescriptor(new DdlTypeImpl(UUID, "uuid", this));
    types.addDescriptor(new DdlTypeImpl(JSON, "json", this));
  }

  @Override
  public void contributeTypes(TypeContributions contributions, ServiceRegistry serviceRegistry) {
    super.contributeTypes(contributions, serviceRegistry);
    JdbcTypeRegistry types = contributions.getTypeConfiguration().getJdbcTypeRegistry();
    types.addDescriptor(UUIDJdbcType.INSTANCE);
    types.addDescriptor(JSON, JsonAsStringJdbcType.VARCHAR_INSTANCE);
    types.addDescriptor(Types.BLOB, BlobJdbcType.PRIMITIVE_ARRAY_BINDING);
    types.addDescriptor(Types.CLOB, ClobJdbcType.STRING_BINDING);
  }

  @Override
  public NationalizationSupport getNationalizationSupport() {
    return NationalizationSupport.IMPLICIT;
  }

  @Override
  public boolean supportsStandardArrays() {
    return true;
  }

  // --- queries ---------------------------------------------------------------------------------

  @Override
  public void initializeFunctionRegistry(FunctionContributions contributions) {
    super.initializeFunctionRegistry(contributions);
    CommonFunctionFactory functions = new CommonFunctionFactory(contributions);
    functions.concat_pipeOperator();
    functions.position();
    functions.windowFunctions();
    functions.stddevPopSamp();
    functions.varPopSamp();
    functions.ln_log();
    functions.log10();
    functions.radians();
    functions.degrees();
    functions.coalesce();
    functions.jsonValue_no_passing();
    functions.jsonExists_no_passing();
    functions.jsonQuery_no_passing();
  }

  @Override
  public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
    return new StandardSqlAstTranslatorFactory() {
      @Override
      protected <T extends JdbcOperation> SqlAstTranslator<T> buildTranslator(
          SessionFactoryImplementor sessionFactory, Statement statement) {
        return new QuiverSqlTranslator<>(sessionFactory, statement);
      }
    };
  }

  @Override
  public LimitHandler getLimitHandler() {
    return LimitOffsetLimitHandler.INSTANCE;
  }

  @Override
  public NullOrdering getNullOrdering() {
    return NullOrdering.LAST;
  }

  @Override
  public boolean supportsWindowFunctions() {
    return true;
  }

  @Override
  public boolean supportsFilterClause() {
    return true;
  }

  @Override
  public boolean supportsTupleDistinctCounts() {
    return false;
  }

  @Override
  public ScrollMode defaultScrollMode() {
    return ScrollMode.FORWARD_ONLY;
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"}) // The types of the method overridden.
  public String timestampaddPattern(
      TemporalUnit unit, jakarta.persistence.TemporalType temporal, IntervalType interval) {
    return "timestampadd(?1,?2,?3)";
  }

  @Override
  @SuppressWarnings("deprecation") // The types of the method overridden.
  public String timestampdiffPattern(
      TemporalUnit unit,
      jakarta.persistence.TemporalType from,
      jakarta.persistence.TemporalType to) {
    return "timestampdiff(?1,?2,?3)";
  }

  /** Puts the hints behind the first {@code select}, where SQL has them. */
  @Override
  public String getQueryHintString(String query, String hints) {
    Matcher select = SELECT.matcher(query);
    return select.find()
        ? query.substring(0, select.end()) + " /*+ " + hints + " */" + query.substring(select.end())
        : query;
  }

  // --- keys the database makes
  // ---------------------------------------------------------------------

  @Override
  public IdentityColumnSupport getIdentityColumnSupport() {
    return IdentityColumns.INSTANCE;
  }

  /** Keys come back from the insert itself, in one round trip. */
  @Override
  public boolean supportsInsertReturning() {
    return true;
  }

  @Override
  public boolean supportsInsertReturningRowId() {
    return false;
  }

  @Override
  public boolean supportsUpdateReturning() {
    return false;
  }

  @Override
  public boolean getDefaultUseGetGeneratedKeys() {
    return false;
  }

  // --- locks -----------------------------------------------------------------------------------

  @Override
  public LockingSupport getLockingSupport() {
    return NoLockingSupport.NO_LOCKING_SUPPORT;
  }

  @Override
  public String getForUpdateString() {
    return "";
  }

  @Override
  public boolean doesReadCommittedCauseWritersToBlockReaders() {
    return false;
  }

  @Override
  public boolean doesRepeatableReadCauseReadersToBlockWriters() {
    return false;
  }

  // --- schema ----------------------------------------------------------------------------------

  @Override
  public UniqueDelegate getUniqueDelegate() {
    return unique;
  }

  /** Foreign keys are not kept: none is made, and none is dropped. */
  @Override
  public Exporter<ForeignKey> getForeignKeyExporter() {
    return NoForeignKeys.INSTANCE;
  }

  @Override
  public boolean dropConstraints() {
    return false;
  }

  @Override
  public boolean supportsIfExistsBeforeTableName() {
    return true;
  }

  @Override
  public boolean qualifyIndexName() {
    return false;
  }

  @Override
  public boolean supportsColumnCheck() {
    return false;
  }

  @Override
  public boolean supportsTableCheck() {
    return false;
  }
}
